#include "ui/views/crash_marker.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

/// A program that ends abruptly, while it draws or not.
void crash(const std::filesystem::path& file, bool drawing) {
  const pid_t child = ::fork();
  if (child == 0) {
    CrashMarker marker(file);
    marker.set(true);
    if (!drawing) marker.set(false);
    ::_exit(1);  // no destructor runs
  }
  ::waitpid(child, nullptr, 0);
}

TEST(CrashMarker, RemembersAProgramThatEndedWhileItDrew) {
  const TemporaryFolder folder;
  const auto file = folder / "new" / "marker";
  EXPECT_FALSE(CrashMarker(file).wasSet());
  crash(file, true);
  EXPECT_TRUE(CrashMarker(file).wasSet());
  EXPECT_FALSE(CrashMarker(file).wasSet()) << "told once";
}

TEST(CrashMarker, AProgramThatEndsWhileNothingIsDrawnLeavesNothing) {
  const TemporaryFolder folder;
  crash(folder / "marker", false);
  EXPECT_FALSE(CrashMarker(folder / "marker").wasSet());
}

TEST(CrashMarker, ASecondProgramThatRunsBesideIsNotTakenForACrash) {
  const TemporaryFolder folder;
  CrashMarker first(folder / "marker");
  first.set(true);
  EXPECT_FALSE(CrashMarker(folder / "marker").wasSet());
}

TEST(CrashMarker, AFileThatCannotBeWrittenIsNoObstacle) {
  CrashMarker marker("/proc/nowhere/marker");
  marker.set(true);
  EXPECT_FALSE(marker.wasSet());
}

}  // namespace
}  // namespace recontour
