// The real window scrolls for 20 s, a notch of the wheel each 16 ms, while the demo model predicts again and again and
// the surfaces follow: the intervals between paints of the axial view.
#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

#include "core/base/folders.h"
#include "core/predict/worker_predictor.h"
#include "core/workbench/workbench.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"
#include "ui/panels/theme.h"
#include "ui/views/probe_3d.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

namespace recontour::bench {
namespace {

constexpr int kScrollMs = 20'000, kNotchMs = 16, kOpenMs = 60'000;
constexpr double kLongestP99Ms = 100;
constexpr const char* kCase = "ct_lits0/ScalarVolume_0_dicom.zip";

/// When a widget was painted.
class PaintTimes final : public QObject {
 public:
  explicit PaintTimes(QWidget& watched) {
    watched.installEventFilter(this);
    timer_.start();
  }
  std::vector<double> sortedIntervalsMs() const {
    std::vector<double> intervals;
    for (std::size_t i = 1; i < atNs_.size(); ++i)
      intervals.push_back(static_cast<double>(atNs_[i] - atNs_[i - 1]) / 1e6);
    std::ranges::sort(intervals);
    return intervals;
  }

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) atNs_.push_back(timer_.nsecsElapsed());
    return false;
  }

 private:
  QElapsedTimer timer_;
  std::vector<qint64> atNs_;
};

bool runUntil(const std::function<bool()>& done, int longestMs) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < longestMs) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  return done();
}

/// One notch; turns round at both ends, as a person does.
void scroll(SliceView& view, int slices, int& notches) {
  if (view.sliceNumber() <= 0) notches = 1;
  if (view.sliceNumber() >= slices - 1) notches = -1;
  const QPointF at = view.rect().center();
  QWheelEvent event(at, view.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&view, &event);
}

/// @return predictions that came to their end, with the part of the one that runs
double scrollWhilePredicting(Workbench& workbench, SliceView& view, const std::filesystem::path& model) {
  const int slices = workbench.axisMap().slices(Plane::Axial);
  int predictions = 0, notches = 1;
  QObject scope;
  QObject::connect(&workbench, &Workbench::startTaken, &scope, [&] {
    ++predictions;
    workbench.predict(model);
  });
  workbench.predict(model);
  QTimer wheel;
  QObject::connect(&wheel, &QTimer::timeout, &scope, [&] { scroll(view, slices, notches); });
  wheel.setTimerType(Qt::PreciseTimer);
  wheel.start(kNotchMs);
  runUntil([] { return false; }, kScrollMs);
  const PredictionStatus& now = workbench.prediction();
  return predictions + static_cast<double>(now.tilesDone) / std::max(1, now.tilesTotal);
}

int report(const std::vector<double>& intervals, double predictions) {
  const auto part = [&](double of) {
    return intervals[static_cast<std::size_t>(of * static_cast<double>(intervals.size() - 1))];
  };
  std::printf(
      "%zu paints in %d s, %.1f predictions meanwhile; ms between paints: median %.1f, p95 %.1f, p99 %.1f, "
      "longest %.1f; p99 at most %.0f\n",
      intervals.size() + 1, kScrollMs / 1000, predictions, part(0.5), part(0.95), part(0.99), intervals.back(),
      kLongestP99Ms);
  return part(0.99) <= kLongestP99Ms && predictions > 0 ? 0 : 1;  // without a prediction it says nothing
}

int run(int argc, char** argv) {
  const auto model = resource("models/zoo/word-demo");
  if (!haveReferenceData() || !std::filesystem::exists(model / "recontour.json"))
    return std::puts("RECONTOUR_DATA is not set, or the demo model is missing"), kNotAvailable;
  QApplication application(argc, argv);
  applyTheme(application);
  const TemporaryFolder sessions;
  Workbench::Options options;
  options.sessionsFolder = sessions.path();
  options.device = "cpu";
  Workbench workbench(options, OrganTable::named("word"), makeThreadCaseSource(), std::make_shared<WorkerPredictor>());
  MainWindow window(workbench, Settings(), {});
  window.resize(1920, 1080);
  window.show();
  window.openCase(referenceData(kCase));
  if (!runUntil([&] { return workbench.caseState() == CaseState::Open; }, kOpenMs)) return 1;
  SliceView& axial = window.views().view(Plane::Axial);
  const PaintTimes paints(axial);
  const double predictions = scrollWhilePredicting(workbench, axial, model);
  const auto intervals = paints.sortedIntervalsMs();
  return intervals.empty() ? 1 : report(intervals, predictions);
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) {
  // The window asks its own program whether the display can do 3D.
  if (argc == 2 && std::strcmp(argv[1], "--probe-3d") == 0) return recontour::runProbe3d();
  return recontour::bench::run(argc, argv);
}
