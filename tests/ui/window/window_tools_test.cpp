// Lasso, polygon, flood fill and threshold brush, and what strokes may paint over.
#include <QComboBox>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/edit/scratch_target.h"
#include "core/session/session_log_reader.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/brush_panel.h"

namespace recontour {
namespace {

class WindowTools : public Window {
 protected:
  /// Voxel corners as points between voxels, so that what lies inside is plain.
  QPointF at(double x, double y) { return view(Plane::Axial).widgetFromWorld(worldAt(x, y)); }
  Point3 worldAt(double x, double y) { return workbench().currentCase()->geometry.toWorld(Point3{x, y, 3}); }
  void openAtSliceThree() {
    open();
    view(Plane::Axial).setCrosshair(world({5, 5, 3}));
  }
  void click(const QPointF& where, Qt::MouseButton button = Qt::LeftButton) {
    press(view(Plane::Axial), where, button);
    release(view(Plane::Axial), where, button);
  }
  std::int64_t count(Label organ) { return labelCounts(workbench().labels())[organ]; }
  /// Alpha of the label layer in the middle of a voxel.
  int shown(const Index3& voxel) {
    const QPointF middle = view(Plane::Axial).widgetFromWorld(world(voxel));
    return const_cast<SlicePicture&>(view(Plane::Axial).picture()).labelLayer().pixelColor(middle.toPoint()).alpha();
  }
  /// Draws the last edit of the log again from its inputs, on the labels before it.
  LabelMap lastEditAgain() {
    EXPECT_TRUE(workbench().flush());
    const auto events = readSessionLog(sessionLogPath(workbench().sessionFolder())).events;
    const auto edit = std::find_if(events.rbegin(), events.rend(), [](const Event& e) { return e.type == "edit"; });
    if (edit == events.rend()) return {};
    const StrokeInputs inputs = strokeInputsFrom(parseJson(edit->header, "event").at("inputs").dump());
    ScratchTarget owner(replayEvents(events, edit->sequence - 1).labels.organs(), workbench().currentCase()->geometry);
    const Volume& volume = workbench().currentCase()->volume;
    EditTransaction again(owner, "again", strokeFilter(inputs, {}, false, workbench().axisMap(), volume));
    execute(inputs, volume, again);
    again.commit();
    return owner.editableLabels();
  }
};

TEST_F(WindowTools, ClicksAreCornersAndEnterFillsThePolygon) {
  openAtSliceThree();
  keys(Qt::Key_3);
  for (const QPointF& corner : {at(1.5, 1.5), at(5.5, 1.5), at(5.5, 4.5)}) click(corner);
  EXPECT_EQ(count(kLiver), 0) << "not before Enter";
  click(at(1.5, 7.5));
  press(view(Plane::Axial), at(1.5, 7.5));  // a corner is dragged
  drag(view(Plane::Axial), at(1.5, 4.5));
  release(view(Plane::Axial), at(1.5, 4.5));
  keys(Qt::Key_Return);
  EXPECT_EQ(count(kLiver), 4 * 3);
  EXPECT_GT(shown({3, 3, 3}), 0) << "and is seen";
  EXPECT_EQ(workbench().undoDepth(), 1);
  EXPECT_EQ(lastEditAgain(), workbench().labels());
}

TEST_F(WindowTools, BackspaceTakesACornerBackAndEscapeThePolygon) {
  openAtSliceThree();
  keys(Qt::Key_3);
  for (const QPointF& corner : {at(1.5, 1.5), at(5.5, 1.5), at(5.5, 4.5), at(9.5, 9.5)}) click(corner);
  keys(Qt::Key_Backspace);
  keys(Qt::Key_Escape);
  EXPECT_FALSE(view(Plane::Axial).hasDraft());
  keys(Qt::Key_Return);
  EXPECT_EQ(count(kLiver), 0);
  click(at(1.5, 1.5));
  EXPECT_TRUE(view(Plane::Axial).hasDraft()) << "the tool is still there";
  wheel(view(Plane::Axial), {50, 50}, 1);
  EXPECT_FALSE(view(Plane::Axial).hasDraft()) << "it belonged to the other slice";
}

TEST_F(WindowTools, ADragIsALassoAndTheRightButtonTakesAway) {
  openAtSliceThree();
  keys(Qt::Key_3);
  const std::vector<Point3> loop = {worldAt(1.5, 1.5), worldAt(5.5, 1.5), worldAt(5.5, 4.5), worldAt(1.5, 4.5)};
  strokeThrough(view(Plane::Axial), loop);
  EXPECT_EQ(count(kLiver), 4 * 3);
  EXPECT_GT(shown({3, 3, 3}), 0);
  EXPECT_EQ(lastEditAgain(), workbench().labels());
  press(view(Plane::Axial), at(2.5, 1.5), Qt::RightButton);
  for (const QPointF& to : {at(5.5, 1.5), at(5.5, 4.5), at(2.5, 4.5)}) drag(view(Plane::Axial), to, Qt::RightButton);
  release(view(Plane::Axial), at(2.5, 4.5), Qt::RightButton);
  EXPECT_EQ(count(kLiver), 3);
  EXPECT_EQ(lastEditAgain(), workbench().labels());
}

TEST_F(WindowTools, FloodFillTakesTheHuRangeFromThePointer) {
  openAtSliceThree();
  keys(Qt::Key_9);
  hover(view(Plane::Axial), at(5, 5));
  keys(Qt::Key_I);
  const HuRange range = workbench().brush().hu;
  EXPECT_TRUE(range.holds(workbench().currentCase()->volume.at({5, 5, 3})));
  click(at(5, 5));
  EXPECT_GT(count(kLiver), 0);
  EXPECT_EQ(lastEditAgain(), workbench().labels());
}

TEST_F(WindowTools, OtherOrgansAreKeptUnlessTheReaderSaysSo) {
  open();
  ASSERT_TRUE(fixture->predict());
  keys(Qt::Key_2, Qt::AltModifier);
  keys(Qt::Key_4);
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  ASSERT_EQ(workbench().labels().at({5, 5, 2}), kLiver);
  BrushSettings small = workbench().brush();
  small.radiusMm = 0.5;
  workbench().setBrush(small);
  const std::vector<Point3> here = {world({5, 5, 2})};
  strokeThrough(view(Plane::Axial), here);
  EXPECT_EQ(workbench().labels().at({5, 5, 2}), kLiver);
  EXPECT_TRUE(hasMessage(*window, "another organ lies there"));
  strokeThrough(view(Plane::Axial), here, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(workbench().labels().at({5, 5, 2}), kSpleen) << "for one stroke";
  EXPECT_EQ(lastEditAgain(), workbench().labels());
  view(Plane::Axial).setCrosshair(world({3, 3, 2}));
  auto* panel = window->findChild<BrushPanel*>();
  panel->rulesEditor().overwriteBox().setCurrentIndex(0);
  Q_EMIT panel->rulesEditor().overwriteBox().activated(0);
  strokeThrough(view(Plane::Axial), {world({3, 3, 2})});
  EXPECT_EQ(workbench().labels().at({3, 3, 2}), kSpleen) << "for all strokes";
}

TEST_F(WindowTools, ARedrawnContourIsFlippedByTab) {
  open();
  ASSERT_TRUE(fixture->predict());
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));  // the liver is all of this slice
  keys(Qt::Key_0);
  EXPECT_FALSE(window->actions().flipRedraw->isEnabled()) << "Tab moves the focus until there is something to flip";
  const auto at = [&](double x, double y) { return workbench().currentCase()->geometry.toWorld(Point3{x, y, 2}); };
  strokeThrough(view(Plane::Axial), {at(3.5, -0.4), at(3.5, 5), at(3.5, 11.4)});
  EXPECT_EQ(count(kLiver), 8 * 12) << "the larger part stays";
  EXPECT_EQ(lastEditAgain(), workbench().labels());
  const int depth = workbench().undoDepth();
  ASSERT_TRUE(window->actions().flipRedraw->isEnabled());
  window->actions().flipRedraw->trigger();
  EXPECT_EQ(count(kLiver), 4 * 12);
  EXPECT_EQ(workbench().undoDepth(), depth) << "in the place of the first, not on top of it";
  EXPECT_EQ(lastEditAgain(), workbench().labels());
}

TEST_F(WindowTools, RulerAndEllipseAreLoggedAndChangeNothing) {
  openAtSliceThree();
  keys(Qt::Key_M);
  strokeThrough(view(Plane::Axial), {worldAt(2, 2), worldAt(5, 6)});
  keys(Qt::Key_E);
  strokeThrough(view(Plane::Axial), {worldAt(2, 2), worldAt(8, 8)});
  EXPECT_EQ(workbench().undoDepth(), 0);
  ASSERT_TRUE(workbench().flush());
  std::vector<nlohmann::json> drawn;
  for (const Event& event : readSessionLog(sessionLogPath(workbench().sessionFolder())).events) {
    if (event.type == "measure") drawn.push_back(parseJson(event.header, "event"));
  }
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_NEAR(drawn[0].at("mm").get<double>(), 10, 1e-6);  // 3 and 4 voxels of 2 mm
  EXPECT_EQ(drawn[1].at("hu").at("mean"), 3);              // HU is the slice's number
  EXPECT_EQ(drawn[1].at("hu").at("sd"), 0);
}

TEST_F(WindowTools, ALineSplitsAnotherOrganAndTabGivesTheOtherPiece) {
  openAtSliceThree();
  workbench().selectOrgan(kSpleen);
  keys(Qt::Key_3);
  for (const QPointF& corner : {at(0.5, 0.5), at(10.5, 0.5), at(10.5, 4.5), at(0.5, 4.5)}) click(corner);
  keys(Qt::Key_Return);
  ASSERT_EQ(count(kSpleen), 10 * 4);
  workbench().selectOrgan(kLiver);
  keys(Qt::Key_K);
  SliceView& axial = view(Plane::Axial);
  press(axial, at(4, 0));
  drag(axial, at(4, 5));
  release(axial, at(4, 5));
  EXPECT_EQ(count(kLiver), 3 * 4);
  EXPECT_EQ(lastEditAgain(), workbench().labels());
  keys(Qt::Key_Tab);
  EXPECT_EQ(count(kLiver), 6 * 4);
  EXPECT_EQ(workbench().undoDepth(), 2);
}

TEST_F(WindowTools, ALassoGivesOtherOrgansToThisOne) {
  openAtSliceThree();
  workbench().selectOrgan(kSpleen);
  keys(Qt::Key_3);
  for (const QPointF& corner : {at(0.5, 0.5), at(4.5, 0.5), at(4.5, 4.5), at(0.5, 4.5)}) click(corner);
  keys(Qt::Key_Return);
  workbench().selectOrgan(kLiver);
  QComboBox& lasso = window->findChild<BrushPanel*>()->lassoBox();
  lasso.setCurrentIndex(1);
  Q_EMIT lasso.activated(1);
  for (const QPointF& corner : {at(2.5, 0.5), at(8.5, 0.5), at(8.5, 4.5), at(2.5, 4.5)}) click(corner);
  keys(Qt::Key_Return);
  EXPECT_EQ(count(kLiver), 2 * 4) << "and no background";
  EXPECT_EQ(count(kSpleen), 2 * 4);
}

}  // namespace
}  // namespace recontour
