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
  return compare(truth, prediction, spacingMm, kOrgans, {.metrics = kAll}).at(0);
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

TEST(Compare, OtherProfilesHaveRulesOfTheirOwnForEmptyOrgans) {
  const LabelMap with = mapWithBox({4, 4, 4}, {{1, 1, 1}, {3, 3, 3}}, kLiver), without({4, 4, 4});
  using Value = std::optional<double>;
  const auto values = [&](const LabelMap& truth, const LabelMap& prediction, Profile profile) {
    const OrganMetrics m = compare(truth, prediction, {1, 1, 1}, kOrgans,
                                   {.metrics = {.hd100 = true, .assd = true, .nsd = true}, .profile = profile})
                               .at(0);
    EXPECT_FALSE(m.hd95 || m.hd100 || m.assdMm) << "distances to nothing";
    return std::pair(m.dsc, m.nsd.at(0));
  };
  EXPECT_EQ(values(without, without, Profile::MedPy), std::pair(Value(1), Value()));
  EXPECT_EQ(values(with, without, Profile::MedPy), std::pair(Value(0), Value()));
  EXPECT_EQ(values(without, without, Profile::NnUNet), std::pair(Value(), Value()));
  EXPECT_EQ(values(without, with, Profile::NnUNet), std::pair(Value(0), Value()));
  EXPECT_EQ(values(without, without, Profile::Flare22), std::pair(Value(1), Value(1)));
  EXPECT_EQ(values(with, without, Profile::Flare22), std::pair(Value(0), Value(0)));
  EXPECT_EQ(profileNamed("flare22"), Profile::Flare22);
  EXPECT_FALSE(profileNamed("flare23"));
}

TEST(Compare, AssdIsTheMeanOfBothDirectedMeans) {
  const LabelMap truth = mapWithBox({12, 3, 3}, {{1, 1, 1}, {2, 2, 2}}, kLiver),
                 prediction = mapWithBox({12, 3, 3}, {{1, 1, 1}, {4, 2, 2}}, kLiver);
  const OrganMetrics liver = compare(truth, prediction, {2, 1, 1}, kOrgans, {.metrics = {.assd = true}}).at(0);
  EXPECT_DOUBLE_EQ(liver.assdMm.value(), ((0 + 2 + 4) / 3.0 + 0) / 2);
}

TEST(Compare, SurfaceDscOfASlabThatGrewByOneLayer) {
  const Size3 size{20, 20, 20};
  const LabelMap truth = mapWithBox(size, {{5, 5, 5}, {15, 15, 10}}, kLiver),
                 prediction = mapWithBox(size, {{5, 5, 5}, {15, 15, 11}}, kLiver);
  const CompareOptions options{.metrics = {.nsd = true}, .tolerances = {{.mm = 0.5}, {.mm = 1}, {0.5, {{kLiver, 1}}}}};
  const OrganMetrics liver = compare(truth, prediction, {1, 1, 1}, kOrgans, options).at(0);
  EXPECT_GT(liver.nsd[0].value(), 0.5);
  EXPECT_LT(liver.nsd[0].value(), 0.8);
  EXPECT_DOUBLE_EQ(liver.nsd[1].value(), 1);
  EXPECT_DOUBLE_EQ(liver.nsd[2].value(), 1) << "an organ's own tolerance";
}

TEST(Compare, PathIsWhatTheTruthAddsToThePredictionSliceBySlice) {
  const Size3 size{9, 9, 9};
  const LabelMap truth = mapWithBox(size, {{1, 1, 2}, {6, 6, 5}}, kLiver),  // three slices of 5 x 5: 16 on each rim
      prediction = mapWithBox(size, {{1, 1, 2}, {6, 6, 4}}, kLiver);        // one slice is missing
  const auto path = [&](const LabelMap& final, const LabelMap& start, int axis) {
    return compare(final, start, {2, 2, 3}, kOrgans, {.metrics = {.path = true}, .sliceAxis = axis}).at(0).path.value();
  };
  EXPECT_EQ(path(truth, prediction, 2).voxels, 16);
  EXPECT_EQ(path(truth, prediction, 2).mm, 32);
  EXPECT_EQ(path(truth, prediction, 2).mmOutside, 32);
  EXPECT_DOUBLE_EQ(path(truth, prediction, 2).relative.value(), 1.0 / 3);
  EXPECT_EQ(path(prediction, truth, 2).voxels, 0) << "nothing to draw, a slice to erase";
  EXPECT_EQ(path(prediction, truth, 0).voxels, 5 * 3) << "across x the upper row of each slice is another one";
  EXPECT_EQ(path(prediction, truth, 0).voxelsBeyond1, 3 * 0 + 0);
}

TEST(Compare, HasNoPathWhereThereIsNothingToDraw) {
  const LabelMap with = mapWithBox({4, 4, 4}, {{1, 1, 1}, {3, 3, 3}}, kLiver), without({4, 4, 4});
  const CompareOptions options{.metrics = {.path = true}};
  EXPECT_FALSE(compare(without, with, {1, 1, 1}, kOrgans, options).at(0).path);
  EXPECT_EQ(compare(with, without, {1, 1, 1}, kOrgans, options).at(0).path->voxels, 8);
}

TEST(Compare, SeveralThreadsGiveTheSameFigures) {
  const LabelMap truth = randomMap({30, 20, 10}, 6, 1), prediction = randomMap({30, 20, 10}, 6, 2);
  const std::vector<Label> organs = {1, 2, 3, 4, 5, 6, 7};
  CompareOptions options{.metrics = {.assd = true, .nsd = true}};
  const auto alone = compare(truth, prediction, {1, 2, 3}, organs, options);
  options.threads = 3;
  const auto together = compare(truth, prediction, {1, 2, 3}, organs, options);
  for (std::size_t i = 0; i < organs.size(); ++i) {
    EXPECT_EQ(alone[i].hd95, together[i].hd95);
    EXPECT_EQ(alone[i].assdMm, together[i].assdMm);
    EXPECT_EQ(alone[i].nsd, together[i].nsd);
  }
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
  const OrganMetrics liver = compare(map, map, {1, 1, 1}, kOrgans, {.metrics = {.dsc = true, .hd95 = false}}).at(0);
  EXPECT_TRUE(liver.dsc.has_value());
  EXPECT_FALSE(liver.hd95.has_value());
}

TEST(Compare, RefusesMapsOfDifferentSize) {
  EXPECT_THROW(compareLiver(LabelMap({4, 4, 4}), LabelMap({5, 4, 4}), {1, 1, 1}), Error);
}

}  // namespace
}  // namespace recontour
