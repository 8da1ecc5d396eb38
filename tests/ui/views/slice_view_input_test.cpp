#include <QSignalSpy>

#include "tests/ui/views/slice_view_fixture.h"
#include "ui/views/slice_view.h"

namespace recontour {
namespace {

/// What a view said about strokes.
struct Strokes {
  std::vector<PointerSample> pressed, moved, released;
  int cancelled = 0;
  explicit Strokes(SliceView& view) {
    QObject::connect(&view, &SliceView::pointerPressed, [this](const PointerSample& s) { pressed.push_back(s); });
    QObject::connect(&view, &SliceView::pointerMoved, [this](const PointerSample& s) { moved.push_back(s); });
    QObject::connect(&view, &SliceView::pointerReleased, [this](const PointerSample& s) { released.push_back(s); });
    QObject::connect(&view, &SliceView::pointerCancelled, [this] { ++cancelled; });
  }
};

TEST(SliceViewInput, WheelMovesOneSliceAndTheCrosshairWithIt) {
  const auto view = shownView(Plane::Axial);
  const int start = view->sliceNumber();
  std::vector<Point3> crosshairs;
  std::vector<int> slices;
  QObject::connect(view.get(), &SliceView::crosshairMoved, [&](const Point3& at) { crosshairs.push_back(at); });
  QObject::connect(view.get(), &SliceView::sliceChanged, [&](Plane, int slice) { slices.push_back(slice); });
  wheel(*view, {200, 200}, 1);
  EXPECT_EQ(view->sliceNumber(), start + 1);
  EXPECT_EQ(slices, std::vector<int>{start + 1});
  ASSERT_EQ(crosshairs.size(), 1U);
  EXPECT_DOUBLE_EQ(crosshairs[0].z, 4.0 * (start + 1));
  wheel(*view, {200, 200}, -2);
  EXPECT_EQ(view->sliceNumber(), start - 1);
}

TEST(SliceViewInput, SlicesEndAtTheVolumesBorders) {
  const auto view = shownView(Plane::Axial);
  view->setActiveTool(ViewTool::Browse, 5, false);  // the crosshair tool's arrows move the crosshair
  wheel(*view, {200, 200}, 50);
  EXPECT_EQ(view->sliceNumber(), 9);
  key(*view, Qt::Key_Home);
  EXPECT_EQ(view->sliceNumber(), 0);
  key(*view, Qt::Key_Down);
  EXPECT_EQ(view->sliceNumber(), 0);
  key(*view, Qt::Key_Up);
  EXPECT_EQ(view->sliceNumber(), 1);
  key(*view, Qt::Key_Right);
  EXPECT_EQ(view->sliceNumber(), 2);
  key(*view, Qt::Key_Left);
  EXPECT_EQ(view->sliceNumber(), 1);
}

TEST(SliceViewInput, ClickMovesTheCrosshairToThatPointInThePatient) {
  const auto view = shownView(Plane::Axial);
  Point3 at;
  QObject::connect(view.get(), &SliceView::crosshairMoved, [&](const Point3& world) { at = world; });
  press(*view, {105, 229});  // 10.5 and 20.5 mm from the volume's corner, which is 1 mm before the first voxel's centre
  EXPECT_NEAR(at.x, 9.5, 1e-9);
  EXPECT_NEAR(at.y, 19.5, 1e-9);
  EXPECT_NEAR(at.z, 4.0 * view->sliceNumber(), 1e-9);
  drag(*view, {115, 229});
  EXPECT_NEAR(at.x, 10.5, 1e-9);
  release(*view, {115, 229});
  drag(*view, {215, 229});
  EXPECT_NEAR(at.x, 10.5, 1e-9);
}

TEST(SliceViewInput, CrosshairOfAnotherViewChangesTheSliceWithoutAnEcho) {
  const auto view = shownView(Plane::Sagittal);
  QSignalSpy moved(view.get(), &SliceView::crosshairMoved);
  view->setCrosshair({7, 3, 3});
  EXPECT_EQ(view->sliceNumber(), 4);  // x = 7 mm is nearest to the voxels at 8 and 6: rounds up
  EXPECT_EQ(moved.size(), 0);
}

TEST(SliceViewInput, BrushStrokeIsToldInMillimetres) {
  const auto view = shownView(Plane::Coronal);
  view->setActiveTool(ViewTool::Brush, 5, false);
  Strokes strokes(*view);
  press(*view, {105, 229}, Qt::LeftButton, Qt::ControlModifier);
  drag(*view, {125, 229});
  release(*view, {135, 229});
  ASSERT_EQ(strokes.pressed.size(), 1U);
  const PointerSample& sample = strokes.pressed[0];
  EXPECT_NEAR(sample.pointMm.x, 9.5, 1e-9);
  EXPECT_NEAR(sample.pointMm.y, 2.0 * view->sliceNumber(), 1e-9);
  EXPECT_NEAR(sample.pointMm.z, 36 + 2 - 20.5, 1e-9);  // the top edge is at 38 mm
  EXPECT_EQ(sample.plane, Plane::Coronal);
  EXPECT_EQ(sample.slice, view->sliceNumber());
  EXPECT_TRUE(sample.control);
  EXPECT_EQ(sample.pressure, 1);
  ASSERT_EQ(strokes.moved.size(), 1U);
  EXPECT_NEAR(strokes.moved[0].pointMm.x, 11.5, 1e-9);
  EXPECT_FALSE(strokes.moved[0].control);
  EXPECT_GE(strokes.moved[0].timeMs, sample.timeMs);
  ASSERT_EQ(strokes.released.size(), 1U);
  EXPECT_NEAR(strokes.released[0].pointMm.x, 12.5, 1e-9);
}

TEST(SliceViewInput, StrokeKeepsItsSliceAndCanBeGivenUp) {
  const auto view = shownView(Plane::Axial);
  view->setActiveTool(ViewTool::Brush, 5, false);
  Strokes strokes(*view);
  const int slice = view->sliceNumber();
  press(*view, {100, 100});
  wheel(*view, {100, 100}, 1);
  EXPECT_EQ(view->sliceNumber(), slice);
  view->cancelStroke();
  EXPECT_EQ(strokes.cancelled, 1);
  release(*view, {100, 100});
  EXPECT_TRUE(strokes.released.empty());
  wheel(*view, {100, 100}, 1);
  EXPECT_EQ(view->sliceNumber(), slice + 1);
}

TEST(SliceViewInput, TheCrosshairToolsArrowsMoveTheCrosshairByVoxels) {
  const auto view = shownView(Plane::Axial);
  const Point3 start = view->crosshair();
  key(*view, Qt::Key_Right);
  EXPECT_NEAR(view->crosshair().x - start.x, 2, 1e-9);  // one voxel of 2 mm towards the patient's left
  key(*view, Qt::Key_Up);
  EXPECT_NEAR(view->crosshair().y - start.y, -2, 1e-9);
  QTest::keyClick(view.get(), Qt::Key_Left, Qt::ShiftModifier);
  EXPECT_NEAR(view->crosshair().x - start.x, -8, 1e-9);
  for (int i = 0; i < 100; ++i) key(*view, Qt::Key_Down);
  EXPECT_NEAR(view->crosshair().y, 2.0 * 19, 1e-9);  // it ends at the last voxel
}

TEST(SliceViewInput, RightDragAndThePensEraserTakeAway) {
  const auto view = shownView(Plane::Axial);
  view->setActiveTool(ViewTool::Brush, 5, false);
  std::vector<bool> erases;
  QObject::connect(view.get(), &SliceView::pointerPressed, [&](const PointerSample&, bool e) { erases.push_back(e); });
  press(*view, {100, 100});
  release(*view, {100, 100});
  press(*view, {100, 100}, Qt::RightButton);
  release(*view, {100, 100}, Qt::RightButton);
  press(*view, {100, 100}, Qt::LeftButton, Qt::ControlModifier);
  release(*view, {100, 100});
  view->setActiveTool(ViewTool::Eraser, 5, false);
  press(*view, {100, 100});
  release(*view, {100, 100});
  EXPECT_EQ(erases, (std::vector<bool>{false, true, true, true}));
}

TEST(SliceViewInput, AltAndClickNameTheOrganUnderThePointerWithoutAStroke) {
  const auto view = shownView(Plane::Axial);
  view->setActiveTool(ViewTool::Brush, 5, false);
  Strokes strokes(*view);
  std::optional<Point3> picked;
  QObject::connect(view.get(), &SliceView::organPicked, [&](const Point3& at) { picked = at; });
  press(*view, {105, 229}, Qt::LeftButton, Qt::AltModifier);
  release(*view, {105, 229});
  ASSERT_TRUE(picked);
  EXPECT_NEAR(picked->x, 9.5, 1e-9);
  EXPECT_TRUE(strokes.pressed.empty());
}

TEST(SliceViewInput, QuickDabsAreStrokesAndNoDoubleClick) {
  const auto view = shownView(Plane::Axial);
  QSignalSpy maximise(view.get(), &SliceView::maximiseRequested);
  Strokes strokes(*view);
  view->setActiveTool(ViewTool::Eraser, 5, false);
  sendMouse(*view, QEvent::MouseButtonDblClick, {100, 100}, Qt::LeftButton, Qt::LeftButton);
  release(*view, {100, 100});
  EXPECT_EQ(strokes.pressed.size(), 1U);
  EXPECT_EQ(maximise.size(), 0);
  view->setActiveTool(ViewTool::Browse, 5, false);
  sendMouse(*view, QEvent::MouseButtonDblClick, {100, 100}, Qt::LeftButton, Qt::LeftButton);
  EXPECT_EQ(maximise.size(), 1);
}

TEST(SliceViewInput, ControlAndRightDragChangeWindowAndLevel) {
  const auto view = shownView(Plane::Axial);
  view->setWindowLevel({300, 50});
  WindowLevel told;
  QObject::connect(view.get(), &SliceView::windowLevelDragged, [&](const WindowLevel& window) { told = window; });
  press(*view, {100, 100}, Qt::RightButton, Qt::ControlModifier);
  drag(*view, {120, 90}, Qt::RightButton);
  EXPECT_EQ(told, (WindowLevel{320, 60}));
  EXPECT_EQ(view->windowLevel(), told);
  drag(*view, {-5000, 90}, Qt::RightButton);
  EXPECT_EQ(told.widthHu, 1);
}

TEST(SliceViewInput, RightDragZoomsOutsidePaintTools) {
  const auto view = shownView(Plane::Axial);
  const double before = view->pixelsPerMm();
  press(*view, {100, 100}, Qt::RightButton);
  drag(*view, {100, 50}, Qt::RightButton);
  EXPECT_GT(view->pixelsPerMm(), 1.3 * before);
}

TEST(SliceViewInput, MiddleDragPansAndFFits) {
  const auto view = shownView(Plane::Axial);
  const Point3 before = view->worldFromWidget({100, 100});
  press(*view, {100, 100}, Qt::MiddleButton);
  drag(*view, {130, 80}, Qt::MiddleButton);
  release(*view, {130, 80}, Qt::MiddleButton);
  EXPECT_NEAR(view->worldFromWidget({130, 80}).x, before.x, 1e-9);
  EXPECT_NEAR(view->worldFromWidget({130, 80}).y, before.y, 1e-9);
  key(*view, Qt::Key_F);
  EXPECT_NEAR(view->worldFromWidget({100, 100}).x, before.x, 1e-9);
}

TEST(SliceViewInput, ShiftWheelIsForTheBrush) {
  const auto view = shownView(Plane::Axial);
  const int slice = view->sliceNumber();
  int steps = 0;
  QObject::connect(view.get(), &SliceView::brushSizeStep, [&](int by) { steps += by; });
  wheel(*view, {200, 200}, 2, Qt::ShiftModifier);
  EXPECT_EQ(steps, 2);
  EXPECT_EQ(view->sliceNumber(), slice);
}

TEST(SliceViewInput, SliderGoesToItsSlice) {
  const auto view = shownView(Plane::Axial);
  const QRectF track = sliceSliderRect(view->size());
  press(*view, {track.center().x(), track.top() + 1});
  EXPECT_EQ(view->sliceNumber(), 9) << "head is up";
  drag(*view, {track.center().x(), track.bottom() + 30});
  EXPECT_EQ(view->sliceNumber(), 0);
  release(*view, {track.center().x(), track.bottom()});
}

TEST(SliceViewInput, HoverTellsThePointUntilThePictureIsLeft) {
  const Geometry narrow{.size = {10, 20, 34}, .spacing = {2, 2, 4}, .origin = {}};  // the picture covers x 100..300
  const auto view = shownView(Plane::Axial, airVolume(narrow.size), narrow);
  std::optional<Point3> at;
  QObject::connect(view.get(), &SliceView::hovered, [&](const std::optional<Point3>& world) { at = world; });
  hover(*view, {110, 34});
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->x, 0, 1e-9);
  EXPECT_NEAR(at->y, 0, 1e-9);
  hover(*view, {90, 34});
  EXPECT_FALSE(at);
  hover(*view, {110, 34});
  QEvent leave(QEvent::Leave);
  QCoreApplication::sendEvent(view.get(), &leave);
  EXPECT_FALSE(at);
}

}  // namespace
}  // namespace recontour
