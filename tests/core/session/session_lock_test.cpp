#include "core/session/session_lock.h"

#include <fstream>

#include <gtest/gtest.h>
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
