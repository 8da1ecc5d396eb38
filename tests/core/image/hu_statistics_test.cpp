#include "core/image/hu_statistics.h"

#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

/// 9 x 9 x 2 voxels of 1 x 2 x 5 mm whose HU is x.
class HuStatisticsTest : public testing::Test {
 protected:
  HuStatisticsTest() {
    std::vector<std::int16_t> voxels;
    for (int i = 0; i < 162; ++i) voxels.push_back(static_cast<std::int16_t>(i % 9));
    volume = Volume({9, 9, 2}, std::move(voxels));
  }
  AxisMap axisMap{Geometry{{9, 9, 2}, {1, 2, 5}, {}}};
  Volume volume;
};

TEST_F(HuStatisticsTest, AreOfTheVoxelCentresInsideTheEllipse) {
  // Middle (4, 4) in voxels, half axes of one voxel: the middle and its four neighbours.
  const auto found = ellipseStatistics(volume, axisMap, Plane::Axial, 1, {3, 6, 5}, {5, 10, 5});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->voxels, 5);
  EXPECT_DOUBLE_EQ(found->mean, 4);
  EXPECT_DOUBLE_EQ(found->deviation, std::sqrt(2.0 / 4));
  EXPECT_EQ(found->lowest, 3);
  EXPECT_EQ(found->highest, 5);
  EXPECT_DOUBLE_EQ(found->areaMm2, 10);
}

TEST_F(HuStatisticsTest, CornersMayComeInAnyOrderAndReachBeyondThePicture) {
  const auto whole = ellipseStatistics(volume, axisMap, Plane::Axial, 0, {100, 100, 0}, {-100, -100, 0});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->voxels, 81);
  EXPECT_FALSE(ellipseStatistics(volume, axisMap, Plane::Axial, 0, {3, 3, 0}, {3, 8, 0})) << "flat";
  EXPECT_FALSE(ellipseStatistics(volume, axisMap, Plane::Axial, 0, {50, 50, 0}, {60, 60, 0})) << "beside it";
}

}  // namespace
}  // namespace recontour
