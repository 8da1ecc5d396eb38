#include "core/base/process_memory.h"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

/// A /proc of our own.
class ProcessMemory : public testing::Test {
 protected:
  void add(pid_t process, pid_t parent, const std::string& resident, const std::string& name = "program") const {
    const auto folder = proc_.path() / std::to_string(process);
    std::filesystem::create_directories(folder / "task" / std::to_string(process));
    std::ofstream(folder / "status") << "Name:\t" << name << "\nVmRSS:\t  " << resident << "\n";
    std::ofstream(folder / "stat") << process << " (" << name << ") S " << parent << " 1 1 0\n";
  }
  void list(pid_t process, const std::string& children) const {
    const std::string id = std::to_string(process);
    std::ofstream(proc_.path() / id / "task" / id / "children") << children;
  }
  std::uint64_t kilobytes(pid_t process) const { return residentBytesOfTree(process, proc_.path()) / 1024; }
  TemporaryFolder proc_;
};

TEST_F(ProcessMemory, CountsWhatTheProcessStartedAndWhatThatStarted) {
  add(10, 1, "1 kB");
  add(11, 10, "20 kB");
  add(12, 11, "300 kB");
  add(13, 1, "4000 kB");
  list(10, "11 ");
  list(11, "12 ");
  list(12, "");
  EXPECT_EQ(kilobytes(10), 321U);
}

TEST_F(ProcessMemory, FindsThemByTheirParentWhereTheKernelDoesNotListThem) {
  add(10, 1, "1 kB");
  add(11, 10, "20 kB", "a) S 1 (b");
  add(12, 11, "300 kB");
  add(13, 1, "4000 kB");
  EXPECT_EQ(kilobytes(10), 321U);
}

TEST_F(ProcessMemory, WhatIsNoNumberIsNone) {
  add(10, 1, "much");
  list(10, "");
  EXPECT_EQ(kilobytes(10), 0U);
  EXPECT_EQ(kilobytes(99), 0U);
}

TEST(ProcessMemoryHere, KnowsThatThisProgramTakesSome) {
  EXPECT_GT(residentBytesOfTree(::getpid()), 100'000U);
  EXPECT_GT(availableMemoryBytes(), 0U);
}

}  // namespace
}  // namespace recontour
