// S7: cases are opened and closed again and again in one program, with the real reader.
#include <algorithm>
#include <cstdio>
#include <vector>

#include <malloc.h>

#include "core/base/freed_memory.h"
#include "core/io/label_file.h"
#include "tests/data/descendants.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/scale/process_figures.h"
#include "tests/reliability/scale/scale_fixture.h"
#include "ui/window/view_grid.h"

namespace recontour {
namespace {

constexpr double kGrowthAllowed = 0.02;

/// CTs of three sizes.
std::vector<std::filesystem::path> writeCases(const TemporaryFolder& folder) {
  std::vector<std::filesystem::path> files;
  for (const Size3 size : {Size3{96, 96, 48}, Size3{128, 128, 80}, Size3{192, 160, 100}}) {
    Geometry grid;
    grid.size = size;
    grid.spacing = {2, 2, 3};
    std::vector<std::int16_t> voxels(voxelCount(size));
    for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = static_cast<std::int16_t>(i * 7919 % 400 - 100);
    files.push_back(folder / ("ct" + std::to_string(size.x) + ".nii"));
    writeVolumeFile(files.back(), Volume(size, std::move(voxels)), grid, "");
  }
  return files;
}

/// All locks that lie in session folders.
int locksIn(const std::filesystem::path& folder) {
  const std::filesystem::recursive_directory_iterator all(folder);
  return static_cast<int>(
      std::ranges::count_if(all, [](const auto& entry) { return entry.path().filename() == "lock"; }));
}

/// Opens, revises with one stroke, sees the figures, closes.
void cycle(ScaleWindow& program, const std::filesystem::path& file, int number) {
  Workbench& workbench = *program.workbench;
  if (program.window)
    program.window->openCase(file);
  else
    workbench.openCase(file);
  ASSERT_TRUE(waitFor([&] { return workbench.caseState() == CaseState::Open; }, kLongestWaitMs));
  const Geometry& grid = workbench.currentCase()->geometry;
  const int z = 10 + number % 20;
  const PointerSample at{.pointMm = grid.toWorld(Index3{30 + number % 40, 40, z}), .slice = z};
  workbench.pressStroke(at, number % 2 == 1);
  workbench.releaseStroke();
  ASSERT_TRUE(waitFor([&] { return workbench.figuresKnown(); }, kLongestWaitMs));
  if (program.window) {
    ASSERT_TRUE(waitFor([&] { return program.window->settled(); }, kLongestWaitMs));
  }
  workbench.closeCase();
  ASSERT_TRUE(waitFor([&] { return !workbench.leaving(); }, kLongestWaitMs));
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);  // as exec() does, though not processEvents()
}

double heapMb() {
  const auto heap = ::mallinfo2();
  return static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6;
}

/// One reader waits ahead.
bool readerWaits() { return descendantsNamed("recontour-reader").size() == 1; }

struct Moment {
  ProcessFigures own;
  double heapMb;  ///< that is in use
  std::size_t children, jobs;
  std::size_t objects;  ///< of the window
};

Moment momentOf(const TemporaryFolder& folder, ScaleWindow& program) {
  EXPECT_TRUE(waitFor(readerWaits));
  if (program.window) {
    EXPECT_TRUE(waitFor([&] { return program.window->views().surfacesSettled(); }));
  }
  returnFreedMemory();  // what the heap keeps for the next case depends on which thread was the last
  using Entries = std::filesystem::directory_iterator;
  const auto jobs = static_cast<std::size_t>(std::distance(Entries(folder / "jobs"), {}));
  const auto objects = static_cast<std::size_t>(program.window ? program.window->findChildren<QObject*>().size() : 0);
  return {figuresOf(), heapMb(), descendantsNamed("").size(), jobs, objects};
}

void runCycles(const char* what, bool withWindow, int cycles, int warmUp) {
  const TemporaryFolder folder;
  const auto files = writeCases(folder);
  ScaleWindow program(folder, withWindow);
  Moment early{};
  for (int number = 0; number < cycles; ++number) {
    cycle(program, files[static_cast<std::size_t>(number) % files.size()], number);
    if (testing::Test::HasFatalFailure()) return;
    if (number + 1 == warmUp) early = momentOf(folder, program);
  }
  const Moment late = momentOf(folder, program);
  const double growth = late.own.residentMb / early.own.residentMb - 1;
  const int locks = locksIn(folder / "sessions");
  std::printf(
      "S7 %s: %d cycles, %.1f MB at %d, %.1f MB at %d (%+.1f %%), heap in use %.1f = %.1f MB, descriptors %d = %d, "
      "threads %d = %d, children "
      "%zu = %zu, job folders %zu = %zu, objects of the window %zu = %zu, locks %d\n",
      what, cycles, early.own.residentMb, warmUp, late.own.residentMb, cycles, 100 * growth, early.heapMb, late.heapMb,
      early.own.descriptors, late.own.descriptors, early.own.threads, late.own.threads, early.children, late.children,
      early.jobs, late.jobs, early.objects, late.objects, locks);
  EXPECT_LE(growth, kGrowthAllowed);
  EXPECT_EQ(late.own.descriptors, early.own.descriptors);
  EXPECT_EQ(late.own.threads, early.own.threads);
  EXPECT_EQ(late.children, early.children);
  EXPECT_EQ(late.jobs, early.jobs);
  EXPECT_EQ(late.objects, early.objects);
  EXPECT_EQ(locks, 0);
}

TEST(OpenAndClose, LeavesNothingBehindInTheWorkbench) { runCycles("cycles", false, amount(90, 500), amount(45, 50)); }

TEST(OpenAndClose, LeavesNothingBehindInTheWindow) {
  runCycles("cycles with window and 3D", true, amount(21, 500),
            amount(12, 50));  // each moment after a case of the same size
}

}  // namespace
}  // namespace recontour
