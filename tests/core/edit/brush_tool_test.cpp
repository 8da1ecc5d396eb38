#include "core/edit/brush_tool.h"

#include <gtest/gtest.h>

#include "core/edit/stroke_inputs.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

PointerSample sample(const EmptyTarget& target, const Index3& voxel, Plane plane = Plane::Axial) {
  PointerSample at;
  at.pointMm = target.geometry().toWorld(voxel);
  at.plane = plane;
  return at;
}

/// One stroke through `path`. @return the voxels that changed
Box stroke(EmptyTarget& target, const BrushTool::Settings& settings, const std::vector<PointerSample>& path) {
  EditTransaction edit(target, "brush", strokeFilter({settings, {}}, {}, false, AxisMap(target.geometry()), {}));
  const Box changed = execute({settings, path}, {}, edit);
  edit.commit();
  return changed;
}

TEST(BrushTool, RadiusIsInMillimetresOnEveryAxis) {
  EmptyTarget target({9, 9, 1}, {1, 2, 5});
  stroke(target, {.label = kLiver, .radiusMm = 2}, {sample(target, {4, 4, 0})});
  EXPECT_EQ(target.labelAt({6, 4, 0}), kLiver);  // 2 voxels of 1 mm
  EXPECT_EQ(target.labelAt({7, 4, 0}), 0);
  EXPECT_EQ(target.labelAt({4, 5, 0}), kLiver);  // 1 voxel of 2 mm
  EXPECT_EQ(target.labelAt({4, 6, 0}), 0);       // 4 mm away
}

TEST(BrushTool, DiscStaysInTheSliceOfItsPlane) {
  for (const Plane plane : kPlanes) {
    EmptyTarget target({9, 9, 9}, {1, 1, 1});
    const Box changed = stroke(target, {.label = kLiver, .radiusMm = 3}, {sample(target, {4, 4, 4}, plane)});
    const int through = plane == Plane::Axial ? 2 : plane == Plane::Coronal ? 1 : 0;
    for (int axis = 0; axis < 3; ++axis) EXPECT_EQ(changed.size()[axis], axis == through ? 1 : 7) << planeName(plane);
  }
}

TEST(BrushTool, BallReachesEquallyFarInEveryDirection) {
  EmptyTarget target({9, 9, 9}, {1, 1, 3});
  const Box changed = stroke(target, {.label = kLiver, .radiusMm = 3, .ball = true}, {sample(target, {4, 4, 4})});
  EXPECT_EQ(changed, (Box{{1, 1, 3}, {8, 8, 6}}));  // 3 mm: 3 voxels along x and y, 1 along z
  EXPECT_EQ(target.labelAt({4, 4, 5}), kLiver);
  EXPECT_EQ(target.labelAt({5, 4, 5}), 0);  // sqrt(1 + 9) mm
}

TEST(BrushTool, PenPressureSetsTheRadius) {
  for (const auto& [pressure, reach] : {std::pair{1.0, 4}, {0.0, 1}, {1.0 / 3, 2}}) {
    EmptyTarget target({11, 11, 1}, {1, 1, 1});
    PointerSample at = sample(target, {5, 5, 0});
    at.pressure = pressure;
    const Box changed = stroke(target, {.label = kLiver, .radiusMm = 4, .pressureSize = true}, {at});
    EXPECT_EQ(changed.size().x, 2 * reach + 1) << pressure;
    EmptyTarget other({11, 11, 1}, {1, 1, 1});
    EXPECT_EQ(stroke(other, {.label = kLiver, .radiusMm = 4}, {at}).size().x, 9);  // only where it is asked for
  }
}

TEST(BrushTool, FastStrokeLeavesNoGap) {
  EmptyTarget target({40, 5, 1}, {1, 1, 1});
  stroke(target, {.label = kLiver, .radiusMm = 1}, {sample(target, {2, 2, 0}), sample(target, {37, 2, 0})});
  for (int x = 1; x <= 38; ++x) EXPECT_EQ(target.labelAt({x, 2, 0}), kLiver) << x;
  for (int x = 2; x <= 37; ++x) EXPECT_EQ(target.labelAt({x, 3, 0}), kLiver) << x;
  EXPECT_EQ(target.labelAt({20, 4, 0}), 0);
}

TEST(BrushTool, SmallestBrushPaintsTheVoxelUnderThePointer) {
  EmptyTarget target({5, 5, 1}, {4, 4, 4});
  PointerSample at = sample(target, {2, 2, 0});
  at.pointMm.x += 1.9;  // still in that voxel, but far from its centre
  stroke(target, {.label = kLiver, .radiusMm = 0.5}, {at});
  EXPECT_EQ(target.count(kLiver), 1);
  EXPECT_EQ(target.labelAt({2, 2, 0}), kLiver);
}

TEST(BrushTool, EraserTakesOnlyItsOrgan) {
  EmptyTarget target({9, 1, 1}, {1, 1, 1});
  target.fill(kSpleen);
  stroke(target, {.label = kLiver, .radiusMm = 0.5}, {sample(target, {4, 0, 0})});
  stroke(target, {.label = kLiver, .radiusMm = 3, .erase = true}, {sample(target, {4, 0, 0})});
  EXPECT_EQ(target.count(kLiver), 0);
  EXPECT_EQ(target.count(kSpleen), 8);
}

TEST(BrushTool, StrokeBeyondTheGridPaintsWhatLiesInside) {
  EmptyTarget target({5, 5, 1}, {1, 1, 1});
  stroke(target, {.label = kLiver, .radiusMm = 2}, {sample(target, {-1, 2, 0}), sample(target, {-9, 2, 0})});
  EXPECT_EQ(target.labelAt({1, 2, 0}), kLiver);
  EXPECT_EQ(target.labelAt({2, 2, 0}), 0);
}

TEST(BrushTool, DiscIsFlatOnAnObliqueGrid) {
  struct ObliqueTarget final : EditTarget {
    LabelMap& editableLabels(Label) override { return labels; }
    const Geometry& geometry() const override { return grid; }
    void committed(EditRecord) override {}
    Geometry grid;
    LabelMap labels;
  } target;
  target.grid.size = {20, 20, 20};
  target.grid.direction = {0.96, 0.28, 0, -0.28, 0.96, 0, 0, 0, 1};  // turned about the long axis, cos .96
  target.labels = LabelMap(target.grid.size);
  PointerSample from, to;
  from.plane = to.plane = Plane::Coronal;
  from.pointMm = target.grid.toWorld(Index3{5, 10, 10});
  to.pointMm = target.grid.toWorld(Index3{15, 10, 10});
  EditTransaction edit(target, "brush", {});
  const Box changed = execute({{.label = kLiver, .radiusMm = 2}, {from, to}}, {}, edit);
  EXPECT_EQ(changed, (Box{{3, 10, 8}, {18, 11, 13}}));
  edit.commit();
}

}  // namespace
}  // namespace recontour
