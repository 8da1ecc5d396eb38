// S1: a CT of 512 x 512 x 1500 voxels with 16 organs in the real window, read by the real reader.
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/data/descendants.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/scale/large_case.h"
#include "tests/reliability/scale/process_figures.h"
#include "tests/reliability/scale/scale_fixture.h"
#include "tests/ui/views/test_events.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr int kSlices = 1500, kShortSlices = 300;
constexpr double kPeakMb = 2500;  // of each process, with all slices
constexpr double kEmptyMb = 700;  // of that, what a window with 3D of 16 organs has without a volume
constexpr int kNotches = 200, kStrokes = 30, kSamples = 8;

double peakAllowedMb(int slices) { return kEmptyMb + (kPeakMb - kEmptyMb) * slices / kSlices; }

/// Follows the processes that this one starts.
class Peaks {
 public:
  Peaks() : thread_([this](const std::stop_token& stop) { look(stop); }) {}
  double of(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return peakMb_[name.substr(0, 15)];
  }

 private:
  void look(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const pid_t process : descendantsNamed("")) {
        const ProcessFigures figures = figuresOf(process);
        const std::lock_guard lock(mutex_);
        peakMb_[figures.name] = std::max(peakMb_[figures.name], figures.peakMb);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  std::mutex mutex_;
  std::map<std::string, double> peakMb_;
  std::jthread thread_;  // last: it uses the rest
};

class Paints final : public QObject {
 public:
  explicit Paints(QWidget& watched) { watched.installEventFilter(this); }
  int count = 0;

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) ++count;
    return false;
  }
};

double processorMs() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e6;
}

/// What steps take, in ms: as a person waits, and of this thread's processor.
struct Times {
  std::vector<double> wallMs, processorMs;
};

double p99(std::vector<double> times) {
  std::ranges::sort(times);
  return times[(times.size() - 1) * 99 / 100];
}

std::string text(const Times& times) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f (%.0f)", p99(times.wallMs), p99(times.processorMs));
  return text;
}

/// From what is done until the view has been painted.
template <typename Act>
void untilPainted(Paints& paints, Times& times, Act act) {
  QElapsedTimer timer;
  timer.start();
  const double processorBefore = processorMs();
  const int before = paints.count;
  act();
  while (paints.count == before && timer.elapsed() < 2000) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  QCoreApplication::processEvents();  // the other views, and what is sent to the display
  times.wallMs.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
  times.processorMs.push_back(processorMs() - processorBefore);
}

/// Turns round at both ends, as a person does.
Times scroll(SliceView& view, int slices) {
  Paints paints(view);
  Times times;
  int notches = 1;
  for (int i = 0; i < kNotches; ++i) {
    if (view.sliceNumber() <= 0) notches = 1;
    if (view.sliceNumber() >= slices - 1) notches = -1;
    untilPainted(paints, times, [&] { wheel(view, view.rect().center(), notches); });
  }
  return times;
}

/// Short strokes round the middle of the view. @return of their samples
Times stroke(SliceView& view) {
  Paints paints(view);
  Times times;
  for (int i = 0; i < kStrokes; ++i) {
    const QPointF start = QRectF(view.rect()).center() + QPointF(3 * (i % 10) - 15, 5 * (i / 10) - 15);
    press(view, start);
    for (int sample = 1; sample <= kSamples; ++sample)
      untilPainted(paints, times, [&] { drag(view, start + QPointF(6 * sample, 2 * sample)); });
    release(view, start + QPointF(6 * kSamples, 2 * kSamples));
    QCoreApplication::processEvents();
  }
  return times;
}

TEST(LargeVolume, StaysWithinItsMemoryAndScrolls) {
  const int slices = amount(kShortSlices, kSlices);
  const TemporaryFolder folder;
  const LargeCase files = writeLargeCase(folder.path(), slices);
  Peaks peaks;
  ScaleWindow shown(folder);
  SliceView& axial = shown.window->views().view(Plane::Axial);
  forgetPeak();
  Paints paints(axial);
  QElapsedTimer timer;
  timer.start();
  double firstSliceS = 0, openS = 0;
  int paintsBefore = -1;
  QObject::connect(shown.workbench.get(), &Workbench::firstSlice, axial.window(), [&] { paintsBefore = paints.count; });
  shown.window->openCase(files.image);
  ASSERT_TRUE(waitFor([&] { return paintsBefore >= 0 && paints.count > paintsBefore; }, kLongestWaitMs));
  firstSliceS = static_cast<double>(timer.elapsed()) / 1000;
  ASSERT_TRUE(waitFor([&] { return shown.workbench->caseState() == CaseState::Open; }, kLongestWaitMs));
  openS = static_cast<double>(timer.elapsed()) / 1000;
  for (const pid_t process : descendantsNamed("recontour-reader"))
    EXPECT_LT(figuresOf(process).residentMb, 100) << "a reader still holds the volume";
  shown.workbench->openPrediction(files.labels);
  ASSERT_TRUE(waitFor([&] { return shown.workbench->undoDepth() == 1; }, kLongestWaitMs));
  ASSERT_TRUE(waitFor([&] { return shown.workbench->figuresKnown(); }, kLongestWaitMs));
  ASSERT_TRUE(waitFor([&] { return shown.window->settled(); }, kLongestWaitMs));
  const double shownS = static_cast<double>(timer.elapsed()) / 1000;

  std::map<Plane, Times> scrolled;
  for (const Plane plane : {Plane::Axial, Plane::Coronal, Plane::Sagittal})
    scrolled[plane] = scroll(shown.window->views().view(plane), shown.workbench->axisMap().slices(plane));
  shown.window->actions().brush->trigger();
  const int before = shown.workbench->undoDepth();
  const Times stroked = stroke(axial);
  EXPECT_GT(shown.workbench->undoDepth(), before) << "no stroke changed anything";

  const double window = figuresOf().peakMb, reader = peaks.of("recontour-reader"),
               probe = peaks.of("reliability_scale");
  std::printf(
      "S1 volume of %d slices: window %.2f GB, reader %.2f GB, 3D probe %.2f GB (at most %.2f); first slice %.1f s, "
      "whole %.1f s, with organs and 3D %.1f s; p99 in ms (of the processor): scroll axial %s, coronal %s, sagittal "
      "%s, "
      "stroke %s\n",
      slices, window / 1000, reader / 1000, probe / 1000, peakAllowedMb(slices) / 1000, firstSliceS, openS, shownS,
      text(scrolled[Plane::Axial]).c_str(), text(scrolled[Plane::Coronal]).c_str(),
      text(scrolled[Plane::Sagittal]).c_str(), text(stroked).c_str());
  const double volumeMb = 512.0 * 512 * 2 * slices / 1e6;
  EXPECT_GT(window, volumeMb) << "the volume was never there";
  EXPECT_GT(reader, volumeMb / 2) << "the reader was not seen";
  for (const double peak : {window, reader, probe}) EXPECT_LE(peak, peakAllowedMb(slices));
}

}  // namespace
}  // namespace recontour
