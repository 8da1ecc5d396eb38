#include "core/base/child_process.h"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

using Read = ChildProcess::Read;

std::optional<std::string> nextLine(ChildProcess& child, int timeoutMs = 10'000) {
  std::string line;
  if (child.readLine(line, timeoutMs) != Read::Line) return std::nullopt;
  return line;
}

TEST(ChildProcess, AnswersLineByLine) {
  ChildProcess cat("/bin/cat", {});
  EXPECT_TRUE(cat.writeLine("first"));
  EXPECT_TRUE(cat.writeLine("second"));
  EXPECT_EQ(nextLine(cat), "first");
  EXPECT_EQ(nextLine(cat), "second");
}

TEST(ChildProcess, ALineLongerThanAPipeComesWhole) {
  ChildProcess shell("/bin/sh", {"-c", "head -c 300000 /dev/zero | tr '\\0' x; echo; echo next"});
  EXPECT_EQ(nextLine(shell), std::string(300'000, 'x'));
  EXPECT_EQ(nextLine(shell), "next");
}

TEST(ChildProcess, ALineThatNeverEndsIsTheEnd) {
  ChildProcess shell("/bin/sh", {"-c", "cat /dev/zero"});
  std::string line;
  EXPECT_EQ(shell.readLine(line, 20'000), Read::Ended);
}

TEST(ChildProcess, WaitsAsLongAsAskedForAndNoLonger) {
  ChildProcess sleeper("/bin/sleep", {"60"});
  const auto start = std::chrono::steady_clock::now();
  std::string line;
  EXPECT_EQ(sleeper.readLine(line, 200), Read::TimedOut);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  EXPECT_GE(seconds.count(), 0.19);
  EXPECT_LT(seconds.count(), 10.0);
}

TEST(ChildProcess, AHalfLineIsKeptUntilItsEndArrives) {
  ChildProcess shell("/bin/sh", {"-c", "printf half; read go; echo ' and half'"});
  std::string line;
  EXPECT_EQ(shell.readLine(line, 200), Read::TimedOut);
  shell.writeLine("go");
  EXPECT_EQ(nextLine(shell), "half and half");
}

TEST(ChildProcess, ItsEndIsSeenAndItsStatusTold) {
  ChildProcess shell("/bin/sh", {"-c", "echo last; exit 3"});
  EXPECT_EQ(nextLine(shell), "last");
  std::string line;
  EXPECT_EQ(shell.readLine(line, 10'000), Read::Ended);
  EXPECT_EQ(shell.wait(), "exit 3");
  EXPECT_EQ(shell.wait(), "exit 3");  // asked again
}

TEST(ChildProcess, EndsWhenItsInputIsClosed) {
  ChildProcess cat("/bin/cat", {});
  cat.closeInput();
  EXPECT_EQ(cat.wait(), "exit 0");
  EXPECT_FALSE(cat.writeLine("nobody listens"));
}

TEST(ChildProcess, WritingToAnEndedOneIsFalseNotASignal) {
  ChildProcess shell("/bin/sh", {"-c", "exit 0"});
  shell.wait();
  EXPECT_FALSE(shell.writeLine("nobody listens"));
}

TEST(ChildProcess, TerminateEndsOneThatDoesNotListen) {
  ChildProcess shell("/bin/sh", {"-c", "trap '' TERM INT HUP; echo ready; while :; do sleep 1; done"});
  EXPECT_EQ(nextLine(shell), "ready");
  shell.terminate();
  EXPECT_EQ(shell.wait().substr(0, 8), "signal 9");
}

TEST(ChildProcess, NoneIsLeftAfterDestruction) {
  pid_t pid = -1;
  {
    ChildProcess sleeper("/bin/sleep", {"60"});
    pid = sleeper.pid();
    EXPECT_EQ(::kill(pid, 0), 0);
  }
  EXPECT_NE(::kill(pid, 0), 0);  // a zombie would still take signals
}

TEST(ChildProcess, GetsTheEnvironmentAndArgumentsAsGiven) {
  ::setenv("RECONTOUR_TEST_A", "ours", 1);
  ::setenv("RECONTOUR_TEST_AB", "longer", 1);
  ChildProcess::Options options;
  options.environment = {"RECONTOUR_TEST_A=given"};
  ChildProcess shell("/bin/sh", {"-c", "echo \"$RECONTOUR_TEST_A $RECONTOUR_TEST_AB $1\"", "sh", "a b'c"}, options);
  EXPECT_EQ(nextLine(shell), "given longer a b'c");
}

TEST(ChildProcess, ItsErrorsGoToTheFile) {
  const TemporaryFolder folder;
  ChildProcess::Options options;
  options.errorFile = folder / "errors.txt";
  ChildProcess shell("/bin/sh", {"-c", "echo trouble >&2"}, options);
  EXPECT_EQ(shell.wait(), "exit 0");
  EXPECT_EQ(readWholeFile(folder / "errors.txt"), "trouble\n");
}

TEST(ChildProcess, RunsUnderItsMemoryLimitAndNiceness) {
  ChildProcess::Options options;
  options.memoryLimit = std::size_t{512} << 20;
  options.niceness = 5;
  ChildProcess shell("/bin/sh", {"-c", "ulimit -v; nice"}, options);
  EXPECT_EQ(nextLine(shell), std::to_string(512 * 1024));
  EXPECT_EQ(nextLine(shell), std::to_string(::getpriority(PRIO_PROCESS, 0) + 5));
}

TEST(ChildProcess, CannotFillTheDiskBeyondItsFileLimit) {
  const TemporaryFolder folder;
  ChildProcess::Options options;
  options.errorFile = folder / "errors.txt";
  options.fileLimit = 1000;
  EXPECT_EQ(ChildProcess("/bin/sh", {"-c", "exec yes >&2"}, options).wait(), "signal 25 (File size limit exceeded)");
  EXPECT_LE(std::filesystem::file_size(folder / "errors.txt"), 1000U);
}

TEST(ChildProcess, AProgramThatIsNotThereIsAnErrorNamingIt) {
  try {
    ChildProcess child("/nowhere/helper", {});
    FAIL() << "started";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("/nowhere/helper: cannot be started")) << error.what();
    EXPECT_EQ(error.kind(), ErrorKind::ModelFailed);
  }
}

TEST(ChildProcess, LeavesNoDescriptorsOpen) {
  const auto open = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); };
  const auto before = open();
  for (int i = 0; i < 3; ++i) ChildProcess cat("/bin/cat", {});
  EXPECT_EQ(open(), before);
}

TEST(ChildProcess, InheritsNothingButItsThreeStreams) {
  int leaking[2];
  ASSERT_EQ(::pipe(leaking), 0);  // without O_CLOEXEC, as some libraries do
  ChildProcess child("/bin/sh", {"-c", "cat 2>/dev/null"});
  ::close(leaking[1]);
  char byte = 0;
  EXPECT_EQ(::read(leaking[0], &byte, 1), 0) << "the child holds the other end";
  ::close(leaking[0]);
}

}  // namespace
}  // namespace recontour
