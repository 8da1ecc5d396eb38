// Redraw, nudge and the adaptive brush; and that no stroke has gaps.
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/edit/stroke_inputs.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

/// 20 x 20 x 3 voxels of 1 mm with a liver at x, y of 5..14 on the middle slice.
class ContourTools : public testing::Test {
 protected:
  ContourTools() { fill(5, 15, 5, 15, kLiver); }
  void fill(int x0, int x1, int y0, int y1, Label label) {
    for (int y = y0; y < y1; ++y)
      target.editableLabels().writeRow(y, 1, x0, std::vector<Label>(static_cast<std::size_t>(x1 - x0), label));
  }
  void draw(StrokeKind kind, const std::vector<std::pair<double, double>>& path, double radiusMm = 3,
            bool flipped = false) {
    StrokeInputs inputs{.settings = {.label = kLiver, .radiusMm = radiusMm}, .kind = kind};
    inputs.flipped = flipped;
    for (const auto& [x, y] : path) inputs.samples.push_back({.pointMm = {x, y, 1}, .slice = 1});
    decideNudge(inputs, inputs.samples.front(), target.editableLabels(), target.geometry());
    const StrokeInputs read = strokeInputsFrom(toJson(inputs));
    EditTransaction edit(target, "stroke", strokeFilter(read, {}, false, AxisMap(target.geometry()), volume));
    execute(read, volume, edit);
    edit.commit();
  }
  Label at(int x, int y) const { return target.labelAt({x, y, 1}); }
  EmptyTarget target{{20, 20, 3}, {1, 1, 1}};
  Volume volume{{20, 20, 3}, std::vector<std::int16_t>(1200, 50)};
};

TEST_F(ContourTools, ALineFromOutsideAddsWhatLiesWithin) {
  draw(StrokeKind::Redraw, {{15, 7}, {17.5, 7.5}, {17.5, 11.5}, {15, 12}});
  EXPECT_EQ(at(16, 9), kLiver);
  EXPECT_EQ(at(17, 9), kLiver);
  EXPECT_EQ(at(16, 14), 0);
  EXPECT_EQ(at(5, 5), kLiver) << "the longer piece stays";
  EXPECT_EQ(at(14, 14), kLiver);
}

TEST_F(ContourTools, ALineFromInsideTakesAwayWhatLiesBeyond) {
  draw(StrokeKind::Redraw, {{10.5, 4.5}, {10.5, 9.5}, {14.5, 9.5}});
  EXPECT_EQ(at(12, 6), 0) << "the corner is cut off";
  EXPECT_EQ(at(8, 6), kLiver);
  EXPECT_EQ(at(12, 11), kLiver);
  EXPECT_EQ(target.count(kLiver), 100 - 4 * 5);
}

TEST_F(ContourTools, FlippedTheOtherPieceIsReplaced) {
  draw(StrokeKind::Redraw, {{10.5, 4.5}, {10.5, 9.5}, {14.5, 9.5}}, 3, true);
  EXPECT_EQ(target.count(kLiver), 4 * 5) << "the corner alone stays";
  EXPECT_EQ(at(12, 6), kLiver);
}

TEST_F(ContourTools, TheContourOfAHoleIsRedrawnToo) {
  fill(8, 12, 8, 12, 0);
  draw(StrokeKind::Redraw, {{11.5, 7.5}, {13.5, 7.5}, {13.5, 11.5}, {11.5, 11.5}});
  EXPECT_EQ(at(12, 9), 0);
  EXPECT_EQ(at(13, 9), 0) << "the hole has grown to the right";
  EXPECT_EQ(at(9, 9), 0);
  EXPECT_EQ(at(14, 9), kLiver);
}

TEST_F(ContourTools, WhereThereIsNoContourTheLineIsOne) {
  fill(5, 15, 5, 15, 0);
  draw(StrokeKind::Redraw, {{2.5, 2.5}, {6.5, 2.5}, {6.5, 5.5}, {2.5, 5.5}});
  EXPECT_EQ(target.count(kLiver), 4 * 3);
}

TEST_F(ContourTools, OtherOrgansThatARedrawnContourLeavesAreNotTouched) {
  fill(12, 14, 6, 8, kSpleen);
  draw(StrokeKind::Redraw, {{10.5, 4.5}, {10.5, 9.5}, {14.5, 9.5}});
  EXPECT_EQ(target.count(kSpleen), 4);
}

TEST_F(ContourTools, ANudgeFromInsidePushesTheBorderOutAndFromOutsideIn) {
  draw(StrokeKind::Nudge, {{10, 10}, {14, 10}}, 3);
  EXPECT_EQ(at(17, 10), kLiver);
  EXPECT_EQ(at(17, 14), 0);
  draw(StrokeKind::Nudge, {{2, 10}, {4, 10}}, 3);
  EXPECT_EQ(at(6, 10), 0);
  EXPECT_EQ(at(6, 14), kLiver);
  EXPECT_EQ(at(2, 10), 0);
}

TEST_F(ContourTools, TheAdaptiveBrushStopsAtAnEdge) {
  fill(5, 15, 5, 15, 0);
  std::vector<std::int16_t> halves;
  for (int i = 0; i < 1200; ++i) halves.push_back(i % 20 < 10 ? 50 : 200);
  volume = Volume({20, 20, 3}, halves);
  draw(StrokeKind::AdaptiveBrush, {{7, 10}}, 6);
  EXPECT_EQ(at(9, 10), kLiver);
  EXPECT_EQ(at(10, 10), 0) << "other tissue";
  EXPECT_EQ(at(2, 10), kLiver);
  EXPECT_EQ(at(0, 10), 0) << "beyond the circle";
}

/// Pixels of one slice that are connected by sides or corners.
bool isConnected(const EmptyTarget& target, int slice) {
  std::set<std::pair<int, int>> left;
  const Size3& size = target.geometry().size;
  for (int y = 0; y < size.y; ++y) {
    for (int x = 0; x < size.x; ++x) {
      if (target.labelAt({x, y, slice}) == kLiver) left.emplace(x, y);
    }
  }
  if (left.empty()) return false;
  std::vector<std::pair<int, int>> open = {*left.begin()};
  left.erase(left.begin());
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const auto next = left.find({x + dx, y + dy});
        if (next == left.end()) continue;
        open.push_back(*next);
        left.erase(next);
      }
    }
  }
  return left.empty();
}

TEST(Strokes, AThousandFastPathsHaveNoGap) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> part(0, 1);
  int broken = 0;
  for (int path = 0; path < 1000; ++path) {
    const Point3 spacing{0.5 + 2 * part(random), 0.5 + 2 * part(random), 5};
    EmptyTarget target({60, 50, 2}, spacing);
    StrokeInputs inputs{.settings = {.label = kLiver, .radiusMm = 0.5 + 5 * part(random)}};
    if (path % 3 == 0) inputs.kind = StrokeKind::AdaptiveBrush;
    for (int i = 0; i < 5; ++i)
      inputs.samples.push_back(
          {.pointMm = {59 * spacing.x * part(random), 49 * spacing.y * part(random), 5}, .slice = 1});
    const Volume even({60, 50, 2}, std::vector<std::int16_t>(6000, 40));
    EditTransaction edit(target, "stroke", strokeFilter(inputs, {}, false, AxisMap(target.geometry()), even));
    execute(inputs, even, edit);
    edit.commit();
    broken += !isConnected(target, 1);
  }
  EXPECT_EQ(broken, 0);
}

}  // namespace
}  // namespace recontour
