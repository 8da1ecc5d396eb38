// 3D in the window: left off after a crash, clicks, opacity.
#include <QMenu>
#include <QPushButton>

#include "tests/ui/window/window_fixture.h"
#include "ui/views/crash_marker.h"

namespace recontour {
namespace {

constexpr int kLongestMs = 60'000;

class WindowSurfaces : public Window {
 protected:
  void openWith3d() {
    fixture = std::make_unique<WorkbenchFixture>();
    window = shownWindow(workbench(), true);
    window->openCase("small.nii.gz");
    ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
    ASSERT_TRUE(fixture->predict());
    ASSERT_TRUE(
        waitFor([&] { return window->settled() && window->views().surfaces().frame().surfaces == 2; }, kLongestMs));
  }
};

TEST_F(WindowSurfaces, AClickInThreeDimensionsMovesTheCrosshair) {
  openWith3d();
  SurfaceView& surfaces = window->views().surfaces();
  const Point3 before = window->views().crosshair();
  const QPointF middle(surfaces.width() / 2.0, surfaces.height() / 2.0);
  press(surfaces, middle);
  release(surfaces, middle);
  EXPECT_TRUE(waitFor([&] { return !(window->views().crosshair() == before); }, kLongestMs));
}

TEST_F(WindowSurfaces, TheOpacityOfTheActiveOrganIsChosenInItsMenu) {
  openWith3d();
  workbench().selectOrgan(kSpleen);
  const QImage before = window->views().surfaces().frame().image;
  Q_EMIT window->actions().surfaceOpacityChosen(0.1);
  EXPECT_TRUE(
      waitFor([&] { return window->settled() && window->views().surfaces().frame().image != before; }, kLongestMs));
}

TEST_F(WindowSurfaces, TheSlicesAreShownAndHidden) {
  openWith3d();
  const QImage shown = window->views().surfaces().frame().image;
  window->actions().planes->trigger();
  EXPECT_TRUE(
      waitFor([&] { return window->settled() && window->views().surfaces().frame().image != shown; }, kLongestMs));
}

TEST_F(WindowSurfaces, AfterACrashIn3dTheNextStartLeavesItOffUntilAsked) {
  const TemporaryFolder folder;
  {
    CrashMarker drawing(folder / "first");
    drawing.set(true);
    std::filesystem::copy_file(folder / "first", folder / "marker");  // as a crash would leave it
  }
  fixture = std::make_unique<WorkbenchFixture>();
  window = std::make_unique<MainWindow>(workbench(), Settings(),
                                        MainWindow::Options{.threeD = true, .crashMarker = folder / "marker"});
  window->show();
  EXPECT_FALSE(window->actions().surfaces->isChecked());
  ASSERT_TRUE(hasMessage(*window, "ended while it was drawn"));
  QPushButton* again = nullptr;
  for (auto* button : window->messages().findChildren<QPushButton*>()) {
    if (button->text() == "Try again") again = button;
  }
  ASSERT_NE(again, nullptr);
  again->click();
  EXPECT_TRUE(window->actions().surfaces->isChecked());
  EXPECT_TRUE(waitFor([&] { return window->views().surfaces().running(); }, kLongestMs));
}

}  // namespace
}  // namespace recontour
