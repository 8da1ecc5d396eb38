#include "models/engine/body_box.h"

#include <vector>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Size3 kSize{6, 5, 4};

std::vector<float> airWith(const std::vector<Index3>& tissue) {
  std::vector<float> hu(voxelCount(kSize), -1000);
  for (const Index3& at : tissue) hu[std::size_t((at.z * kSize.y + at.y) * kSize.x + at.x)] = 0;
  return hu;
}

TEST(BodyBox, HoldsTheLargestPartOnly) {
  const auto hu = airWith({{0, 0, 0}, {0, 1, 0}, {3, 2, 1}, {4, 2, 1}, {4, 2, 2}});
  EXPECT_EQ(bodyBox(hu, kSize), (Box{{3, 2, 1}, {5, 3, 3}}));
}

TEST(BodyBox, DoesNotJoinPartsThatTouchAtACorner) {
  const auto hu = airWith({{1, 1, 1}, {2, 2, 1}, {3, 2, 1}});
  EXPECT_EQ(bodyBox(hu, kSize), (Box{{2, 2, 1}, {4, 3, 2}}));
}

TEST(BodyBox, IsTheWholeGridWhenThereIsOnlyAir) { EXPECT_EQ(bodyBox(airWith({}), kSize), (Box{{0, 0, 0}, kSize})); }

}  // namespace
}  // namespace recontour
