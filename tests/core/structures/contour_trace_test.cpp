// Contours of voxels, and back: by hand, and for masks of every kind.
#include "core/structures/contour_trace.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "core/structures/contour_raster.h"

namespace recontour {
namespace {

constexpr Label kOrgan = 3;
constexpr ContourStyle kStyles[] = {{ContourEdge::SubVoxel, ContourHoles::Keyhole},
                                    {ContourEdge::SubVoxel, ContourHoles::Xor},
                                    {ContourEdge::VoxelEdge, ContourHoles::Keyhole},
                                    {ContourEdge::VoxelEdge, ContourHoles::Xor}};

/// One slice of text: '#' is inside. Voxels of 1 x 1 mm, the first one's centre at (0, 0).
LabelMap drawn(const std::vector<std::string>& rows) {
  std::vector<Label> labels;
  for (const std::string& row : rows)
    for (const char c : row) labels.push_back(c == '#' ? kOrgan : Label{0});
  return LabelMap::fromDense({int(rows[0].size()), int(rows.size()), 1}, labels);
}

Geometry gridOf(const LabelMap& map) { return {map.size(), {1, 1, 1}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}}; }

std::vector<Contour> traced(const std::vector<std::string>& rows, const ContourStyle& style) {
  const LabelMap map = drawn(rows);
  return contoursOf(map, kOrgan, gridOf(map), style);
}

/// Rounded as files have them.
LabelMap thereAndBack(const LabelMap& map, const Geometry& grid, const ContourStyle& style) {
  Roi roi;
  roi.contours = contoursOf(map, kOrgan, grid, style);
  roi.xorContours = style.holes == ContourHoles::Xor;
  for (Contour& contour : roi.contours)
    for (Point3& point : contour.pointsMm)
      for (int axis = 0; axis < 3; ++axis) point[axis] = std::round(point[axis] * 1000) / 1000;
  const RoiVoxels back = voxelsOf(roi, grid, kOrgan);
  EXPECT_TRUE(back.problems.empty());
  return back.voxels;
}

TEST(ContourTrace, AlongPixelEdgesARectangleHasFourCorners) {
  const auto contours = traced({".....", ".###.", ".###.", "....."}, {ContourEdge::VoxelEdge});
  ASSERT_EQ(contours.size(), 1U);
  EXPECT_EQ(contours[0].pointsMm, (std::vector<Point3>{{0.5, 0.5, 0}, {3.5, 0.5, 0}, {3.5, 2.5, 0}, {0.5, 2.5, 0}}));
}

TEST(ContourTrace, BetweenCentresASinglePixelIsADiamondAroundItsCentre) {
  const auto contours = traced({"...", ".#.", "..."}, {});
  ASSERT_EQ(contours.size(), 1U);
  ASSERT_EQ(contours[0].pointsMm.size(), 4U);
  for (const Point3& point : contours[0].pointsMm) {
    const double away = std::hypot(point.x - 1, point.y - 1);
    EXPECT_GE(away, 0.2 - 1e-9);
    EXPECT_LE(away, 0.5);
  }
}

TEST(ContourTrace, NoPointIsMovedByAThirdOfAPixelFromHalfway) {
  const auto contours = traced({"......", ".####.", ".####.", ".####.", ".####.", "......"}, {});
  for (const Point3& point : contours[0].pointsMm) {
    const double dx = std::max({0.5 - point.x, point.x - 4.5, 0.0}), dy = std::max({0.5 - point.y, point.y - 4.5, 0.0});
    EXPECT_EQ(std::hypot(dx, dy), 0) << "nothing sticks out";
    const double inward = std::min({point.x - 0.5, 4.5 - point.x, point.y - 0.5, 4.5 - point.y});
    EXPECT_LE(inward, 0.8);
  }
}

TEST(ContourTrace, PixelsThatTouchByACornerAreApart) {
  for (const ContourStyle& style : kStyles) EXPECT_EQ(traced({"#.", ".#"}, style).size(), 2U);
}

TEST(ContourTrace, AHoleIsTiedToItsOutlineOrAContourOfItsOwn) {
  const std::vector<std::string> ring = {".....", ".###.", ".#.#.", ".###.", "....."};
  EXPECT_EQ(traced(ring, {ContourEdge::VoxelEdge, ContourHoles::Keyhole}).size(), 1U);
  EXPECT_EQ(traced(ring, {ContourEdge::VoxelEdge, ContourHoles::Xor}).size(), 2U);
  const auto tied = traced(ring, {ContourEdge::VoxelEdge, ContourHoles::Keyhole})[0].pointsMm;
  EXPECT_EQ(tied.size(), 10U) << "four corners each, and both ends of the channel twice";
}

TEST(ContourTrace, AnIslandInAHoleIsAContourOfItsOwn) {
  const std::vector<std::string> rows = {"#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######"};
  EXPECT_EQ(traced(rows, {ContourEdge::SubVoxel, ContourHoles::Keyhole}).size(), 2U);
  EXPECT_EQ(traced(rows, {ContourEdge::SubVoxel, ContourHoles::Xor}).size(), 4U);
  const LabelMap map = drawn(rows);
  for (const ContourStyle& style : kStyles) EXPECT_EQ(thereAndBack(map, gridOf(map), style), map);
}

TEST(ContourTrace, ContoursLieInTheWorldOnTheirSlices) {
  Geometry grid{{3, 3, 2}, {0.5, 2, 5}, {10, 20, 30}, {1, 0, 0, 0, -1, 0, 0, 0, 1}};
  std::vector<Label> labels(18, 0);
  labels[9 + 4] = kOrgan;  // (1, 1, 1)
  const auto contours = contoursOf(LabelMap::fromDense(grid.size, labels), kOrgan, grid, {ContourEdge::VoxelEdge});
  ASSERT_EQ(contours.size(), 1U);
  EXPECT_EQ(contours[0].pointsMm[0], (Point3{10.25, 19, 35}));
  EXPECT_EQ(contours[0].pointsMm[2], (Point3{10.75, 17, 35}));
  EXPECT_EQ(nearestSlice(contours[0], grid), 1);
}

TEST(ContourTrace, RandomMasksComeBackExactlyInEveryStyle) {
  std::mt19937 random(1);
  const Geometry grid{{12, 12, 2}, {0.97, 1.3, 2.5}, {-10, 20, 30}, {1, 0, 0, 0, -1, 0, 0, 0, 1}};
  for (int round = 0; round < 300; ++round) {
    const unsigned dense = random() % 10;
    std::vector<Label> labels(12 * 12 * 2);
    for (Label& label : labels) label = random() % 10 < dense ? kOrgan : Label{0};
    const LabelMap map = LabelMap::fromDense(grid.size, labels);
    for (const ContourStyle& style : kStyles) ASSERT_EQ(thereAndBack(map, grid, style), map) << round;
  }
}

}  // namespace
}  // namespace recontour
