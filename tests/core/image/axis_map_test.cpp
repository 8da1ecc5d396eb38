#include "core/image/axis_map.h"

#include <gtest/gtest.h>

#include "tests/core/image/grids.h"

namespace recontour {
namespace {

std::string lettersOf(const AxisMap& map, Plane plane) {
  const EdgeLetters letters = map.letters(plane);
  return letters.left + " " + letters.right + " " + letters.top + " " + letters.bottom;
}

TEST(AxisMap, ViewsAreRadiologicalWhateverTheFileOrder) {
  for (const auto code : kCodes) {
    const AxisMap map(gridAlong(code, smallLps()));
    EXPECT_EQ(lettersOf(map, Plane::Axial), "R L A P") << code;
    EXPECT_EQ(lettersOf(map, Plane::Coronal), "R L H F") << code;
    EXPECT_EQ(lettersOf(map, Plane::Sagittal), "A P H F") << code;
  }
}

TEST(AxisMap, CountsAndSpacingsFollowThePatientNotTheArray) {
  for (const auto code : kCodes) {
    const AxisMap map(gridAlong(code, smallLps()));  // 4 along L (1 mm), 5 along P (2 mm), 6 along S (3 mm)
    EXPECT_EQ(map.columns(Plane::Axial), 4) << code;
    EXPECT_EQ(map.rows(Plane::Axial), 5) << code;
    EXPECT_EQ(map.slices(Plane::Axial), 6) << code;
    EXPECT_EQ(map.columns(Plane::Sagittal), 5) << code;
    EXPECT_EQ(map.rows(Plane::Sagittal), 6) << code;
    EXPECT_EQ(map.slices(Plane::Sagittal), 4) << code;
    EXPECT_EQ(map.columnSpacingMm(Plane::Coronal), 1.0) << code;
    EXPECT_EQ(map.rowSpacingMm(Plane::Coronal), 3.0) << code;
    EXPECT_EQ(map.sliceSpacingMm(Plane::Coronal), 2.0) << code;
  }
}

TEST(AxisMap, AWorldPointLiesAtTheSamePicturePositionForTwins) {
  const Point3 world{11.2, 23, 41.5};
  for (const auto code : kCodes) {
    const AxisMap map(gridAlong(code, smallLps()));
    const Point3 axial = map.pictureAt(Plane::Axial, world);
    EXPECT_NEAR(axial.x, 1.2, 1e-12) << code;                                          // from R to L
    EXPECT_NEAR(axial.y, 1.5, 1e-12) << code;                                          // from A to P
    EXPECT_NEAR(axial.z, 11.5 / 3, 1e-12) << code;                                     // from F to H
    EXPECT_NEAR(map.pictureAt(Plane::Coronal, world).y, 5 - 11.5 / 3, 1e-12) << code;  // head up
    EXPECT_NEAR(map.pictureAt(Plane::Coronal, world).z, 1.5, 1e-12) << code;           // slices from A to P
    EXPECT_NEAR(map.pictureAt(Plane::Sagittal, world).x, 1.5, 1e-12) << code;          // A at the left
    EXPECT_NEAR(map.pictureAt(Plane::Sagittal, world).z, 1.2, 1e-12) << code;          // slices from R to L
  }
}

TEST(AxisMap, WorldAtUndoesPictureAtOnObliqueGridsToo) {
  const Point3 world{12.5, 19, 44};
  for (const auto code : kCodes) {
    const AxisMap map(turned(gridAlong(code, smallLps()), 20));
    for (const Plane plane : kPlanes) {
      const Point3 picture = map.pictureAt(plane, world);
      EXPECT_NEAR(length(map.worldAt(plane, picture.x, picture.y, picture.z) - world), 0, 1e-10) << code;
    }
  }
}

TEST(AxisMap, ObliqueTwinsShowTheSameVoxelAtTheSamePlace) {
  const Geometry lps = turned(smallLps(), 20);
  const Point3 world = lps.toWorld(Index3{3, 1, 4});
  const AxisMap map(lps);
  for (const Plane plane : kPlanes) {
    Geometry ras = lps;  // the same voxels, stored the other way round along x and y
    ras.origin = lps.toWorld(Index3{3, 4, 0});
    for (const std::size_t row : {0u, 3u, 6u}) {
      ras.direction[row] = -lps.direction[row];
      ras.direction[row + 1] = -lps.direction[row + 1];
    }
    EXPECT_NEAR(length(AxisMap(ras).pictureAt(plane, world) - map.pictureAt(plane, world)), 0, 1e-10);
  }
}

TEST(AxisMap, VoxelAtIsTheVoxelAtThatWorldPosition) {
  for (const auto code : kCodes) {
    const Geometry grid = turned(gridAlong(code, smallLps()), 10);
    const AxisMap map(grid);
    for (const Plane plane : kPlanes) {
      EXPECT_EQ(map.voxelAt(plane, 3, 2, 1), grid.nearestVoxel(map.worldAt(plane, 3, 2, 1))) << code;
    }
  }
}

TEST(AxisMap, ObliqueViewsHaveTwoLettersFromFiveDegreesOn) {
  const AxisMap slight(turned(smallLps(), 4.9));
  EXPECT_EQ(lettersOf(slight, Plane::Axial), "R L A P");
  const AxisMap map(turned(smallLps(), 20));  // x runs to L and a little to P, y to P and a little to R
  EXPECT_EQ(lettersOf(map, Plane::Axial), "RA LP AL PR");
  EXPECT_EQ(lettersOf(map, Plane::Coronal), "RA LP H F");
}

TEST(AxisMap, UsesEveryArrayAxisOnceAtFortyFiveDegrees) {
  const AxisMap map(turned(smallLps(), 45));
  for (const Plane plane : kPlanes) {
    const PlaneAxes& axes = map.axes(plane);
    EXPECT_EQ(axes.columnAxis + axes.rowAxis + axes.sliceAxis, 3);
    EXPECT_NE(axes.columnAxis, axes.rowAxis);
    EXPECT_NE(axes.rowAxis, axes.sliceAxis);
  }
}

TEST(AxisMap, SliceAtIsTheNearestInsideTheVolume) {
  for (const auto code : kCodes) {
    const AxisMap map(gridAlong(code, smallLps()));
    EXPECT_EQ(map.sliceAt(Plane::Axial, {10, 20, 34.4}), 1) << code;
    EXPECT_EQ(map.sliceAt(Plane::Axial, {10, 20, 34.6}), 2) << code;
    EXPECT_EQ(map.sliceAt(Plane::Axial, {10, 20, -900}), 0) << code;
    EXPECT_EQ(map.sliceAt(Plane::Axial, {10, 20, 900}), 5) << code;
  }
}

TEST(PlaneName, IsWhatFilesAndMessagesWrite) {
  EXPECT_STREQ(planeName(Plane::Axial), "axial");
  EXPECT_STREQ(planeName(Plane::Coronal), "coronal");
  EXPECT_STREQ(planeName(Plane::Sagittal), "sagittal");
}

}  // namespace
}  // namespace recontour
