// Voxels of contours. More of what files bring is in tests/core/io/structure_geometry_test.cpp.
#include "core/structures/contour_raster.h"

#include <limits>

#include <gtest/gtest.h>

namespace recontour {
namespace {

Geometry grid() { return {{6, 4, 3}, {1, 1, 2}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}}; }

Contour rectangle(double x0, double y0, double x1, double y1, double z) {
  return {{{x0, y0, z}, {x1, y0, z}, {x1, y1, z}, {x0, y1, z}}};
}

std::string rowOf(const RoiVoxels& found, int y, int z) {
  std::string row;
  for (int x = 0; x < 6; ++x) row += found.voxels.at({x, y, z}) != 0 ? '#' : '.';
  return row;
}

TEST(ContourRaster, AnEmptyRoiHasNoVoxels) {
  const RoiVoxels found = voxelsOf({}, grid(), 1);
  EXPECT_TRUE(found.box.empty());
  EXPECT_TRUE(found.problems.empty());
}

TEST(ContourRaster, AVoxelBelongsToItWhenItsCentreIsInside) {
  Roi roi;
  roi.contours = {rectangle(0.9, 0.1, 3.1, 2.2, 2)};
  const RoiVoxels found = voxelsOf(roi, grid(), 1);
  EXPECT_EQ(rowOf(found, 0, 1), "......");
  EXPECT_EQ(rowOf(found, 1, 1), ".###..");
  EXPECT_EQ(rowOf(found, 2, 1), ".###..");
  EXPECT_EQ(rowOf(found, 3, 1), "......");
  EXPECT_EQ(rowOf(found, 1, 0), "......");
}

TEST(ContourRaster, AreasWithACommonEdgeShareNoVoxelAndLeaveNoneOut) {
  Roi left, right;
  left.contours = {rectangle(0, 0, 3, 3, 0)};
  right.contours = {rectangle(3, 0, 5, 3, 0)};
  EXPECT_EQ(rowOf(voxelsOf(left, grid(), 1), 1, 0), "###...");
  EXPECT_EQ(rowOf(voxelsOf(right, grid(), 1), 1, 0), "...##.");
}

TEST(ContourRaster, TheSenseOfRotationDoesNotMatter) {
  Roi roi;
  roi.contours = {rectangle(0.9, 0.1, 3.1, 2.2, 2)};
  Roi turned = roi;
  std::reverse(turned.contours[0].pointsMm.begin(), turned.contours[0].pointsMm.end());
  EXPECT_EQ(voxelsOf(roi, grid(), 1).voxels, voxelsOf(turned, grid(), 1).voxels);
}

TEST(ContourRaster, TheSameContourTwiceIsNoHole) {
  Roi roi;
  roi.contours = {rectangle(0.9, 0.1, 3.1, 2.2, 2), rectangle(0.9, 0.1, 3.1, 2.2, 2)};
  EXPECT_EQ(rowOf(voxelsOf(roi, grid(), 1), 1, 1), ".###..");
}

TEST(ContourRaster, ContoursThatOverlapInPartAreUnited) {
  Roi roi;
  roi.contours = {rectangle(-0.5, 0.5, 2.5, 1.5, 0), rectangle(1.5, 0.5, 4.5, 1.5, 0)};
  const RoiVoxels found = voxelsOf(roi, grid(), 1);
  EXPECT_EQ(rowOf(found, 1, 0), "#####.");
  EXPECT_TRUE(found.notes.empty());
}

TEST(ContourRaster, PointsThatAreNoNumbersAreAProblem) {
  Roi roi;
  roi.contours = {rectangle(0, 0, std::numeric_limits<double>::quiet_NaN(), 2, 0)};
  const RoiVoxels found = voxelsOf(roi, grid(), 1);
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_TRUE(found.box.empty());
}

TEST(ContourRaster, ContoursThatLeaveThePicturesAreAProblem) {
  Roi roi;
  roi.contours = {rectangle(-1e12, -1e12, 1e12, 1e12, 0)};
  EXPECT_EQ(voxelsOf(roi, grid(), 1).problems.size(), 1U);
  roi.contours = {rectangle(-1.4, -1.4, 6.4, 4.4, 0)};
  EXPECT_EQ(rowOf(voxelsOf(roi, grid(), 1), 3, 0), "######") << "a pixel beyond the last one is the border's width";
  roi.contours = {rectangle(1, 1, 8, 2, 0)};
  EXPECT_EQ(voxelsOf(roi, grid(), 1).problems.size(), 1U) << "half of it would be lost when it is revised";
}

TEST(ContourRaster, ACopyThatDiffersByRoundingIsNoHole) {
  Roi roi;
  roi.contours = {rectangle(0, 0, 5, 3.1, 0), rectangle(0.01, 0.01, 4.99, 3.09, 0)};
  EXPECT_EQ(rowOf(voxelsOf(roi, grid(), 1), 1, 0), "#####.");
}

TEST(ContourRaster, HalfASliceAwayIsTakenAlsoWhenTheFileRounds) {
  Roi roi;
  roi.contours = {rectangle(0.5, 0.5, 4.5, 2.5, 5.004)};  // slices at 0, 2 and 4 mm: 1.004 above the last one
  EXPECT_TRUE(voxelsOf(roi, grid(), 1).problems.empty());
  roi.contours = {rectangle(0.5, 0.5, 4.5, 2.5, 5.1)};
  EXPECT_FALSE(voxelsOf(roi, grid(), 1).problems.empty());
}

TEST(ContourRaster, CornersOnPixelCentresDoNotDependOnRounding) {
  Geometry fine = grid();
  fine.spacing = {0.9765625, 0.7031, 2};
  fine.origin = {-211.7, 33.3, 0};
  Roi roi;
  roi.contours.emplace_back();
  for (const auto& [i, j] : {std::pair(1, 1), {4, 1}, {4, 3}, {1, 3}})
    roi.contours[0].pointsMm.push_back(fine.toWorld(Index3{i, j, 0}));
  const RoiVoxels found = voxelsOf(roi, fine, 1);
  EXPECT_EQ(rowOf(found, 0, 0), "......");
  EXPECT_EQ(rowOf(found, 1, 0), ".###..");
  EXPECT_EQ(rowOf(found, 2, 0), ".###..");
  EXPECT_EQ(rowOf(found, 3, 0), "......");
}

}  // namespace
}  // namespace recontour
