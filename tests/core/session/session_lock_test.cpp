#include "core/session/session_lock.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

void writeLock(const TemporaryFolder& folder, const std::string& host, long pid, const std::string& processStart) {
  std::ofstream(folder / "lock") << R"({"host":")" << host << R"(","pid":)" << pid
                                 << R"(,"started":"2026-01-01T00:00:00.000Z","process_start":")" << processStart
                                 << "\"}";
}

std::string thisHost() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  return name;
}

TEST(SessionLock, IsHeldUntilItsOwnerGoes) {
  const TemporaryFolder folder;
  {
    const SessionLock lock(folder.path());
    EXPECT_TRUE(std::filesystem::exists(folder / "lock"));
    EXPECT_THROW(SessionLock(folder.path()), Error);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "lock"));
  EXPECT_NO_THROW(SessionLock(folder.path()));
}

TEST(SessionLock, OfAProcessThatNoLongerRunsIsTakenOver) {
  const TemporaryFolder folder;
  writeLock(folder, thisHost(), 1, "started before the machine was");  // process 1 runs, but began at another time
  EXPECT_NO_THROW(SessionLock(folder.path()));
}

TEST(SessionLock, SaysWhoseLockItTookOver) {
  const TemporaryFolder folder;
  EXPECT_FALSE(SessionLock(folder.path()).takenOver().has_value());
  writeLock(folder, thisHost(), 1, "started before the machine was");
  ::setenv("TZ", "UTC-1", 1);  // an hour east of Greenwich
  ::tzset();
  EXPECT_EQ(SessionLock(folder.path()).takenOver(), "process 1 since 2026-01-01 01:00");
  ::unsetenv("TZ");
  ::tzset();
}

TEST(SessionLock, OfAnotherOwnerIsNoErrorWhereReadingWillDo) {
  const TemporaryFolder folder;
  std::optional<std::string> heldBy;
  const auto lock = SessionLock::tryTake(folder.path(), heldBy);
  EXPECT_NE(lock, nullptr);
  EXPECT_FALSE(heldBy.has_value());
  EXPECT_EQ(SessionLock::tryTake(folder.path(), heldBy), nullptr);
  EXPECT_NE(heldBy->find("process " + std::to_string(::getpid())), std::string::npos);
}

TEST(SessionLock, HoldsAlsoWhereItsContentWasLost) {
  const TemporaryFolder folder;
  const SessionLock lock(folder.path());
  std::filesystem::resize_file(folder / "lock", 0);
  EXPECT_THROW(SessionLock(folder.path()), Error);
}

TEST(SessionLock, IsNotPassedOnToProgramsThatAreStarted) {
  const TemporaryFolder folder;
  auto lock = std::make_unique<SessionLock>(folder.path());
  const pid_t child = ::fork();
  if (child == 0) ::execl("/bin/sleep", "sleep", "60", nullptr);
  std::filesystem::path program;  // until it has become another one
  while (program.filename() != "sleep" && program.filename() != "coreutils" && program.filename() != "busybox")
    program = std::filesystem::read_symlink("/proc/" + std::to_string(child) + "/exe");
  lock.reset();
  EXPECT_NO_THROW(SessionLock(folder.path()));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(SessionLock, OfAProcessThatWasKilledIsFreeAtOnce) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const SessionLock lock(folder.path());
    ::raise(SIGKILL);
  }
  siginfo_t ended = {};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);  // it stays a zombie
  EXPECT_TRUE(SessionLock(folder.path()).takenOver().has_value());
  ::waitpid(child, nullptr, 0);
}

TEST(SessionLock, WithoutLocksOfTheFileSystemItsCreatorHasIt) {
  const TemporaryFolder folder;
  {
    const SessionLock lock(folder.path(), SessionLock::Method::Creation);
    EXPECT_THROW(SessionLock(folder.path(), SessionLock::Method::Creation), Error);
    EXPECT_TRUE(std::filesystem::exists(folder / "lock"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "lock"));
  writeLock(folder, thisHost(), 1, "started before the machine was");
  EXPECT_THROW(SessionLock(folder.path(), SessionLock::Method::Creation), Error);  // two might take it over at once
}

TEST(SessionLock, KnowsItsOwnProgram) {
  const TemporaryFolder folder;
  EXPECT_FALSE(SessionLock::heldHere(folder.path()));
  {
    const SessionLock lock(folder.path());
    EXPECT_TRUE(SessionLock::heldHere(folder.path()));
  }
  EXPECT_FALSE(SessionLock::heldHere(folder.path()));
  writeLock(folder, "another-machine", ::getpid(), "1");
  EXPECT_FALSE(SessionLock::heldHere(folder.path()));
}

TEST(SessionLock, OfAnotherMachineIsRespectedAndNamed) {
  const TemporaryFolder folder;
  writeLock(folder, "ward-7", 4711, "1");
  try {
    const SessionLock lock(folder.path());
    FAIL() << "taken over";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("host ward-7, process 4711"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("remove " + (folder / "lock").string()), std::string::npos);
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "lock"));
}

TEST(SessionLock, HalfWrittenByACrashIsTakenOver) {
  const TemporaryFolder folder;
  std::ofstream(folder / "lock") << "{\"host\":";
  EXPECT_NO_THROW(SessionLock(folder.path()));
}

TEST(SessionLock, NeedsAFolderThatCanBeWritten) { EXPECT_THROW(SessionLock("/nonexistent/folder"), Error); }

}  // namespace
}  // namespace recontour
