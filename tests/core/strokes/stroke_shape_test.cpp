#include "core/strokes/stroke_shape.h"

#include <gtest/gtest.h>

#include "core/strokes/scribble_raster.h"
#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

const AxisMap kAxes(strokeGeometry());
StrokePointer on(double x, double y, int slice = 2) { return {{x, y, 3.0 * slice}, Plane::Axial, slice, kAxes}; }

TEST(StrokeAt, FindsTheNearestOnItsSliceWithinReach) {
  const std::vector<ScribbleStroke> strokes = {lineAlongX(1, 1, 2, 8), lineAlongX(2, 2, 2, 8, 3)};
  const auto found = strokeAt(strokes, on(5, 11), 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, 1u);
  EXPECT_DOUBLE_EQ(found->part, 0.5);
  EXPECT_FALSE(strokeAt(strokes, on(5, 12), 1));
  EXPECT_FALSE(strokeAt(strokes, on(5, 10, 1), 1));
}

TEST(StrokeAt, OfLinesOverOneAnotherTheLastIsMeant) {
  const auto found = strokeAt({lineAlongX(1, 1, 2, 8), lineAlongX(2, 2, 2, 8)}, on(5, 10), 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, 2u);
}

TEST(ErasedAlong, TheMiddleOfALineLeavesTwoPiecesUpToTheEraser) {
  const std::vector<Point3> way = {{10, 8, 6}, {10, 12, 6}};
  const auto change = erasedAlong({lineAlongX(1, 3, 2, 18)}, way, 2, on(0, 0), 7);
  ASSERT_EQ(change.removed.size(), 1u);
  ASSERT_EQ(change.added.size(), 2u);
  EXPECT_EQ(change.added[0].id, 7u);
  EXPECT_EQ(change.added[1].id, 8u);
  EXPECT_EQ(change.added[0].label, 3);
  EXPECT_NEAR(change.added[0].points.back().mm.x, 8, 0.21);
  EXPECT_NEAR(change.added[1].points.front().mm.x, 12, 0.21);
  EXPECT_NEAR(change.added[0].points.back().timeMs, 37.5, 1.5);
}

TEST(ErasedAlong, LinesOfOtherSlicesAndFarOnesStay) {
  const std::vector<Point3> way = {{10, 10, 6}};
  EXPECT_TRUE(erasedAlong({lineAlongX(1, 3, 2, 18, 3), lineAlongX(2, 3, 2, 5)}, way, 2, on(0, 0), 7).empty());
}

TEST(ErasedAlong, ALineAcrossTheOriginIsNotTakenForAnother) {
  ScribbleStroke stroke = lineAlongX(1, 3, 0, 1);
  stroke.points = {{{-1.37, 0.1, 6}, 0}, {{0.81, -0.3, 6}, 10}, {{1.13, 0.7, 6}, 20}};
  EXPECT_TRUE(erasedAlong({stroke}, std::vector<Point3>{{15, 15, 6}}, 2, on(0, 0), 7).empty());
}

TEST(ErasedAlong, APieceLiesWhereItsStrokeLay) {
  ScribbleLayer layer;
  layer.apply({"draw", {}, {lineAlongX(1, 1, 2, 18)}}, 0);
  layer.apply({"draw", {}, {lineAlongX(2, 2, 4, 8)}}, 1);
  const std::vector<Point3> way = {{17, 10, 6}};
  layer.apply(erasedAlong({*layer.find(1)}, way, 2, on(0, 0), layer.nextId()), 2);
  const LabelMap map = rasterOf(layer.strokes(), strokeGeometry());
  EXPECT_EQ(map.at({6, 10, 2}), 2) << "what was drawn over it stays over it";
  EXPECT_EQ(map.at({12, 10, 2}), 1);
  EXPECT_EQ(map.at({17, 10, 2}), 0);
}

TEST(ErasedAlong, AWholeLineGoes) {
  const std::vector<Point3> way = {{0, 10, 6}, {20, 10, 6}};
  const auto change = erasedAlong({lineAlongX(1, 3, 2, 18)}, way, 1, on(0, 0), 7);
  EXPECT_EQ(change.removed.size(), 1u);
  EXPECT_TRUE(change.added.empty());
}

TEST(CutAt, GivesTwoLinesThatMeetWhereItWasCut) {
  const auto change = cutAt(lineAlongX(1, 3, 2, 18), {1, 0, 0.25}, 7);
  ASSERT_EQ(change.added.size(), 2u);
  EXPECT_DOUBLE_EQ(lengthMm(change.added[0]), 4);
  EXPECT_DOUBLE_EQ(lengthMm(change.added[1]), 12);
  EXPECT_EQ(change.added[0].points.back(), change.added[1].points.front());
  EXPECT_DOUBLE_EQ(change.added[0].points.back().timeMs, 25);
}

TEST(CutAt, AnEndIsNoPlaceToCut) {
  EXPECT_TRUE(cutAt(lineAlongX(1, 3, 2, 18), {1, 0, 0}, 7).empty());
  EXPECT_TRUE(cutAt(lineAlongX(1, 3, 2, 18), {1, 1, 0}, 7).empty());
}

TEST(WithLabel, IsTheSameLineOfAnotherOrgan) {
  const auto change = withLabel(lineAlongX(1, 3, 2, 18), 0, 7);
  ASSERT_EQ(change.added.size(), 1u);
  EXPECT_EQ(change.added[0].label, 0);
  EXPECT_EQ(change.added[0].points, change.removed[0].points);
  EXPECT_TRUE(withLabel(lineAlongX(1, 3, 2, 18), 3, 7).empty());
}

}  // namespace
}  // namespace recontour
