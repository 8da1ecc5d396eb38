// Lasso, polygon and flood fill.
#include <gtest/gtest.h>

#include "core/edit/flood_fill_tool.h"
#include "core/edit/stroke_inputs.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

/// 10 x 8 x 4 voxels of 1 x 2 x 3 mm, air but for what a test puts there.
class FillTools : public testing::Test {
 protected:
  Box draw(const StrokeInputs& stroke) {
    const AxisMap axisMap(target.geometry());
    EditTransaction edit(target, "stroke", strokeFilter(stroke, {}, false, axisMap, volume));
    const Box changed = execute(strokeInputsFrom(toJson(stroke)), volume, edit);
    edit.commit();
    return changed;
  }
  StrokeInputs stroke(StrokeKind kind, const std::vector<Point3>& path, Plane plane = Plane::Axial) {
    StrokeInputs inputs{{.label = kLiver, .radiusMm = 1}, {}, kind, {0, 100}, {}};
    const AxisMap axisMap(target.geometry());
    for (const Point3& at : path)
      inputs.samples.push_back({.pointMm = at, .plane = plane, .slice = axisMap.sliceAt(plane, at)});
    return inputs;
  }
  /// Soft tissue in a box.
  void tissue(const Box& box) {
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y) {
        for (int x = box.lower.x; x < box.upper.x; ++x) voxels[std::size_t((z * 8 + y) * 10 + x)] = 50;
      }
    }
    volume = Volume({10, 8, 4}, voxels);
  }
  EmptyTarget target{{10, 8, 4}, {1, 2, 3}};
  std::vector<std::int16_t> voxels = std::vector<std::int16_t>(320, -1000);
  Volume volume{{10, 8, 4}, voxels};
};

TEST_F(FillTools, APolygonHoldsTheVoxelsWhoseCentresLieInside) {
  draw(stroke(StrokeKind::Polygon, {{1.5, 3, 3}, {5.5, 3, 3}, {5.5, 9, 3}, {1.5, 9, 3}}));
  EXPECT_EQ(target.count(kLiver), 4 * 3);  // x 2..5, y 2..4 (4, 6 and 8 mm)
  EXPECT_EQ(target.labelAt({2, 2, 1}), kLiver);
  EXPECT_EQ(target.labelAt({5, 4, 1}), kLiver);
  EXPECT_EQ(target.labelAt({6, 4, 1}), 0);
  EXPECT_EQ(target.labelAt({2, 2, 0}), 0);
}

TEST_F(FillTools, ALoopWithinALoopStaysOpen) {
  draw(stroke(StrokeKind::Lasso, {{0.5, 1, 3},
                                  {8.5, 1, 3},
                                  {8.5, 13, 3},
                                  {0.5, 13, 3},
                                  {0.5, 1, 3},
                                  {3.5, 5, 3},
                                  {3.5, 9, 3},
                                  {5.5, 9, 3},
                                  {5.5, 5, 3},
                                  {3.5, 5, 3}}));
  EXPECT_EQ(target.labelAt({4, 3, 1}), 0);
  EXPECT_EQ(target.labelAt({2, 3, 1}), kLiver);
  EXPECT_EQ(target.count(kLiver), 8 * 6 - 2 * 2);
}

TEST_F(FillTools, ACoronalLassoFillsTheCoronalSlice) {
  draw(stroke(StrokeKind::Lasso, {{1.5, 4, -1}, {4.5, 4, -1}, {4.5, 4, 7}, {1.5, 4, 7}}, Plane::Coronal));
  EXPECT_EQ(target.count(kLiver), 3 * 3);  // x 2..4, z 0..2
  EXPECT_EQ(target.labelAt({2, 2, 0}), kLiver);
  EXPECT_EQ(target.labelAt({4, 2, 2}), kLiver);
  EXPECT_EQ(target.labelAt({4, 2, 3}), 0);
}

TEST_F(FillTools, ALassoBeyondTheGridFillsWhatLiesInside) {
  draw(stroke(StrokeKind::Lasso, {{-50, -50, 3}, {50, -50, 3}, {50, 50, 3}, {-50, 50, 3}}));
  EXPECT_EQ(target.count(kLiver), 80);
}

TEST_F(FillTools, ALassoTakesAwayItsOrganAlone) {
  target.fill(kLiver);
  target.editableLabels().writeRow(2, 1, 2, std::vector<Label>{kSpleen});
  StrokeInputs lasso = stroke(StrokeKind::Lasso, {{1.5, 3, 3}, {5.5, 3, 3}, {5.5, 9, 3}, {1.5, 9, 3}});
  lasso.settings.erase = true;
  draw(lasso);
  EXPECT_EQ(target.count(0), 4 * 3 - 1);
  EXPECT_EQ(target.count(kSpleen), 1);
}

TEST_F(FillTools, FloodFillTakesWhatIsConnectedInTheRange) {
  tissue({{2, 2, 0}, {5, 4, 3}});
  tissue({{7, 2, 0}, {9, 4, 3}});  // not connected
  StrokeInputs fill = stroke(StrokeKind::FloodFill, {{3, 4, 3}});
  draw(fill);
  EXPECT_EQ(target.count(kLiver), 3 * 2);
  fill.settings.ball = true;
  draw(fill);
  EXPECT_EQ(target.count(kLiver), 3 * 2 * 3) << "through slices, and through what is filled already";
}

