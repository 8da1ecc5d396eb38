#include "core/metrics/surface_cells.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1;

SurfaceCells cellsOf(const LabelMap& map) {
  LabelSet wanted{};
  wanted[kLiver] = true;
  return surfaceCells(map, boundingBox(map, kLiver), wanted)[kLiver];
}

double areaOf(const LabelMap& map, const Point3& spacingMm) {
  const auto areas = surfaceAreas(spacingMm);
  const SurfaceCells cells = cellsOf(map);
  return std::accumulate(cells.codes.begin(), cells.codes.end(), 0.0,
                         [&](double sum, std::uint8_t code) { return sum + areas[code]; });
}

TEST(SurfaceCells, OfOneVoxelAreTheEightAroundItInOrder) {
  const SurfaceCells cells = cellsOf(mapWithBox({4, 4, 4}, {{1, 2, 1}, {2, 3, 2}}, kLiver));
  ASSERT_EQ(cells.cells.size(), 8u);
  EXPECT_EQ(cells.cells.front(), (Index3{1, 2, 1}));
  EXPECT_EQ(cells.codes.front(), 1) << "the voxel is this cell's last corner";
  EXPECT_EQ(cells.cells[1], (Index3{2, 2, 1}));
  EXPECT_EQ(cells.codes[1], 2);
  EXPECT_EQ(cells.cells.back(), (Index3{2, 3, 2}));
  EXPECT_EQ(cells.codes.back(), 128);
}

TEST(SurfaceCells, OfOneVoxelAreAnOctahedron) {
  EXPECT_NEAR(areaOf(mapWithBox({3, 3, 3}, {{1, 1, 1}, {2, 2, 2}}, kLiver), {1, 1, 1}), std::numbers::sqrt3, 1e-12);
}

TEST(SurfaceCells, AtTheImagesEdgeCloseTheSurface) {
  const LabelMap inner = mapWithBox({30, 30, 30}, {{5, 5, 5}, {20, 15, 10}}, kLiver);
  const LabelMap whole = mapWithBox({15, 10, 5}, {{0, 0, 0}, {15, 10, 5}}, kLiver);
  EXPECT_DOUBLE_EQ(areaOf(inner, {1, 2, 3}), areaOf(whole, {1, 2, 3}));
}

TEST(SurfaceCells, OfALargeBoxHaveNearlyItsArea) {
  const LabelMap box = mapWithBox({64, 64, 64}, {{2, 2, 2}, {62, 52, 42}}, kLiver);
  const double exact = 2 * (60 * 50 * 1.0 * 2.0 + 60 * 40 * 1.0 * 3.0 + 50 * 40 * 2.0 * 3.0);
  EXPECT_NEAR(areaOf(box, {1, 2, 3}) / exact, 1, 0.03) << "edges are bevelled";
}

TEST(SurfaceCells, CodesAndTheirComplementsHaveOneArea) {
  const auto areas = surfaceAreas({0.7, 0.9, 3});
  for (std::size_t code = 0; code < 256; ++code) EXPECT_EQ(areas[code], areas[255 - code]) << code;
  EXPECT_EQ(areas[0], 0);
  EXPECT_DOUBLE_EQ(areas[0b11110000], 0.7 * 0.9) << "half a cell: its whole face across z";
  EXPECT_DOUBLE_EQ(areas[0b11001100], 0.7 * 3.0);
  EXPECT_DOUBLE_EQ(areas[0b10101010], 0.9 * 3.0);
}

TEST(SurfaceCells, SkipNothingInLongRowsOfOneLabel) {
  LabelMap map = mapWithBox({70, 5, 5}, {{0, 0, 0}, {70, 5, 5}}, kLiver);
  const std::size_t whole = cellsOf(map).cells.size();
  map.writeRow(2, 2, 37, std::vector<Label>{0});
  EXPECT_EQ(cellsOf(map).cells.size(), whole + 8);
}

}  // namespace
}  // namespace recontour
