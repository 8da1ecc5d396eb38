#include "core/phantom/tube.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TubeHit deepest(const Tube& tube, const Point3& p) {
  TubeHit best = Tube::hit(tube.segments().front(), p);
  for (const auto& segment : tube.segments()) {
    const TubeHit hit = Tube::hit(segment, p);
    if (hit.depth > best.depth) best = hit;
  }
  return best;
}

TEST(Tube, DepthIsRadiusMinusDistanceToTheCentreLine) {
  const Tube tube({{{0, 0, 0}, 5}, {{30, 0, 0}, 5}}, 3, {});
  EXPECT_NEAR(deepest(tube, {15, 0, 0}).depth, 5, 1e-5);
  EXPECT_NEAR(deepest(tube, {15, 3, 4}).depth, 0, 1e-5);
  EXPECT_NEAR(deepest(tube, {33, 0, 0}).depth, 2, 1e-5);  // round ends
}

TEST(Tube, KnowsArcLengthAndTheSideInFront) {
  const Tube tube({{{0, 0, 0}, 5}, {{30, 0, 0}, 5}}, 3, {});
  const TubeHit hit = deepest(tube, {12, -2, 0});
  EXPECT_NEAR(hit.arc, 12, 0.5);  // the spline's speed changes towards its ends
  EXPECT_NEAR(hit.yOffset, -2, 1e-5);
  EXPECT_NEAR(tube.lengthMm(), 30, 1e-9);
}

TEST(Tube, PassesThroughItsPoints) {
  const Tube tube({{{0, 0, 0}, 4}, {{20, 10, 0}, 6}, {{40, -10, 5}, 4}}, 3, {});
  EXPECT_NEAR(deepest(tube, {20, 10, 0}).depth, 6, 1e-4);
}

TEST(Tube, HaustraSwingTheRadiusAlongTheTube) {
  const Tube tube({{{0, 0, 0}, 10}, {{26, 0, 0}, 10}, {{52, 0, 0}, 10}, {{78, 0, 0}, 10}}, 1, {0.2, 26});
  EXPECT_NEAR(deepest(tube, {26 + 6.5, 0, 0}).depth, 12, 0.1);
  EXPECT_NEAR(deepest(tube, {26 + 19.5, 0, 0}).depth, 8, 0.5);
}

}  // namespace
}  // namespace recontour
