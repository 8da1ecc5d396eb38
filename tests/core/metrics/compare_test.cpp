#include "core/metrics/compare.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/metrics/percentile.h"
#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;
const std::vector<Label> kOrgans = {kLiver};
constexpr MetricSet kAll{.dsc = true, .hd95 = true, .hd100 = true};

OrganMetrics compareLiver(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm) {
  return compare(truth, prediction, spacingMm, kOrgans, kAll).at(0);
}

// The definition, voxel by voxel: 6-neighbour boundary, image edge included, all pairs of boundary voxels.
std::vector<Index3> slowBoundary(const LabelMap& map, Label label) {
  std::vector<Index3> boundary;
  const auto inside = [&](int x, int y, int z) {
    const Box all{{0, 0, 0}, map.size()};
    return all.contains({x, y, z}) && map.at({x, y, z}) == label;
  };
  for (int z = 0; z < map.size().z; ++z) {
    for (int y = 0; y < map.size().y; ++y) {
      for (int x = 0; x < map.size().x; ++x) {
        if (!inside(x, y, z)) continue;
        const bool core = inside(x - 1, y, z) && inside(x + 1, y, z) && inside(x, y - 1, z) && inside(x, y + 1, z) &&
                          inside(x, y, z - 1) && inside(x, y, z + 1);
        if (!core) boundary.push_back({x, y, z});
      }
    }
  }
  return boundary;
}

void appendSlowly(const std::vector<Index3>& from, const std::vector<Index3>& to, const Point3& mm,
                  std::vector<double>& out) {
  for (const Index3& a : from) {
    double best = HUGE_VAL;
    for (const Index3& b : to) {
      const double dz = (a.z - b.z) * mm.z, dy = (a.y - b.y) * mm.y, dx = (a.x - b.x) * mm.x;
      best = std::min(best, std::sqrt(dz * dz + dy * dy + dx * dx));
    }
    out.push_back(best);
  }
}

TEST(Compare, SlabAgainstCornerVoxelGivesThePublishedDistances) {
  const Size3 size{5, 4, 3};
  const LabelMap slab = mapWithBox(size, {{0, 0, 0}, size}, kLiver);
  const LabelMap corner = mapWithBox(size, {{0, 0, 0}, {1, 1, 1}}, kLiver);
  const OrganMetrics liver = compareLiver(slab, corner, {1, 1, 2});
  EXPECT_EQ(liver.hd95, 5.77047942103021);
  EXPECT_EQ(liver.hd100, 6.4031242374328485);  // sqrt(4^2 + 3^2 + 4^2) mm
  EXPECT_EQ(liver.voxelsTruth, 60);
  EXPECT_EQ(liver.voxelsPrediction, 1);
}

TEST(Compare, DistancesAreInMillimetresOnEveryAxis) {
  const LabelMap a = mapWithBox({9, 9, 9}, {{1, 1, 1}, {2, 2, 2}}, kLiver);
  const Point3 mm{0.5, 2, 5};
  EXPECT_EQ(compareLiver(a, mapWithBox({9, 9, 9}, {{3, 1, 1}, {4, 2, 2}}, kLiver), mm).hd95, 1.0);
  EXPECT_EQ(compareLiver(a, mapWithBox({9, 9, 9}, {{1, 3, 1}, {2, 4, 2}}, kLiver), mm).hd95, 4.0);
  EXPECT_EQ(compareLiver(a, mapWithBox({9, 9, 9}, {{1, 1, 3}, {2, 2, 4}}, kLiver), mm).hd95, 10.0);
}

TEST(Compare, BothDirectionsArePooledBeforeThePercentile) {
  // Truth 1 voxel, prediction 2 voxels, 0 and 6 mm from it: pool {0, 6} and {0}, 95th percentile 5.4. The larger of
  // the directed percentiles would be 5.7.
  const LabelMap truth = mapWithBox({9, 1, 1}, {{0, 0, 0}, {1, 1, 1}}, kLiver);
  LabelMap prediction = truth;
  prediction.writeRow(0, 0, 6, std::vector<Label>{kLiver});
  EXPECT_DOUBLE_EQ(*compareLiver(truth, prediction, {1, 1, 1}).hd95, 5.4);
}

TEST(Compare, EqualMapsHaveDiceOneAndNoDistance) {
  const LabelMap map = randomMap({20, 11, 9}, 1, 3);
  const OrganMetrics liver = compareLiver(map, map, {1, 1, 3});
  EXPECT_EQ(liver.dsc, 1.0);
  EXPECT_EQ(liver.hd95, 0.0);
  EXPECT_EQ(liver.hd100, 0.0);
  EXPECT_EQ(liver.empty, Empty::None);
}

