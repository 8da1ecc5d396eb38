#include "core/image/geometry.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/core/image/grids.h"

namespace recontour {
namespace {

void expectNear(const Point3& a, const Point3& b, double tolerance = 1e-12) {
  for (int axis = 0; axis < 3; ++axis) EXPECT_NEAR(a[axis], b[axis], tolerance) << "axis " << axis;
}

TEST(Geometry, VoxelCentresLieAtOriginPlusIndexTimesSpacing) {
  expectNear(smallLps().toWorld(Index3{1, 2, 3}), {11, 24, 39});
  expectNear(smallLps().toWorld(Point3{0.5, -1, 0}), {10.5, 18, 30});
}

TEST(Geometry, FlippedAndPermutedAxesRunTheirWay) {
  const Geometry ras = gridAlong("RAS", smallLps());
  expectNear(ras.toWorld(Index3{0, 0, 0}), {13, 28, 30});
  expectNear(ras.toWorld(Index3{1, 1, 1}), {12, 26, 33});
  const Geometry slp = gridAlong("SLP", smallLps());
  EXPECT_EQ(slp.size, (Size3{6, 4, 5}));
  expectNear(slp.toWorld(Index3{1, 2, 3}), {12, 26, 33});
}

TEST(Geometry, ATurnedGridTurnsAboutItsOrigin) {
  const Geometry grid = turned(smallLps(), 90);  // x runs to P, y to R
  expectNear(grid.toWorld(Index3{1, 0, 0}), {10, 21, 30});
  expectNear(grid.toWorld(Index3{0, 1, 0}), {8, 20, 30});
}

TEST(Geometry, ToIndexUndoesToWorld) {
  for (const auto code : kCodes) {
    const Geometry grid = turned(gridAlong(code, smallLps()), 17);
    for (const Point3& index : {Point3{0, 0, 0}, Point3{1.25, -7.5, 3}, Point3{100, 200, 300}}) {
      expectNear(grid.toIndex(grid.toWorld(index)), index, 1e-10);
    }
  }
}

TEST(Geometry, NearestVoxelIsTheOneWhoseCellHoldsThePoint) {
  const Geometry grid = smallLps();
  EXPECT_EQ(grid.nearestVoxel({11.49, 24.99, 40.49}), (Index3{1, 2, 3}));
  EXPECT_EQ(grid.nearestVoxel({11.51, 25.01, 40.51}), (Index3{2, 3, 4}));
  EXPECT_EQ(grid.nearestVoxel({9.4, 20, 30}), (Index3{-1, 0, 0}));
}

TEST(Geometry, VoxelVolumeIsTheProductOfTheSpacing) { EXPECT_DOUBLE_EQ(smallLps().voxelVolumeMm3(), 6.0); }

TEST(OrientationCode, NamesWhereTheArrayAxesRun) {
  for (const auto code : kCodes) EXPECT_EQ(orientationCode(gridAlong(code, smallLps())), code);
}

TEST(OrientationCode, OfAnObliqueGridIsTheNearestOne) {
  EXPECT_EQ(orientationCode(turned(smallLps(), 30)), "LPS");
  EXPECT_EQ(orientationCode(turned(smallLps(), 60)), "PRS");
}

TEST(ObliquityDegrees, IsTheAngleToTheNearestAxes) {
  for (const auto code : kCodes) EXPECT_EQ(obliquityDegrees(gridAlong(code, smallLps())), 0.0);
  EXPECT_NEAR(obliquityDegrees(turned(smallLps(), 0.001)), 0.001, 1e-9);
  EXPECT_NEAR(obliquityDegrees(turned(smallLps(), 30)), 30, 1e-9);
  EXPECT_NEAR(obliquityDegrees(turned(smallLps(), 80)), 10, 1e-9);
}

TEST(SameGrid, ToleratesLessThanTheToleranceAtEveryCorner) {
  Geometry other = smallLps();
  other.origin.y += 0.009;
  EXPECT_TRUE(sameGrid(smallLps(), other));
  other.origin.y += 0.002;
  EXPECT_FALSE(sameGrid(smallLps(), other));
  EXPECT_TRUE(sameGrid(smallLps(), other, 0.1));
}

TEST(SameGrid, SeesASpacingThatDriftsOnlyAtTheFarEnd) {
  Geometry long1 = smallLps(), long2 = smallLps();
  long1.size.z = long2.size.z = 1000;
  long2.spacing.z += 2e-5;
  EXPECT_FALSE(sameGrid(long1, long2));
}

TEST(SameGrid, DiffersInSizeDirectionAndNotANumber) {
  Geometry other = smallLps();
  other.size.x = 5;
  EXPECT_FALSE(sameGrid(smallLps(), other));
  EXPECT_FALSE(sameGrid(smallLps(), turned(smallLps(), 1)));
  other = smallLps();
  other.origin.x = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(sameGrid(smallLps(), other));
}

TEST(Box, UniteHoldsBothAndAnEmptyOneAddsNothing) {
  const Box a{{1, 1, 1}, {2, 3, 4}}, b{{0, 2, 2}, {1, 3, 9}};
  EXPECT_EQ(unite(a, b), (Box{{0, 1, 1}, {2, 3, 9}}));
  EXPECT_EQ(unite(a, Box{}), a);
  EXPECT_EQ(unite(Box{}, a), a);
  EXPECT_EQ(unite(Box{{-5, -5, -5}, {-5, 9, 9}}, a), a);  // empty along x
}

TEST(Box, IntersectOfBoxesApartIsEmpty) {
  EXPECT_EQ(intersect({{0, 0, 0}, {4, 4, 4}}, {{2, 3, -1}, {9, 9, 2}}), (Box{{2, 3, 0}, {4, 4, 2}}));
  EXPECT_TRUE(intersect({{0, 0, 0}, {2, 2, 2}}, {{2, 0, 0}, {4, 2, 2}}).empty());
}

TEST(Box, ContainsItsLowerButNotItsUpperCorner) {
  const Box box{{1, 1, 1}, {3, 3, 3}};
  EXPECT_TRUE(box.contains({1, 1, 1}));
  EXPECT_TRUE(box.contains({2, 2, 2}));
  EXPECT_FALSE(box.contains({3, 2, 2}));
  EXPECT_FALSE(box.contains({1, 0, 1}));
}

TEST(Box, GrowsOnEverySideUnlessEmpty) {
  EXPECT_EQ(grow({{1, 1, 1}, {2, 2, 2}}, 2), (Box{{-1, -1, -1}, {4, 4, 4}}));
  EXPECT_TRUE(grow(Box{}, 2).empty());
  EXPECT_TRUE(grow({{1, 1, 1}, {2, 2, 2}}, -1).empty());
}

}  // namespace
}  // namespace recontour
