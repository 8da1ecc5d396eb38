#include "tests/reliability/close/closing_window.h"

#include <QApplication>
#include <QSessionManager>
#include <QTimer>
#include <cstdio>
#include <fstream>

#include "app/workstation/end_signals.h"
#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

bool waitUntilOpen(Workbench& workbench) {
  return waitFor([&] { return workbench.caseState() == CaseState::Open; });
}

void draw(Workbench& workbench, MainWindow& window) {
  SliceView& view = window.views().view(Plane::Axial);
  const auto& grid = workbench.currentCase()->geometry;
  QTest::keyClick(&view, Qt::Key_4);
  for (int slice = 1; slice <= kStrokesDrawn; ++slice) {
    view.setCrosshair(grid.toWorld(Index3{5, 5, slice}));
    const QPointF from = view.widgetFromWorld(grid.toWorld(Index3{3, 5, slice}));
    const QPointF to = view.widgetFromWorld(grid.toWorld(Index3{8, 5, slice}));
    press(view, from);
    drag(view, to);
    if (slice < kStrokesDrawn) release(view, to);
  }
}

/// As Qt's xcb plugin does when a session manager says "save yourself", then "die"; nothing of the manager is asked.
void endDesktopSession() {
  alignas(QSessionManager) static char manager[sizeof(QSessionManager)] = {};
  Q_EMIT qApp->commitDataRequest(reinterpret_cast<QSessionManager&>(manager));
  QEvent quit(QEvent::Quit);
  QCoreApplication::sendEvent(qApp, &quit);
}

void go(const std::string& path, Workbench& workbench, MainWindow& window) {
  if (path == "window-x") window.close();
  if (path == "ctrl-q") QTest::keyClick(&window.views().view(Plane::Axial), Qt::Key_Q, Qt::ControlModifier);
  if (path == "session-end") endDesktopSession();
  if (path != "case-switch" && path != "next-case") return;
  if (path == "case-switch") window.openCase("other.nii.gz");
  if (path == "next-case") window.actions().nextCase->trigger();
  waitUntilOpen(workbench);
  waitFor([&] { return !workbench.leaving(); });
  QCoreApplication::exit(workbench.currentCase()->name == "first" ? 3 : 0);
}

}  // namespace

int closingWindow(int argc, char** argv, const std::string& path, const std::string& sessions) {
  QApplication application(argc, argv);
  Workbench::Options options;
  options.sessionsFolder = sessions;
  Workbench workbench(options, OrganTable::named("word"), std::make_unique<FakeCaseSource>(),
                      std::make_shared<FakePredictor>());
  const auto window = shownWindow(workbench);
  const std::filesystem::path cases = std::filesystem::path(sessions) / "cases";
  std::filesystem::create_directories(cases);
  for (const char* name : {"first.nii.gz", "second.nii.gz"}) std::ofstream(cases / name) << "a case";
  window->openPath(cases);
  if (!waitUntilOpen(workbench)) return 2;
  draw(workbench, *window);
  if (!workbench.strokeActive()) return 4;
  const EndSignals signals([&window] {
    window->endUnattended();
    QApplication::exit(0);
  });
  std::printf("ready\n");
  std::fflush(stdout);
  QTimer::singleShot(0, window.get(), [&] { go(path, workbench, *window); });
  return QApplication::exec();
}

}  // namespace recontour
