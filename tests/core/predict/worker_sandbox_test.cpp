// What a hostile model can do in the sandbox of the worker, tried by a program in its place.
#include "core/predict/worker_sandbox.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/child_process.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class WorkerSandbox : public testing::Test {
 protected:
  void SetUp() override {
    if (!sandboxWorks()) GTEST_SKIP() << "bubblewrap does not work here";
    for (const char* name : {"job", "model", "home"}) std::filesystem::create_directory(folder_ / name);
    for (const char* name : {"model/recontour.json", "model/letter", "job/volume.i16", "home/letter"})
      std::ofstream(folder_ / name) << "text";
  }
  static bool could(const CommandLine& command) {
    ChildProcess::Options quiet;
    quiet.errorFile = "/dev/null";
    const std::string how = ChildProcess(command.program, command.arguments, quiet).wait();
    EXPECT_TRUE(how == "exit 0" || how == "exit 1") << how;
    return how == "exit 0";
  }
  Confinement reach() const {
    return workerConfinement(SANDBOX_PROBE, {folder_ / "model/recontour.json"}, folder_ / "job", {});
  }
  /// Whether it can be done in the sandbox. Outside of it, it can.
  bool can(const std::string& what, const std::string& on) const {
    const CommandLine probe{SANDBOX_PROBE, {what, on}};
    const bool confinedCould = could(confined(probe, reach()));
    EXPECT_TRUE(could(probe)) << what << " " << on << " is no test, since it fails anyhow";
    return confinedCould;
  }
  TemporaryFolder folder_;
};

TEST_F(WorkerSandbox, ReadsModelAndJobAlone) {
  EXPECT_TRUE(can("read", folder_ / "model/recontour.json"));
  EXPECT_TRUE(can("read", folder_ / "job/volume.i16"));
  EXPECT_FALSE(can("read", folder_ / "model/letter")) << "what else lies in the model's folder is the user's";
  EXPECT_FALSE(can("read", folder_ / "home/letter"));
  EXPECT_FALSE(can("read", "/etc/passwd"));
  EXPECT_FALSE(can("read", "/var/lib/dpkg/status"));
  EXPECT_FALSE(can("read", "/proc/" + std::to_string(::getpid()) + "/environ"));
}

TEST_F(WorkerSandbox, ReadsNothingOfTheHomeFolder) {
  const char* home = std::getenv("HOME");
  int tried = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(home != nullptr ? home : "/var/empty", ignored)) {
    if (!entry.is_regular_file() || ++tried > 5) continue;
    EXPECT_FALSE(can("read", entry.path()));
  }
  if (tried == 0) GTEST_SKIP() << "the home folder has no file";
}

TEST_F(WorkerSandbox, WritesIntoTheJobFolderAlone) {
  EXPECT_TRUE(can("write", folder_ / "job/labels.u8"));
  EXPECT_FALSE(can("write", folder_ / "model/recontour.json"));
  EXPECT_FALSE(can("write", folder_ / "home/letter"));
  const std::string elsewhere = "/var/tmp/recontour-probe-" + std::to_string(::getpid());
  EXPECT_FALSE(can("write", elsewhere));
  std::filesystem::remove(elsewhere);
}

TEST_F(WorkerSandbox, ItsTemporaryFilesGoWithIt) {
  const std::string name = "/tmp/recontour-probe-" + std::to_string(::getpid());
  EXPECT_TRUE(could(confined({SANDBOX_PROBE, {"write", name}}, reach())));
  EXPECT_FALSE(std::filesystem::exists(name));
}

TEST_F(WorkerSandbox, ReachesNoServerOfThisMachine) {
  const int server = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  socklen_t length = sizeof address;
  ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &length);
  ASSERT_EQ(::listen(server, 5), 0);
  EXPECT_FALSE(can("connect", std::to_string(ntohs(address.sin_port))));
  ::close(server);
}

TEST_F(WorkerSandbox, SeesNeitherOtherProcessesNorOurEnvironment) {
  EXPECT_FALSE(can("signal", std::to_string(::getpid())));
  ::setenv("RECONTOUR_PROBE_SECRET", "x", 1);
  EXPECT_FALSE(can("variable", "RECONTOUR_PROBE_SECRET"));
}

TEST_F(WorkerSandbox, HasNoShellAndNoOtherProgram) {
  EXPECT_FALSE(can("program", "/bin/sh"));
  EXPECT_FALSE(can("program", "/usr/bin/env"));
}

}  // namespace
}  // namespace recontour
