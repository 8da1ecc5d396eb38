#include "core/edit/geodesic_growth.h"

#include <random>

#include <gtest/gtest.h>

namespace recontour {
namespace {

const Size3 kSize{12, 10, 6};
const Box kWhole{{}, kSize};
const std::vector<bool> kOpen(voxelCount(kSize), true);

Geometry grid() {
  Geometry geometry;
  geometry.size = kSize;
  geometry.spacing = {1, 1, 3};
  return geometry;
}

Volume noise(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::int16_t> hu(voxelCount(kSize));
  for (auto& value : hu) value = static_cast<std::int16_t>(random() % 200);
  return {kSize, hu};
}

std::vector<int> labelsOf(const GeodesicGrowth& growth) {
  std::vector<int> labels;
  const Box& box = growth.box();
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x)
        labels.push_back(growth.reached({x, y, z}) ? growth.labelAt({x, y, z}) : -1);
    }
  }
  return labels;
}

TEST(GeodesicGrowth, SeedsThatComeLaterGiveWhatAllAtOnceGive) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Volume volume = noise(seed);
    std::mt19937 random(seed);
    GeodesicGrowth byAndBy(volume, grid(), kWhole, kOpen, 12), atOnce(volume, grid(), kWhole, kOpen, 12);
    for (int stroke = 0; stroke < 5; ++stroke) {
      const Index3 at{int(random() % 12), int(random() % 10), int(random() % 6)};
      const auto label = static_cast<Label>(random() % 3);
      EXPECT_EQ(byAndBy.addSeed(at, label), atOnce.addSeed(at, label));
      byAndBy.settle();
    }
    atOnce.settle();
    ASSERT_EQ(labelsOf(byAndBy), labelsOf(atOnce)) << seed;
  }
}

TEST(GeodesicGrowth, OfEqualWaysTheLowerLabelWins) {
  const Volume flat(kSize, std::vector<std::int16_t>(voxelCount(kSize), 40));
  GeodesicGrowth growth(flat, grid(), kWhole, kOpen, 20);
  growth.addSeed({2, 5, 2}, 7);
  growth.addSeed({6, 5, 2}, 3);
  growth.settle();
  EXPECT_EQ(growth.labelAt({4, 5, 2}), 3);
  EXPECT_EQ(growth.labelAt({3, 5, 2}), 7);
}

TEST(GeodesicGrowth, SettlesNoMoreThanItsReach) {
  const Volume flat(kSize, std::vector<std::int16_t>(voxelCount(kSize), 40));
  GeodesicGrowth growth(flat, grid(), kWhole, kOpen, 2);
  growth.addSeed({5, 5, 2}, 1);
  EXPECT_EQ(growth.settle(), (Box{{3, 3, 2}, {8, 8, 3}}));
}

TEST(GeodesicGrowth, VoxelsThatMayNotChangeAreNeverReached) {
  std::vector<bool> open = kOpen;
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = i % 12 != 4;  // a wall at x = 4
  const Volume flat(kSize, std::vector<std::int16_t>(voxelCount(kSize), 40));
  GeodesicGrowth growth(flat, grid(), kWhole, open, 100);
  EXPECT_TRUE(growth.addSeed({4, 4, 4}, 1));
  growth.addSeed({2, 2, 2}, 1);
  growth.settle();
  EXPECT_TRUE(growth.reached({3, 9, 5}));
  EXPECT_FALSE(growth.reached({4, 4, 4}));
  EXPECT_FALSE(growth.reached({5, 2, 2}));
}

TEST(GeodesicGrowth, WaysCostTheirLengthAndTheSquareOfTheStepOfHu) {
  std::vector<std::int16_t> hu(voxelCount(kSize), 0);
  for (std::size_t i = 0; i < hu.size(); ++i) hu[i] = static_cast<std::int16_t>(i % 12 < 6 ? 0 : 60);
  const GeodesicGrowth growth(Volume(kSize, hu), grid(), kWhole, kOpen, 100);
  EXPECT_EQ(growth.stepCost({2, 2, 2}, {3, 2, 2}), 4) << "1 mm in quarters";
  EXPECT_EQ(growth.stepCost({2, 2, 2}, {2, 2, 3}), 12);
  EXPECT_EQ(growth.stepCost({2, 2, 2}, {3, 3, 2}), 6) << "1.41 mm";
  EXPECT_EQ(growth.stepCost({4, 2, 2}, {5, 2, 2}), 8) << "20 HU, smoothed from the edge of 60";
}

TEST(GeodesicGrowth, ASeedKeepsItsLabel) {
  GeodesicGrowth growth(noise(1), grid(), kWhole, kOpen, 10);
  EXPECT_TRUE(growth.addSeed({1, 1, 1}, 2));
  EXPECT_TRUE(growth.addSeed({1, 1, 1}, 2));
  EXPECT_FALSE(growth.addSeed({1, 1, 1}, 3));
  growth.settle();
  EXPECT_EQ(growth.labelAt({1, 1, 1}), 2);
}

}  // namespace
}  // namespace recontour
