#include "core/phantom/ellipsoid.h"

#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(Ellipsoid, DepthIsInMillimetresAlongItsShortestAxis) {
  const Ellipsoid shape({10, 0, 0}, {20, 10, 40}, {0, 0, 0});
  EXPECT_DOUBLE_EQ(shape.depth({10, 0, 0}), 10);
  EXPECT_DOUBLE_EQ(shape.depth({10, 4, 0}), 6);
  EXPECT_DOUBLE_EQ(shape.depth({30, 0, 0}), 0);
  EXPECT_LT(shape.depth({10, 0, 41}), 0);
}

TEST(Ellipsoid, FirstAngleTurnsItsXAxisTowardsY) {
  const Ellipsoid shape({0, 0, 0}, {20, 5, 5}, {90, 0, 0});
  EXPECT_GT(shape.depth({0, 19, 0}), 0);
  EXPECT_LT(shape.depth({19, 0, 0}), 0);
}

TEST(Ellipsoid, SecondAngleTurnsItsXAxisDown) {
  const Ellipsoid shape({0, 0, 0}, {20, 5, 5}, {0, 45, 0});
  EXPECT_GT(shape.depth({13, 0, -13}), 0);
  EXPECT_LT(shape.depth({13, 0, 13}), 0);
}

TEST(Ellipsoid, BoundsTouchTheTurnedSurface) {
  const Ellipsoid shape({1, 2, 3}, {20, 10, 5}, {90, 0, 0});
  const BoundsMm box = shape.bounds(0);
  EXPECT_NEAR(box.lower.x, 1 - 10, 1e-9);
  EXPECT_NEAR(box.upper.y, 2 + 20, 1e-9);
  EXPECT_NEAR(box.upper.z, 3 + 5, 1e-9);
}

TEST(Ellipsoid, TopIsItsUpperSurfaceOrAbsentBesideIt) {
  const Ellipsoid ball({0, 0, 100}, {5, 5, 5}, {0, 0, 0});
  EXPECT_NEAR(ball.topAt(0, 0, 0).value(), 105, 1e-9);
  EXPECT_NEAR(ball.topAt(3, 0, 0).value(), 104, 1e-9);
  EXPECT_NEAR(ball.topAt(0, 0, 2).value(), 107, 1e-9);
  EXPECT_FALSE(ball.topAt(6, 0, 0).has_value());
}

TEST(Ellipsoid, MirrorImageHasTheSameDepthOnTheOtherSide) {
  const Ellipsoid shape({30, 5, 7}, {20, 10, 5}, {30, 20, 40});
  const Ellipsoid mirrored = shape.mirrored();
  for (const Point3& p : {Point3{35, 9, 8}, Point3{20, 0, 5}, Point3{40, 7, 12}}) {
    EXPECT_NEAR(mirrored.depth({-p.x, p.y, p.z}), shape.depth(p), 1e-9);
  }
}

TEST(EllipsoidUnion, RaisesTheDepthWherePartsMeet) {
  const Ellipsoid a({-4, 0, 0}, {5, 5, 5}, {0, 0, 0}), b({4, 0, 0}, {5, 5, 5}, {0, 0, 0});
  const EllipsoidUnion both({a, b}, 4);
  EXPECT_NEAR(both.depth({0, 0, 0}), 1 + 4 * std::log(2.0), 1e-9);
  EXPECT_GT(both.bounds(0).upper.x, 9);
}

TEST(EllipsoidUnion, GrowsAboutTheFixedPoint) {
  const EllipsoidUnion one({Ellipsoid({0, 0, 10}, {10, 10, 10}, {0, 0, 0})}, 4);
  const EllipsoidUnion grown = one.moved({1, 0, 0}, 1.5, {0, 0, 0});
  EXPECT_NEAR(grown.bounds(0).lower.z, 0, 1e-9);
  EXPECT_NEAR(grown.bounds(0).upper.z, 30, 1e-9);
  EXPECT_NEAR(grown.centroid().x, 1, 1e-9);
}

}  // namespace
}  // namespace recontour
