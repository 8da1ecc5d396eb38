// S1: a CT of 512 x 512 x 1500 voxels with 16 organs in the real window, read by the real reader.
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/data/descendants.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/scale/large_case.h"
#include "tests/reliability/scale/paint_times.h"
#include "tests/reliability/scale/process_figures.h"
#include "tests/reliability/scale/scale_fixture.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr int kSlices = 1500, kShortSlices = 300;
constexpr double kPeakMb = 2500;  // of each process, with all slices
constexpr double kEmptyMb = 700;  // of that, what a window with 3D of 16 organs has without a volume
constexpr int kNotches = 200, kStrokes = 30;

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

  std::map<Plane, PaintTimes> scrolled;
  for (const Plane plane : {Plane::Axial, Plane::Coronal, Plane::Sagittal})
    scrolled[plane] =
        scrollTimes(shown.window->views().view(plane), shown.workbench->axisMap().slices(plane), kNotches);
  shown.window->actions().brush->trigger();
  const int before = shown.workbench->undoDepth();
  const PaintTimes stroked = strokeTimes(axial, kStrokes);
  EXPECT_GT(shown.workbench->undoDepth(), before) << "no stroke changed anything";

  const double window = figuresOf().peakMb, reader = peaks.of("recontour-reader"),
               probe = peaks.of("reliability_scale");
  std::printf(
      "S1 volume of %d slices: window %.2f GB, reader %.2f GB, 3D probe %.2f GB (at most %.2f); first slice %.1f s, "
      "whole %.1f s, with organs and 3D %.1f s; p99 in ms (of the processor): scroll axial %s, coronal %s, sagittal "
      "%s, "
      "stroke %s\n",
      slices, window / 1000, reader / 1000, probe / 1000, peakAllowedMb(slices) / 1000, firstSliceS, openS, shownS,
      paintTimesText(scrolled[Plane::Axial]).c_str(), paintTimesText(scrolled[Plane::Coronal]).c_str(),
      paintTimesText(scrolled[Plane::Sagittal]).c_str(), paintTimesText(stroked).c_str());
  const double volumeMb = 512.0 * 512 * 2 * slices / 1e6;
  EXPECT_GT(window, volumeMb) << "the volume was never there";
  EXPECT_GT(reader, volumeMb / 2) << "the reader was not seen";
  for (const double peak : {window, reader, probe}) EXPECT_LE(peak, peakAllowedMb(slices));
}

}  // namespace
}  // namespace recontour
