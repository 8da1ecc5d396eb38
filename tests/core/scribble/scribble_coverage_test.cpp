#include "core/scribble/scribble_coverage.h"

#include <gtest/gtest.h>

#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_raster.h"
#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

/// Rows y = 10 of slices 1..3 are liver from x = 0 to 9: 30 voxels.
LabelMap liverRows() {
  LabelMap map(strokeGeometry().size);
  for (int z = 1; z <= 3; ++z) map.writeRow(10, z, 0, std::vector<Label>(10, 1));
  return map;
}

ScribbleCoverage coverageWith(const std::vector<ScribbleStroke>& strokes, const LabelMap& labels) {
  const Geometry geometry = strokeGeometry();
  return coverageOf(strokes, rasterOf(strokes, geometry), labels, geometry, OrganTable::named("word"));
}

TEST(ScribbleCoverage, TellsWhatHasStrokesAndWhatHasNot) {
  const auto coverage =
      coverageWith({lineAlongX(1, 1, 2, 5), lineAlongX(2, 1, 7, 12, 3), lineAlongX(3, 0, 1, 2, 4)}, liverRows());
  EXPECT_EQ(coverage.strokes, (std::map<Label, int>{{0, 1}, {1, 2}}));
  EXPECT_DOUBLE_EQ(coverage.lengthMm, 3 + 5 + 1);
  ASSERT_EQ(coverage.without.size(), 15u);
  EXPECT_EQ(coverage.without.front(), 2);
  EXPECT_EQ(coverage.slices, (std::map<int, std::vector<Label>>{{2, {1}}, {3, {1}}, {4, {0}}}));
  EXPECT_EQ(coverage.sliceCount, 5);
}

TEST(ScribbleCoverage, CostsAreTheRatiosOfWhatIsThere) {
  const auto cost =
      coverageWith({lineAlongX(1, 1, 2, 5), lineAlongX(2, 1, 7, 12, 3), lineAlongX(3, 0, 1, 2, 4)}, liverRows()).cost;
  EXPECT_DOUBLE_EQ(*cost.foregroundRatio(), 7.0 / 30) << "4 and 3 voxels of the strokes lie in the liver";
  EXPECT_DOUBLE_EQ(cost.totalRatio(), 12.0 / 2000);
  EXPECT_DOUBLE_EQ(*cost.sliceRatio(), 3.0 / 3);
  EXPECT_EQ(cost.backgroundVoxels, 2);
}

TEST(ScribbleCoverage, WithoutLabelsThereIsNoRatioToThem) {
  const auto cost = coverageWith({lineAlongX(1, 1, 2, 5)}, LabelMap(strokeGeometry().size)).cost;
  EXPECT_FALSE(cost.foregroundRatio());
  EXPECT_FALSE(cost.sliceRatio());
  EXPECT_GT(cost.totalRatio(), 0);
}

TEST(SuggestedSlices, ShowEachOrganAndSayWhich) {
  LabelMap map = liverRows();
  map.writeRow(3, 4, 3, std::vector<Label>(2, 6));
  std::map<Label, int> shown;
  for (const SuggestedSlice& one : suggestedSlices(map, strokeGeometry())) {
    for (const Label organ : one.organs) ++shown[organ];
  }
  EXPECT_EQ(shown.size(), 2u);
  EXPECT_TRUE(shown.contains(1));
  EXPECT_TRUE(shown.contains(6));
}

TEST(SuggestedSlices, OfNothingKnownLieEvenlyThroughTheScan) {
  Geometry geometry = strokeGeometry();
  geometry.size.z = 80;
  const auto slices = suggestedSlices(LabelMap(geometry.size), geometry);
  ASSERT_EQ(slices.size(), 8u);
  EXPECT_EQ(slices.front().slice, 5);
  EXPECT_EQ(slices.back().slice, 75);
  EXPECT_TRUE(slices.front().organs.empty());
}

}  // namespace
}  // namespace recontour
