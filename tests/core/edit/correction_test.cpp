// Correction by strokes: growth over HU and distance, and GrabCut on a slice.
#include "core/edit/correction.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kStomach = 5, kSpleen = 2;
constexpr Size3 kSize{20, 10, 4};

/// 20 x 10 x 4 voxels of 1 x 2 x 5 mm: tissue of 100 HU for x < 10, of 0 HU beyond.
class Corrections : public testing::Test {
 protected:
  Corrections() {
    std::vector<std::int16_t> hu;
    for (int i = 0; i < 800; ++i) hu.push_back(i % 20 < 10 ? 100 : 0);
    volume = Volume(kSize, hu);
  }
  PointerSample at(double x, double y, int z = 1) const {
    const Point3 world{x, y * 2, z * 5.0};
    return {.pointMm = world, .plane = Plane::Axial, .slice = axisMap().sliceAt(Plane::Axial, world)};
  }
  AxisMap axisMap() const { return AxisMap(target.geometry()); }
  CorrectionInputs settings(double reachMm) const { return {.organ = kLiver, .reachMm = reachMm, .radiusMm = 0.4}; }
  Correction::Ground ground() { return {target.editableLabels(), volume, axisMap(), locked}; }
  /// Lines of one click or two ends each, accepted.
  void correct(const CorrectionInputs& settings, const std::vector<CorrectionStroke>& strokes) {
    Correction correction(settings, ground());
    const LabelMap before = target.editableLabels();
    EditTransaction edit(target, "correct", correction.lockFilter());
    for (const CorrectionStroke& stroke : strokes) {
      correction.beginStroke(stroke.label, stroke.samples.front(), edit);
      for (std::size_t i = 1; i < stroke.samples.size(); ++i) correction.continueStroke(stroke.samples[i], edit);
      correction.endStroke(edit);
    }
    refusal = correction.refusal();
    const LabelMap live = edit.labels();
    edit.commit(toJson(correction.inputs()));
    EmptyTarget again(kSize, {1, 2, 5});
    again.editableLabels() = before;
    EditTransaction anew(again, "again", correction.lockFilter());
    execute(correctionInputsFrom(toJson(correction.inputs())), {before, volume, axisMap(), locked}, anew);
    EXPECT_EQ(anew.labels(), live) << "solved at once from what the log keeps";
  }
  void fill(const Box& box, Label label) {
    target.editableLabels().write(box, {box.size(), std::vector<Label>(voxelCount(box.size()), label)});
  }
  EmptyTarget target{kSize, {1, 2, 5}};
  Volume volume;
  LabelSet locked;
  Refusal refusal = Refusal::None;
};

TEST_F(Corrections, AStrokeGrowsAsFarAsItReachesCountedInMillimetres) {
  correct(settings(6), {{kLiver, {at(4, 4)}}});
  EXPECT_EQ(target.labelAt({4, 4, 1}), kLiver);
  EXPECT_EQ(target.labelAt({4, 7, 1}), kLiver) << "6 mm along y";
  EXPECT_EQ(target.labelAt({4, 8, 1}), 0);
  EXPECT_EQ(target.labelAt({4, 4, 2}), kLiver) << "5 mm up";
  EXPECT_EQ(target.labelAt({4, 4, 3}), 0);
  EXPECT_EQ(target.labelAt({6, 4, 2}), 0) << "7 mm in all";
}

TEST_F(Corrections, AnEdgeMakesTheWayLong) {
  correct(settings(9), {{kLiver, {at(5, 4)}}});
  EXPECT_EQ(target.labelAt({8, 4, 1}), kLiver);
  for (int x = 11; x < 20; ++x) EXPECT_EQ(target.labelAt({x, 4, 1}), 0) << x;
}

TEST_F(Corrections, BetweenOrganAndBackgroundTheNearerStrokeWins) {
  correct(settings(30), {{kLiver, {at(1, 0), at(1, 9)}}, {0, {at(8, 0), at(8, 9)}}});
  for (int y = 0; y < 10; ++y) {
    EXPECT_EQ(target.labelAt({4, y, 1}), kLiver);
    EXPECT_EQ(target.labelAt({5, y, 1}), 0);
  }
}

TEST_F(Corrections, WhatIsFarFromTheStrokesStaysAsItWas) {
  fill({{0, 0, 0}, {9, 10, 4}}, kLiver);
  correct(settings(4), {{0, {at(2, 5)}}});
  EXPECT_EQ(target.labelAt({2, 5, 1}), 0);
  EXPECT_EQ(target.labelAt({5, 5, 1}), 0);
  EXPECT_EQ(target.labelAt({7, 5, 1}), kLiver);
  EXPECT_EQ(target.labelAt({2, 5, 3}), kLiver);
}

TEST_F(Corrections, SolveManyOrgansAtOnce) {
  correct(settings(30), {{kLiver, {at(0, 5)}}, {kStomach, {at(4, 5)}}, {0, {at(8, 5)}}});
  EXPECT_EQ(target.labelAt({1, 5, 1}), kLiver);
  EXPECT_EQ(target.labelAt({5, 5, 1}), kStomach);
  EXPECT_EQ(target.labelAt({7, 5, 1}), 0);
}

