#include "core/base/sandbox.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/child_process.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
    if (!sandboxWorks()) GTEST_SKIP() << "bubblewrap does not work here";
    std::filesystem::create_directory(folder_ / "inside");
  }
  std::string run(const std::string& script) const {
    const CommandLine command = sandboxed({"/bin/sh", {"-c", script}}, folder_ / "inside");
    ChildProcess::Options quiet;
    quiet.errorFile = "/dev/null";
    return ChildProcess(command.program, command.arguments, quiet).wait();
  }
  TemporaryFolder folder_;
};

TEST_F(Sandbox, WritesIntoItsFolderAlone) {
  EXPECT_EQ(run("echo x > " + (folder_ / "inside/file").string()), "exit 0");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "inside/file"));
  EXPECT_NE(run("echo x > " + (folder_ / "outside").string()), "exit 0");
  EXPECT_NE(run("rm -r " + folder_.path().string()), "exit 0");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "outside"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path()));
}

TEST_F(Sandbox, ReadsWhatTheUserCanRead) {
  std::ofstream(folder_ / "file") << "text";
  EXPECT_EQ(run("grep -q text " + (folder_ / "file").string()), "exit 0");
}

TEST_F(Sandbox, HasNoNetworkAndSeesNoOtherProcess) {
  EXPECT_EQ(run("test $(grep -c : /proc/net/dev) -eq 1"), "exit 0");  // lo
  EXPECT_EQ(run("test $(ls /proc | grep -c '^[0-9]') -le 5"), "exit 0");
}

TEST_F(Sandbox, EndedAtAnyMomentOfItsStartNothingOfItStays) {
  const CommandLine command = sandboxed({"/bin/sleep", {"1000"}}, folder_ / "inside");
  for (int wait = 0; wait < 150; ++wait) {
    const ChildProcess started(command.program, command.arguments);
    std::this_thread::sleep_for(std::chrono::microseconds(100 * wait));
  }
  const auto inside = (folder_ / "inside").string();
  int left = 0;
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(process.path() / "cmdline");
    const std::string line((std::istreambuf_iterator<char>(file)), {});
    if (line.find(inside) != std::string::npos) ++left;
  }
  EXPECT_EQ(left, 0);
}

TEST_F(Sandbox, PassesTheEndOfWhatRanInIt) {
  EXPECT_EQ(run("exit 7"), "exit 7");
  EXPECT_EQ(run("kill -ABRT $$"), "exit 134, signal 6 (Aborted)");
}

TEST(SandboxTrial, AsksForAllThatJobsAreRunWith) {
  const TemporaryFolder folder;
  const auto bubblewrap = folder / "bwrap";
  const auto lacking = [&](const std::string& option) {  // one that knows everything else
    std::ofstream(bubblewrap) << "#!/bin/sh\nfor word; do [ \"$word\" = " << option << " ] && exit 1; done\nexit 0\n";
    std::filesystem::permissions(bubblewrap, std::filesystem::perms::owner_all);
    return sandboxWorks(bubblewrap);
  };
  EXPECT_TRUE(lacking("--nothing"));
  for (const char* option : {"--unshare-all", "--clearenv", "--size", "--tmpfs", "--remount-ro", "--bind"})
    EXPECT_FALSE(lacking(option)) << option;
}

}  // namespace
}  // namespace recontour
