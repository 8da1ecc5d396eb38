#pragma once
#include <QAction>
#include <QPointer>
#include <QTest>
#include <memory>

#include "core/session/replay.h"
#include "core/session/session.h"
#include "tests/core/workbench/fakes.h"
#include "tests/ui/views/test_events.h"
#include "ui/panels/case_list.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

inline std::unique_ptr<MainWindow> shownWindow(Workbench& workbench, bool threeD = false) {
  auto window = std::make_unique<MainWindow>(workbench, Settings(), MainWindow::Options{.threeD = threeD});
  window->resize(1400, 900);
  window->show();
  window->activateWindow();
  EXPECT_TRUE(QTest::qWaitForWindowActive(window.get()));
  return window;
}

/// A mouse stroke with the left button through points of the slice that `view` shows.
inline void strokeThrough(SliceView& view, const std::vector<Point3>& path,
                          Qt::KeyboardModifiers keys = Qt::NoModifier) {
  press(view, view.widgetFromWorld(path.front()), Qt::LeftButton, keys);
  for (const Point3& point : path) drag(view, view.widgetFromWorld(point), Qt::LeftButton, keys);
  release(view, view.widgetFromWorld(path.back()));
}

inline bool hasMessage(const MainWindow& window, const QString& part) {
  const auto& log = window.messages().log();
  return std::any_of(log.begin(), log.end(), [&](const Message& message) { return message.text.contains(part); });
}

constexpr Label kLiver = 1, kSpleen = 2;

/// The window on a case of 12 x 12 x 6 voxels, with a source and a predictor that answer at once.
class Window : public testing::Test {
 protected:
  void open(const Workbench::Options& options = {}, bool caseFails = false,
            const OrganTable& organs = OrganTable::named("word")) {
    fixture = std::make_unique<WorkbenchFixture>(options, caseFails, organs);
    window = shownWindow(fixture->workbench);
    window->openCase("small.nii.gz");
    ASSERT_TRUE(waitFor(
        [&] { return workbench().caseState() == CaseState::Open || workbench().caseState() == CaseState::Failed; }));
  }
  /// Whatever a test did: its session's log leads to the labels that are on the screen.
  void TearDown() override {
    if (!fixture || workbench().session() == nullptr || workbench().options().readOnly) return;
    workbench().cancelStroke();
    ASSERT_TRUE(workbench().flush());
    const ReplayedSession replayed = replay(workbench().sessionFolder());
    EXPECT_EQ(replayed.labels, workbench().layers());
    EXPECT_EQ(replayed.selectedOrgan, workbench().selectedOrgan());
    for (const OrganStatus& status : workbench().organStatus())
      EXPECT_EQ(replayed.review.statement(status.organ), workbench().session()->statement(status.organ));
  }
  Workbench& workbench() { return fixture->workbench; }
  SliceView& view(Plane plane) { return window->views().view(plane); }
  Point3 world(const Index3& voxel) { return workbench().currentCase()->geometry.toWorld(voxel); }
  void keys(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(&view(Plane::Axial), key, modifiers);
  }
  std::unique_ptr<WorkbenchFixture> fixture;
  std::unique_ptr<MainWindow> window;
};

}  // namespace recontour