TEST_F(Corrections, ALaterStrokeWinsWhereTheyCross) {
  correct(settings(3), {{kLiver, {at(4, 2), at(4, 8)}}, {0, {at(2, 5), at(6, 5)}}});
  EXPECT_EQ(target.labelAt({4, 5, 1}), 0);
  EXPECT_EQ(target.labelAt({4, 8, 1}), kLiver);
}

TEST_F(Corrections, OtherOrgansAreKeptAndNotGrownThrough) {
  fill({{5, 0, 0}, {6, 10, 4}}, kSpleen);  // a wall
  CorrectionInputs inputs = settings(30);
  inputs.rules.overwrite = EditRules::Overwrite::Background;
  correct(inputs, {{kLiver, {at(2, 5)}}});
  EXPECT_EQ(target.labelAt({5, 5, 1}), kSpleen);
  EXPECT_EQ(target.labelAt({7, 5, 1}), 0);
  correct(inputs, {{kLiver, {at(2, 5)}}, {kSpleen, {at(5, 9)}}});
  EXPECT_EQ(target.labelAt({5, 5, 1}), kLiver) << "what has a stroke of its own may be painted over";
}

TEST_F(Corrections, StayWithinTheAreaThatMayBeEdited) {
  CorrectionInputs inputs = settings(30);
  inputs.rules.slab = Slab{Plane::Axial, 1, 1};
  correct(inputs, {{kLiver, {at(2, 5)}}});
  EXPECT_GT(target.count(kLiver), 50);
  EXPECT_EQ(target.labelAt({2, 5, 2}), 0);
  inputs = settings(30);
  inputs.rules.hu = HuRange{-50, 50};  // the right half
  correct(inputs, {{kStomach, {at(8, 5), at(14, 5)}}});
  EXPECT_EQ(target.labelAt({8, 5, 1}), kLiver);
  EXPECT_EQ(target.labelAt({14, 5, 1}), kStomach);
  inputs = settings(30);
  inputs.rules.inside = kStomach;
  correct(inputs, {{kSpleen, {at(14, 5)}}});
  EXPECT_EQ(target.labelAt({14, 5, 1}), kSpleen);
  EXPECT_EQ(target.labelAt({5, 5, 1}), kLiver);
}

TEST_F(Corrections, LockedOrgansStayAndTheReasonIsKnown) {
  fill({{5, 0, 0}, {6, 10, 4}}, kSpleen);
  locked.set(kSpleen);
  correct(settings(30), {{kLiver, {at(5, 5)}}});
  EXPECT_EQ(target.count(kLiver), 0);
  EXPECT_EQ(refusal, Refusal::Locked);
}

TEST_F(Corrections, AStrokeTakenBackLeavesNothingBehind) {
  Correction correction(settings(10), ground());
  EditTransaction edit(target, "correct", correction.lockFilter());
  correction.beginStroke(kLiver, at(3, 3), edit);
  correction.endStroke(edit);
  const LabelMap one = edit.labels();
  correction.beginStroke(kStomach, at(6, 6), edit);
  correction.continueStroke(at(8, 6), edit);
  correction.endStroke(edit);
  EXPECT_NE(edit.labels(), one);
  correction.takeBackStroke(edit);
  EXPECT_EQ(edit.labels(), one);
  correction.takeBackStroke(edit);
  EXPECT_EQ(edit.labels(), LabelMap(kSize));
}

TEST_F(Corrections, ReachCanBeChangedAfterwards) {
  Correction correction(settings(10), ground());
  EditTransaction edit(target, "correct", correction.lockFilter());
  correction.beginStroke(kLiver, at(3, 3), edit);
  correction.endStroke(edit);
  correction.setSettings(settings(1), edit);
  EXPECT_EQ(labelCounts(edit.labels())[kLiver], 3) << "the voxel and its neighbours along x, 1 mm away";
}

TEST_F(Corrections, ACutTakesWhatLooksAlikeOnTheSliceAlone) {
  const Box tissue{{5, 2, 0}, {14, 8, 4}};
  std::vector<std::int16_t> hu;
  for (int i = 0; i < 800; ++i)  // with some noise
    hu.push_back(static_cast<std::int16_t>((tissue.contains({i % 20, i / 20 % 10, i / 200}) ? 100 : 0) + i * 7 % 11));
  volume = Volume(kSize, hu);
  fill({{6, 3, 1}, {9, 6, 2}}, kLiver);  // a part of it
  CorrectionInputs inputs = settings(40);
  inputs.method = CorrectionMethod::Cut;
  correct(inputs, {{kLiver, {at(7, 4), at(11, 6)}}, {0, {at(16, 2), at(16, 7)}}});
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 20; ++x)
      EXPECT_EQ(target.labelAt({x, y, 1}) == kLiver, tissue.contains({x, y, 1})) << x << " " << y;
  }
  EXPECT_EQ(target.labelAt({8, 3, 2}), 0) << "another slice";
}

TEST_F(Corrections, TextThatIsNoCorrectionIsRefused) {
  EXPECT_THROW(correctionInputsFrom("{}"), Error);
  EXPECT_THROW(correctionInputsFrom("{"), Error);
  std::string text = toJson(CorrectionInputs{.strokes = {{kLiver, {at(1, 1)}}}});
  EXPECT_NO_THROW(correctionInputsFrom(text));
  text.replace(text.find("growth"), 6, "magic!");
  EXPECT_THROW(correctionInputsFrom(text), Error);
}

}  // namespace
}  // namespace recontour
