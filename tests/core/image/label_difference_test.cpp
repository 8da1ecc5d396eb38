#include "core/image/label_difference.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

LabelMap mapWith(std::initializer_list<std::pair<Index3, Label>> voxels) {
  LabelMap map({40, 10, 5});
  for (const auto& [at, label] : voxels) map.writeRow(at.y, at.z, at.x, std::vector<Label>{label});
  return map;
}

TEST(LabelDifference, TellsAddedRemovedAndRelabelledVoxels) {
  const LabelMap before = mapWith({{{1, 1, 1}, kLiver}, {{2, 1, 1}, kLiver}, {{35, 9, 4}, kLiver}});
  const LabelMap now = mapWith({{{1, 1, 1}, kLiver}, {{2, 1, 1}, kSpleen}, {{3, 1, 1}, kSpleen}});
  const LabelMap difference = labelDifference(before, now);
  EXPECT_EQ(difference.at({1, 1, 1}), 0);
  EXPECT_EQ(difference.at({2, 1, 1}), kRelabelledVoxel);
  EXPECT_EQ(difference.at({3, 1, 1}), kAddedVoxel);
  EXPECT_EQ(difference.at({35, 9, 4}), kRemovedVoxel);
  const auto counts = labelCounts(difference);
  EXPECT_EQ(counts[1] + counts[2] + counts[3], 3);
}

TEST(LabelDifference, ToNoMapIsAllThatIsThere) {
  const LabelMap now = mapWith({{{1, 1, 1}, kLiver}});
  EXPECT_EQ(labelCounts(labelDifference({}, now))[kAddedVoxel], 1);
}

TEST(LabelDifference, NamesTheSlicesAcrossEachAxis) {
  const LabelMap before = mapWith({{{1, 2, 3}, kLiver}});
  const auto slices = differingSlices(before, mapWith({{{1, 2, 3}, kLiver}, {{33, 2, 4}, kLiver}}));
  for (int x = 0; x < 40; ++x) EXPECT_EQ(slices[0][static_cast<std::size_t>(x)], x == 33) << x;
  for (int y = 0; y < 10; ++y) EXPECT_EQ(slices[1][static_cast<std::size_t>(y)], y == 2) << y;
  for (int z = 0; z < 5; ++z) EXPECT_EQ(slices[2][static_cast<std::size_t>(z)], z == 4) << z;
}

}  // namespace
}  // namespace recontour
