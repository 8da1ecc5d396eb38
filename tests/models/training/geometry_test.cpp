#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "models/training/body_frame.h"
#include "models/training/convex_hull.h"
#include "models/training/organ_depth.h"
#include "models/training/segment.h"
#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

TEST(ConvexHull, LeavesOutWhatLiesInside) {
  const std::vector<FlatPoint> hull = convexHull({{0, 0}, {4, 0}, {4, 2}, {0, 2}, {1, 1}, {2, 0}});
  EXPECT_EQ(hull.size(), 4U);
}

TEST(ConvexHull, ARayEndsAtItsBorder) {
  const std::vector<FlatPoint> hull = convexHull({{0, 0}, {4, 0}, {4, 2}, {0, 2}});
  EXPECT_NEAR(distanceToHull(hull, {1, 1}, 0), 3, 1e-9);
  EXPECT_NEAR(distanceToHull(hull, {1, 1}, std::numbers::pi / 2), 1, 1e-9);
  EXPECT_NEAR(distanceToHull(hull, {1, 1}, std::numbers::pi / 4), std::sqrt(2), 1e-9);  // through a corner it is 1, 1
  EXPECT_NEAR(distanceToHull(hull, {1, 1}, std::numbers::pi), 1, 1e-9);
}

TEST(OrganDepth, CountsStepsFromTheSurface) {
  // A row of five voxels of one organ and one of its neighbour.
  const std::vector<Label> labels{0, 1, 1, 1, 1, 1, 2, 0};
  EXPECT_EQ(organDepths({8, 1, 1}, labels, 9), (std::vector<std::uint8_t>{0, 1, 2, 3, 2, 1, 1, 0}));
  EXPECT_EQ(organDepths({8, 1, 1}, labels, 2), (std::vector<std::uint8_t>{0, 1, 2, 2, 2, 1, 1, 0}));
}

TEST(Segment, IsDeepestOnItsLine) {
  const Segment segment{{0, 0, 0}, {10, 0, 0}, 2, 4};
  EXPECT_NEAR(segment.depth({5, 0, 0}), 3, 1e-9);
  EXPECT_NEAR(segment.depth({5, 4, 0}), -1, 1e-9);
  EXPECT_NEAR(segment.depth({12, 0, 0}), 2, 1e-9);
}

TEST(BodyFrame, StandsOnHeadsAndKidneys) {
  const LabelMap map = SampleAbdomen::whole().map();
  const BodyFrame frame({map.size(), map.toDense()});
  EXPECT_NEAR(frame.height(20), 0, 0.02);  // centre of the heads
  EXPECT_NEAR(frame.height(94), 1, 0.04);  // of the kidneys
  EXPECT_NEAR(frame.slice(20).midX, 55, 0.5);
  EXPECT_NEAR(frame.headHalfDistance(), 30, 0.5);
  EXPECT_GT(frame.slice(96).spineY, 43 + 5);  // behind the pancreas
}

TEST(BodyFrame, GuessesWhatIsMissingFromTheOtherOrgans) {
  SampleAbdomen abdomen = SampleAbdomen::whole();
  for (const Label label : {word::kFemurLeft, word::kFemurRight, word::kKidneyLeft, word::kKidneyRight})
    abdomen.remove(label);
  const LabelMap map = abdomen.map();
  const BodyFrame frame({map.size(), map.toDense()});
  EXPECT_NEAR(frame.zAt(0), 20, 8);
  EXPECT_NEAR(frame.zAt(1), 94, 12);
  EXPECT_NEAR(frame.slice(20).midX, 55, 6);
  EXPECT_NEAR(frame.slice(94).midX, 55, 8);
}

TEST(BodyFrame, OneKidneyIsEnoughForTheMidLine) {
  SampleAbdomen abdomen = SampleAbdomen::whole();
  abdomen.remove(word::kKidneyLeft);
  abdomen.remove(word::kFemurRight);
  const LabelMap map = abdomen.map();
  const BodyFrame frame({map.size(), map.toDense()});
  EXPECT_NEAR(frame.slice(94).midX, 55, 4);
  EXPECT_NEAR(frame.slice(20).midX, 55, 4);
}

}  // namespace
}  // namespace recontour
