// S2: as many strokes as a day of work has, through the workbench with its log.
#include <cstdio>
#include <string>
#include <vector>

#include "core/io/label_file.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/scale/process_figures.h"
#include "tests/reliability/scale/scale_fixture.h"

namespace recontour {
namespace {

constexpr int kEvery = 100;
constexpr int kWarmUp = 12000;  // by then undo has all the memory that it may take
constexpr double kMbPerThousand = 1.05;
constexpr double kPinned = 0.1;  // of what strokes took: pages that the heap cannot give back
constexpr Size3 kSize{192, 160, 100};

std::filesystem::path writeCase(const TemporaryFolder& folder, std::int16_t hu) {
  Geometry grid;
  grid.size = kSize;
  grid.spacing = {2, 2, 3};
  const auto file = folder / ("ct" + std::to_string(hu) + ".nii");
  writeVolumeFile(file, Volume(kSize, std::vector<std::int16_t>(voxelCount(kSize), hu)), grid, "");
  return file;
}

void openCase(Workbench& workbench, const std::filesystem::path& file) {
  workbench.openCase(file);
  ASSERT_TRUE(waitFor([&] { return workbench.caseState() == CaseState::Open; }, kLongestWaitMs));
  ASSERT_TRUE(waitFor([&] { return workbench.figuresKnown(); }, kLongestWaitMs));
}

void closeCase(Workbench& workbench) {
  workbench.closeCase();
  ASSERT_TRUE(waitFor([&] { return !workbench.leaving(); }, kLongestWaitMs));
}

void stroke(Workbench& workbench, int number) {
  const int z = number * 7 % kSize.z;
  const Index3 start{number * 29 % (kSize.x - 20), number * 13 % kSize.y, z};
  const Geometry& grid = workbench.currentCase()->geometry;
  const auto at = [&](int step) {
    return PointerSample{.pointMm = grid.toWorld(Index3{start.x + 4 * step, start.y, z}), .slice = z};
  };
  workbench.pressStroke(at(0), number % 2 == 1);
  for (int step = 1; step < 5; ++step) workbench.dragStroke(at(step));
  workbench.releaseStroke();
}

/// MB of 1,000 strokes, by least squares over values that lie `kEvery` strokes apart.
double slopeOf(const std::vector<double>& mb) {
  const double middle = (static_cast<double>(mb.size()) - 1) / 2;
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < mb.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    products += x * mb[i];
    squares += x * x;
  }
  return products / squares * 1000 / kEvery;
}

struct Day {
  double openMb = 0, fullMb = 0, endMb = 0, mbPerThousand = 0, closedMb = 0;
};

void work(Workbench& workbench, const std::filesystem::path& file, int strokes, Day& day) {
  ASSERT_NO_FATAL_FAILURE(openCase(workbench, file));
  day.openMb = figuresOf().residentMb;
  workbench.selectOrgan(1);
  std::vector<double> mb;
  for (int number = 1; number <= strokes; ++number) {
    stroke(workbench, number);
    if (number % kEvery != 0) continue;
    QCoreApplication::processEvents();
    ASSERT_TRUE(workbench.flush());
    if (number >= kWarmUp) mb.push_back(figuresOf().residentMb);
  }
  day.fullMb = mb.front();
  day.endMb = mb.back();
  day.mbPerThousand = slopeOf(mb);
  ASSERT_NO_FATAL_FAILURE(closeCase(workbench));
  day.closedMb = figuresOf().residentMb;
}

TEST(ManyStrokes, TakeNoMoreMemoryAndGiveItBackWhenTheCaseIsClosed) {
  const TemporaryFolder folder;
  ScaleWindow program(folder, false);
  const int strokes = kWarmUp + amount(4000, 20000);
  Day first, second;
  ASSERT_NO_FATAL_FAILURE(work(*program.workbench, writeCase(folder, 40), strokes, first));
  ASSERT_NO_FATAL_FAILURE(work(*program.workbench, writeCase(folder, 50), strokes, second));
  std::printf(
      "S2 strokes: %d, %.1f MB at %d, %.1f MB at the end: %.2f MB per 1,000; with the case %.1f MB at first, %.1f MB "
      "once it is closed; a second case of as many: %.2f MB per 1,000, %.1f MB once it is closed\n",
      strokes, first.fullMb, kWarmUp, first.endMb, first.mbPerThousand, first.openMb, first.closedMb,
      second.mbPerThousand, second.closedMb);
  for (const Day& day : {first, second}) {
    EXPECT_LE(day.mbPerThousand, kMbPerThousand);
    EXPECT_LE(day.closedMb, first.openMb + kPinned * (first.endMb - first.openMb));
  }
}

}  // namespace
}  // namespace recontour
