#pragma once
#include <QAction>
#include <QPointer>
#include <QTest>
#include <memory>

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

}  // namespace recontour