TEST_F(FillTools, FloodFillStopsAtOrgansThatItMayNotPaintOver) {
  tissue({{2, 2, 1}, {8, 3, 2}});
  target.editableLabels().writeRow(2, 1, 4, std::vector<Label>{kSpleen});
  StrokeInputs fill = stroke(StrokeKind::FloodFill, {{2, 4, 3}});
  fill.rules.overwrite = EditRules::Overwrite::Background;
  draw(fill);
  EXPECT_EQ(target.count(kLiver), 2);  // x 2 and 3
}

TEST_F(FillTools, FloodFillOutsideItsRangeOrTheGridDoesNothing) {
  EXPECT_TRUE(draw(stroke(StrokeKind::FloodFill, {{3, 4, 3}})).empty());
  EXPECT_TRUE(draw(stroke(StrokeKind::FloodFill, {{300, 4, 3}})).empty());
}

TEST_F(FillTools, ALassoGivesOtherOrgansToThisOneAndNoBackground) {
  target.editableLabels().writeRow(3, 1, 2, std::vector<Label>(4, kSpleen));
  StrokeInputs lasso = stroke(StrokeKind::Lasso, {{0.5, 1, 3}, {3.5, 1, 3}, {3.5, 13, 3}, {0.5, 13, 3}});
  lasso.lasso = LassoAction::Reassign;
  draw(lasso);
  EXPECT_EQ(target.count(kLiver), 2);  // x 2 and 3
  EXPECT_EQ(target.count(kSpleen), 2);
}

TEST_F(FillTools, ALassoGoesBackToTheStartInside) {
  LabelMap start(target.geometry().size);
  start.writeRow(3, 1, 0, std::vector<Label>(6, kLiver));
  target.editableLabels().writeRow(4, 1, 0, std::vector<Label>(6, kLiver));  // drawn since
  StrokeInputs lasso = stroke(StrokeKind::Lasso, {{-0.5, 1, 3}, {2.5, 1, 3}, {2.5, 13, 3}, {-0.5, 13, 3}});
  lasso.lasso = LassoAction::Revert;
  const AxisMap axisMap(target.geometry());
  EditTransaction edit(target, "stroke", strokeFilter(lasso, {}, false, axisMap, volume));
  execute(strokeInputsFrom(toJson(lasso)), volume, edit, start);
  edit.commit();
  EXPECT_EQ(target.labelAt({2, 3, 1}), kLiver);
  EXPECT_EQ(target.labelAt({2, 4, 1}), 0);
  EXPECT_EQ(target.labelAt({3, 4, 1}), kLiver) << "outside";
  EXPECT_EQ(target.labelAt({3, 3, 1}), 0) << "outside";
}

class Cuts : public FillTools {
 protected:
  /// Ten columns, of which the line leaves three at the left and six at the right.
  void cut(bool throughSlices = false, bool givesLarger = false) {
    StrokeInputs inputs = stroke(StrokeKind::Cut, {{3, -2, 3}, {3, 20, 3}});
    inputs.settings.ball = throughSlices;
    inputs.flipped = givesLarger;
    draw(inputs);
  }
};

TEST_F(Cuts, GiveTheSmallerPieceOfAnotherOrganToTheActiveOne) {
  target.fill(kSpleen);
  cut();
  EXPECT_EQ(target.count(kLiver), 3 * 8) << "on one slice";
  EXPECT_EQ(target.labelAt({2, 0, 1}), kLiver);
  EXPECT_EQ(target.labelAt({3, 0, 1}), kSpleen) << "the line itself";
  EXPECT_EQ(target.labelAt({2, 0, 2}), kSpleen);
}

TEST_F(Cuts, GiveTheLargerPieceWhereAsked) {
  target.fill(kSpleen);
  cut(false, true);
  EXPECT_EQ(target.count(kLiver), 6 * 8);
}

TEST_F(Cuts, GoThroughAllSlicesWhereAsked) {
  target.fill(kSpleen);
  cut(true);
  EXPECT_EQ(target.count(kLiver), 3 * 8 * 4);
}

TEST_F(Cuts, TakeThePieceOfTheActiveOrganAway) {
  target.fill(kLiver);
  cut();
  EXPECT_EQ(target.labelAt({1, 4, 1}), 0);
  EXPECT_EQ(target.labelAt({5, 4, 1}), kLiver);
}

TEST_F(Cuts, ALineThatLeavesOnePieceChangesNothing) {
  target.fill(kSpleen);
  draw(stroke(StrokeKind::Cut, {{3, 2, 3}, {3, 8, 3}}));
  EXPECT_EQ(target.count(kSpleen), 320);
}

TEST_F(Cuts, ASlantedLineIsTight) {
  target.fill(kSpleen);
  draw(stroke(StrokeKind::Cut, {{-1, -1, 3}, {10, 15, 3}}));
  EXPECT_GT(target.count(kLiver), 20);
}

}  // namespace
}  // namespace recontour
