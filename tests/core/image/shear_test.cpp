#include "core/image/shear.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

/// Two rows of 4 voxels in 3 slices, each slice half a voxel further right: 0, 10, 20, 30 along x everywhere.
const Geometry kGrid{{4, 2, 3}, {1, 1, 5}, {100, 200, 300}};
const Shear kHalf{0, 0.5, 0, 5.7};

Volume ramp() {
  std::vector<std::int16_t> voxels;
  for (int i = 0; i < 24; ++i) voxels.push_back(static_cast<std::int16_t>(10 * (i % 4)));
  return {kGrid.size, std::move(voxels)};
}

TEST(Shear, TheStraightGridHoldsAllOfTheLeaningOne) {
  const StraightGrid right = straightGrid(kGrid, kHalf);
  EXPECT_EQ(right.geometry.size, (Size3{5, 2, 3}));  // the last slice ends at 3 + 2 * 0.5
  EXPECT_EQ(right.lower, Index3{});
  const StraightGrid left = straightGrid(kGrid, {0, -0.5, 0, 5.7});
  EXPECT_EQ(left.lower, (Index3{-1, 0, 0}));
  EXPECT_EQ(left.geometry.origin, (Point3{99, 200, 300}));
}

TEST(Shear, HuAreInterpolatedWithinTheSliceAndAirIsBeyondTheScan) {
  const StraightGrid grid = straightGrid(kGrid, kHalf);
  const Volume straight = straightened(ramp(), kHalf, grid);
  const auto row = [&](int z) {
    std::vector<int> values;
    for (int x = 0; x < 5; ++x) values.push_back(straight.at({x, 1, z}));
    return values;
  };
  EXPECT_EQ(row(0), (std::vector<int>{0, 10, 20, 30, kOutsideHu}));
  EXPECT_EQ(row(1), (std::vector<int>{kOutsideHu, 5, 15, 25, kOutsideHu}));
  EXPECT_EQ(row(2), (std::vector<int>{kOutsideHu, 0, 10, 20, 30}));
}

TEST(Shear, TheLossIsWhatComesBackOtherwise) {
  const Size3 size{5, 3, 3};
  std::vector<std::int16_t> voxels;
  for (int i = 0; i < 45; ++i) voxels.push_back(i % 5 == 2 ? 100 : 0);
  const Volume line(size, std::move(voxels));
  const StraightGrid grid = straightGrid({size, {1, 1, 5}, {}}, kHalf);
  const HuLoss loss = straighteningLoss(line, kHalf, straightened(line, kHalf, grid), grid);
  // Whole steps come back as they were. The half step's 0 0 100 0 0 becomes 0 50 50 0 and comes back as 25 50 25.
  EXPECT_DOUBLE_EQ(loss.largest, 50);
  EXPECT_DOUBLE_EQ(loss.mean, (25.0 + 50 + 25) / 9);  // three inner voxels a slice
}

TEST(Shear, LabelsTakeTheNearestAndKeepTheirVolumeWithinASlice) {
  LabelMap labels(kGrid.size);
  const std::vector<Label> row{0, 7, 7, 0};
  for (int z = 0; z < 3; ++z) labels.writeRow(0, z, 0, row);
  const StraightGrid grid = straightGrid(kGrid, kHalf);
  const LabelMap straight = straightened(labels, kHalf, grid);
  EXPECT_EQ(straight.at({1, 0, 0}), 7);
  EXPECT_EQ(straight.at({1, 0, 2}), 0);
  EXPECT_EQ(straight.at({3, 0, 2}), 7);
  const auto losses = straighteningLoss(labels, kHalf, straight, grid, 0.005);
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses[0].label, 7);
  EXPECT_DOUBLE_EQ(losses[0].beforeMl, 0.03);
  EXPECT_DOUBLE_EQ(losses[0].afterMl, 0.03);
  EXPECT_GE(losses[0].dsc, 0.8);
}

}  // namespace
}  // namespace recontour
