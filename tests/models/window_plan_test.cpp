#include "models/engine/window_plan.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

using Starts = std::vector<int>;

TEST(WindowPlan, PlacesWindowsAtEvenStepsOfAtMostTheirHalf) {
  EXPECT_EQ(planAxis(125, 48, 16, 0.5, {}).starts, (Starts{0, 19, 38, 58, 77}));  // 77 / 4 = 19.25
  EXPECT_EQ(planAxis(96, 48, 16, 0.5, {}).starts, (Starts{0, 24, 48}));
  EXPECT_EQ(planAxis(49, 48, 16, 0.5, {}).starts, (Starts{0, 1}));
  EXPECT_EQ(planAxis(48, 48, 16, 0.5, {}).starts, (Starts{0}));
  EXPECT_EQ(planAxis(96, 48, 16, 0.0, {}).starts, (Starts{0, 48}));
}

TEST(WindowPlan, PadsAnAxisShorterThanItsWindowOnBothSides) {
  const AxisPlan plan = planAxis(5, 8, 8, 0.5, 0.125);
  EXPECT_EQ(plan.window, 8);
  EXPECT_EQ(plan.padBefore, 1);
  EXPECT_EQ(plan.starts, (Starts{-1}));
  EXPECT_EQ(plan.weights[0], (std::vector<float>{0, 1, 1, 1, 1, 1, 0, 0}));
}

TEST(WindowPlan, TakesAWholeAxisPaddedToTheNextMultipleOnly) {
  const AxisPlan plan = planAxis(101, {}, 16, 0.5, {});
  EXPECT_EQ(plan.window, 112);
  EXPECT_EQ(plan.starts, (Starts{-5}));
  EXPECT_EQ(planAxis(112, {}, 16, 0.5, {}).window, 112);
}

TEST(WindowPlan, WeighsWindowsByAGaussianAroundTheirMiddle) {
  const AxisPlan plan = planAxis(6, 4, 1, 0.5, 0.25);  // starts 0 and 2, sigma 1, middle at 2
  ASSERT_EQ(plan.starts, (Starts{0, 2}));
  // voxel 2 is at the first window's middle and two voxels before the second's
  const double near = 1, far = std::exp(-2.0);
  EXPECT_NEAR(plan.weights[0][2], near / (near + far), 1e-6);
  EXPECT_NEAR(plan.weights[1][0], far / (near + far), 1e-6);
  EXPECT_EQ(plan.weights[0][0], 1);  // only one window has voxel 0
}

TEST(WindowPlan, WeightsAddUpToOneAtEveryVoxel) {
  for (const int length : {3, 48, 61, 125, 300}) {
    const AxisPlan plan = planAxis(length, 48, 16, 0.5, 0.125);
    std::vector<double> sum(static_cast<std::size_t>(length), 0);
    for (std::size_t part = 0; part < plan.starts.size(); ++part) {
      for (int i = 0; i < plan.window; ++i) {
        const int at = plan.starts[part] + i;
        if (at >= 0 && at < length) sum[std::size_t(at)] += plan.weights[part][std::size_t(i)];
      }
    }
    for (const double total : sum) EXPECT_NEAR(total, 1, 1e-6);
  }
}

TEST(WindowPlan, CombinesTheAxesWithTheFastestFirst) {
  const WindowPlan plan({6, 4, 8}, parsedSample());
  EXPECT_EQ(plan.count(), 6);  // 2 x 1 x 3
  EXPECT_EQ(plan.partsOf(0), (Index3{0, 0, 0}));
  EXPECT_EQ(plan.partsOf(1), (Index3{1, 0, 0}));
  EXPECT_EQ(plan.partsOf(5), (Index3{1, 0, 2}));
}

TEST(WindowPlan, PadsLessWhereTheNetworkTakesAnySize) {
  ModelManifest manifest = parsedSample();
  manifest.window = {std::nullopt, std::nullopt, 48};
  manifest.divisibleBy = {16, 16, 16};
  EXPECT_EQ(WindowPlan({20, 20, 30}, manifest).windowSize(), (Size3{32, 32, 32}));
  EXPECT_EQ(WindowPlan({20, 20, 50}, manifest).windowSize(), (Size3{32, 32, 48}));
  manifest.window = {16, 16, 48};
  EXPECT_EQ(WindowPlan({20, 20, 30}, manifest).windowSize(), (Size3{16, 16, 48}));
}

}  // namespace
}  // namespace recontour
