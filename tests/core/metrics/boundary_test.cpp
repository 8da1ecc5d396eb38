#include "core/metrics/boundary.h"

#include <gtest/gtest.h>

#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

LabelSet only(Label label) {
  LabelSet set{};
  set[label] = true;
  return set;
}

std::size_t boundaryCount(const LabelMap& map, const Box& box, Label label) {
  return boundaryVoxels(map, box, only(label))[label].size();
}

TEST(Boundary, OfACubeIsEverythingButItsInside) {
  const Box cube{{2, 2, 2}, {7, 7, 7}};
  const LabelMap map = mapWithBox({9, 9, 9}, cube, kLiver);
  EXPECT_EQ(boundaryCount(map, cube, kLiver), 125u - 27u);
  EXPECT_EQ(boundaryCount(map, {{0, 0, 0}, {9, 9, 9}}, kLiver), 125u - 27u);  // the box only saves work
}

TEST(Boundary, IncludesVoxelsOnTheImageEdge) {
  const LabelMap map = mapWithBox({3, 4, 5}, {{0, 0, 0}, {3, 4, 5}}, kLiver);
  EXPECT_EQ(boundaryCount(map, {{0, 0, 0}, {3, 4, 5}}, kLiver), 60u - 1u * 2u * 3u);
}

TEST(Boundary, RunsBetweenTwoOrgansThatTouch) {
  LabelMap map = mapWithBox({20, 5, 5}, {{0, 0, 0}, {20, 5, 5}}, kLiver);
  const std::vector<Label> half(10, kSpleen);
  for (int z = 0; z < 5; ++z) {
    for (int y = 0; y < 5; ++y) map.writeRow(y, z, 10, half);
  }
  EXPECT_EQ(boundaryCount(map, {{0, 0, 0}, {20, 5, 5}}, kLiver), 250u - 8u * 3u * 3u);
}

TEST(Boundary, ListsOnlyWantedOrgansInScanOrder) {
  const LabelMap map = randomMap({40, 9, 7}, 2, 5);
  const VoxelLists lists = boundaryVoxels(map, {{0, 0, 0}, {40, 9, 7}}, only(kSpleen));
  EXPECT_TRUE(lists[kLiver].empty());
  ASSERT_FALSE(lists[kSpleen].empty());
  for (std::size_t i = 1; i < lists[kSpleen].size(); ++i) {
    const Index3 &a = lists[kSpleen][i - 1], &b = lists[kSpleen][i];
    EXPECT_LT((a.z * 9 + a.y) * 40 + a.x, (b.z * 9 + b.y) * 40 + b.x);
  }
}

}  // namespace
}  // namespace recontour
