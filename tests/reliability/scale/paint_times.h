#pragma once
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QWidget>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "tests/ui/views/test_events.h"
#include "ui/views/slice_view.h"

namespace recontour {

/// Counts how often a widget is painted.
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

inline double threadProcessorMs() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e6;
}

/// What steps take, in ms: as a person waits, and of this thread's processor.
struct PaintTimes {
  std::vector<double> wallMs, processorMs;
};

inline double percentile(std::vector<double> times, int percent) {
  std::ranges::sort(times);
  return times[(times.size() - 1) * static_cast<std::size_t>(percent) / 100];
}

/// "p99 (of the processor)".
inline std::string paintTimesText(const PaintTimes& times) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f (%.0f)", percentile(times.wallMs, 99), percentile(times.processorMs, 99));
  return text;
}

/// From what is done until the view has been painted.
template <typename Act>
void untilPainted(Paints& paints, PaintTimes& times, Act act) {
  QElapsedTimer timer;
  timer.start();
  const double processorBefore = threadProcessorMs();
  const int before = paints.count;
  act();
  while (paints.count == before && timer.elapsed() < 2000) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  QCoreApplication::processEvents();  // the other views, and what is sent to the display
  times.wallMs.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
  times.processorMs.push_back(threadProcessorMs() - processorBefore);
}

/// Turns the wheel and turns round at both ends, as a person does.
inline PaintTimes scrollTimes(SliceView& view, int slices, int notchCount) {
  Paints paints(view);
  PaintTimes times;
  int notches = 1;
  for (int i = 0; i < notchCount; ++i) {
    if (view.sliceNumber() <= 0) notches = 1;
    if (view.sliceNumber() >= slices - 1) notches = -1;
    untilPainted(paints, times, [&] { wheel(view, view.rect().center(), notches); });
  }
  return times;
}

/// Short strokes round the middle of the view. @return of their samples
inline PaintTimes strokeTimes(SliceView& view, int strokes) {
  constexpr int kSamples = 8;
  Paints paints(view);
  PaintTimes times;
  for (int i = 0; i < strokes; ++i) {
    const QPointF start = QRectF(view.rect()).center() + QPointF(3 * (i % 10) - 15, 5 * (i / 10 % 7) - 15);
    press(view, start);
    for (int sample = 1; sample <= kSamples; ++sample)
      untilPainted(paints, times, [&] { drag(view, start + QPointF(6 * sample, 2 * sample)); });
    release(view, start + QPointF(6 * kSamples, 2 * kSamples));
    QCoreApplication::processEvents();
  }
  return times;
}

}  // namespace recontour
