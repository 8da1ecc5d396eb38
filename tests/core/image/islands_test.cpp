#include "core/image/islands.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1;
using Sizes = std::vector<std::int64_t>;

DenseBox boxWith(const std::vector<Index3>& voxels, const Size3& size = {40, 6, 5}) {
  LabelMap map(size);
  for (const Index3& at : voxels) map.writeRow(at.y, at.z, at.x, std::vector<Label>{kLiver});
  return map.copy({{0, 0, 0}, size});
}

Sizes islandSizes(const DenseBox& box, Label organ) {
  Sizes sizes;
  for (const Island& island : islandsOf(box, organ)) sizes.push_back(island.voxels);
  return sizes;
}

TEST(Islands, AreConnectedByFacesAndCountedLargestFirst) {
  EXPECT_EQ(islandSizes(boxWith({{1, 1, 1}, {2, 1, 1}, {2, 2, 1}, {2, 2, 2}, {5, 5, 4}}), kLiver), (Sizes{4, 1}));
}

TEST(Islands, EdgesAndCornersDoNotConnect) {
  EXPECT_EQ(islandSizes(boxWith({{1, 1, 1}, {2, 2, 1}, {3, 3, 2}}), kLiver), (Sizes{1, 1, 1}));
}

TEST(Islands, AUShapeIsOne) {
  EXPECT_EQ(islandSizes(boxWith({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {1, 2, 0}, {2, 2, 0}, {2, 1, 0}, {2, 0, 0}}), kLiver),
            (Sizes{7}));
}

TEST(Islands, ReachAcrossBricks) { EXPECT_EQ(islandSizes(boxWith({{31, 1, 1}, {32, 1, 1}}), kLiver), (Sizes{2})); }

TEST(Islands, AreFoundInTheMiddleOfTheirLongestRow) {
  const auto islands = islandsOf(boxWith({{9, 5, 4}, {1, 1, 1}, {1, 2, 1}, {2, 2, 1}, {3, 2, 1}}), kLiver);
  ASSERT_EQ(islands.size(), 2u);
  EXPECT_EQ(islands[0].place, (Index3{2, 2, 1}));
  EXPECT_EQ(islands[1].place, (Index3{9, 5, 4}));
}

TEST(Islands, OfAnAbsentOrganAreNone) { EXPECT_TRUE(islandSizes(boxWith({{1, 1, 1}}), 2).empty()); }

}  // namespace
}  // namespace recontour
