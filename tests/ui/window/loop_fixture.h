#pragma once
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <unistd.h>

#include "core/base/folders.h"
#include "core/predict/worker_predictor.h"
#include "tests/data/reference_data.h"
#include "tests/ui/window/window_fixture.h"

#define REQUIRE_MODEL_AND_DATA()                                        \
  if (!HAVE_DEMO_MODEL) GTEST_SKIP() << "built without the demo model"; \
  REQUIRE_REFERENCE_DATA()

namespace recontour {

using PredictionState = PredictionStatus::State;

/// A program as main() of `recontour` puts it together, on a sessions folder of the test.
struct Program {
  Program(const std::filesystem::path& sessions, bool threeD) {
    Workbench::Options options;
    options.sessionsFolder = sessions;
    options.model = resource("models/zoo/word-demo");
    options.device = "cpu";
    workbench = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(),
                                            std::make_shared<WorkerPredictor>());
    window = shownWindow(*workbench, threeD);
  }
  bool open(const std::string& file) const {
    window->openCase(referenceData(file));
    return waitFor([&] { return workbench->caseState() == CaseState::Open; });
  }
  SliceView& view(Plane plane) const { return window->views().view(plane); }
  bool predicting() const { return workbench->prediction().state == PredictionState::Running; }
  void keys(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
    QTest::keyClick(&view(Plane::Axial), key, modifiers);
  }
  std::unique_ptr<Workbench> workbench;
  std::unique_ptr<MainWindow> window;
};

/// A stroke across the picture from where the crosshair stands, on whatever slice the view shows.
inline void strokeFromCrosshair(const Program& program, Plane plane) {
  SliceView& view = program.view(plane);
  const QPointF start = view.widgetFromWorld(view.crosshair());
  std::vector<Point3> path;
  for (int i = 0; i <= 8; ++i) path.push_back(view.worldFromWidget(start + QPointF(5.0 * i, -10.0 * i)));
  strokeThrough(view, path);
}

/// Processes of this name that this one started, itself or by others: a sandbox stands between.
inline std::vector<pid_t> descendantsNamed(const std::string& name) {
  std::map<pid_t, pid_t> parents;
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    pid_t pid = 0, parent = 0;
    std::string program, state;
    if (!(stat >> pid >> program >> state >> parent)) continue;
    parents[pid] = parent;
    if (program == "(" + name + ")") found.push_back(pid);
  }
  std::erase_if(found, [&](pid_t pid) {
    while (pid > 1 && pid != ::getpid()) pid = parents[pid];
    return pid != ::getpid();
  });
  return found;
}

inline std::vector<pid_t> workerProcesses() {
  return descendantsNamed("recontour-worke");
}  // the kernel keeps 15 letters

}  // namespace recontour