TEST(Compare, EqualsTheDefinitionOnRandomMaps) {
  const Size3 size{13, 9, 7};
  const Point3 mm{0.7168, 0.9, 2.5};
  for (unsigned seed = 0; seed < 40; ++seed) {
    const LabelMap truth = randomMap(size, 1 + seed % 6, 2 * seed),
                   prediction = randomMap(size, 1 + seed % 5, 2 * seed + 1);
    const OrganMetrics liver = compareLiver(truth, prediction, mm);
    std::vector<double> pool;
    const std::vector<Index3> t = slowBoundary(truth, kLiver), p = slowBoundary(prediction, kLiver);
    appendSlowly(p, t, mm, pool);
    appendSlowly(t, p, mm, pool);
    ASSERT_EQ(liver.empty, Empty::None);
    EXPECT_EQ(liver.hd95, percentile(pool, 95)) << "seed " << seed;
    EXPECT_EQ(liver.hd100, percentile(pool, 100)) << "seed " << seed;
  }
}

TEST(Compare, EqualsTheDefinitionOnDistantBlobsAcrossBricks) {
  const Size3 size{70, 40, 36};
  const Point3 mm{0.9765625, 0.9765625, 3};
  const LabelMap truth = mapWithBox(size, {{2, 3, 1}, {33, 20, 12}}, kLiver);
  const LabelMap prediction = mapWithBox(size, {{40, 18, 20}, {70, 40, 36}}, kLiver);
  std::vector<double> pool;
  const std::vector<Index3> t = slowBoundary(truth, kLiver), p = slowBoundary(prediction, kLiver);
  appendSlowly(p, t, mm, pool);
  appendSlowly(t, p, mm, pool);
  EXPECT_EQ(compareLiver(truth, prediction, mm).hd95, percentile(pool, 95));
}

TEST(Compare, WordProfileGivesZeroAndFiftyWhereAMapLacksTheOrgan) {
  const LabelMap with = mapWithBox({4, 4, 4}, {{1, 1, 1}, {3, 3, 3}}, kLiver), without({4, 4, 4});
  const auto expectEmpty = [](const OrganMetrics& organ, Empty empty) {
    EXPECT_EQ(organ.empty, empty);
    EXPECT_EQ(organ.dsc, 0.0);
    EXPECT_EQ(organ.hd95, 50.0);
    EXPECT_FALSE(organ.hd100.has_value());
  };
  expectEmpty(compareLiver(without, with, {1, 1, 1}), Empty::Truth);
  expectEmpty(compareLiver(with, without, {1, 1, 1}), Empty::Prediction);
  expectEmpty(compareLiver(without, without, {1, 1, 1}), Empty::Both);
}

TEST(Compare, VolumesAreInMillilitres) {
  const LabelMap map = mapWithBox({10, 10, 10}, {{0, 0, 0}, {10, 10, 10}}, kLiver);
  EXPECT_DOUBLE_EQ(compareLiver(map, LabelMap({10, 10, 10}), {0.5, 2, 3}).volumeTruthMl, 3.0);
}

TEST(Compare, KeepsTheOrderOfTheOrgansAskedFor) {
  const LabelMap map = randomMap({9, 9, 9}, 2, 1);
  const std::vector<Label> organs = {kSpleen, 7, kLiver};
  const std::vector<OrganMetrics> result = compare(map, map, {1, 1, 1}, organs);
  ASSERT_EQ(result.size(), 3u);
  EXPECT_EQ(result[0].label, kSpleen);
  EXPECT_EQ(result[1].empty, Empty::Both);
  EXPECT_EQ(result[2].dsc, 1.0);
}

TEST(Compare, ComputesOnlyWhatWasAskedFor) {
  const LabelMap map = randomMap({9, 9, 9}, 1, 1);
  const OrganMetrics liver = compare(map, map, {1, 1, 1}, kOrgans, {.dsc = true, .hd95 = false}).at(0);
  EXPECT_TRUE(liver.dsc.has_value());
  EXPECT_FALSE(liver.hd95.has_value());
}

TEST(Compare, RefusesMapsOfDifferentSize) {
  EXPECT_THROW(compareLiver(LabelMap({4, 4, 4}), LabelMap({5, 4, 4}), {1, 1, 1}), Error);
}

}  // namespace
}  // namespace recontour
