// Sessions of many strokes on 512 x 512 x 200 voxels: the log's size with its parts of strokes and snapshots, seconds
// to open it again with and without snapshots, and how long a stroke takes to be on disk. Labels are compared first.
//
// usage: reopen_bench [STROKES ...]    2000 when missing
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <string>

#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/session_log_reader.h"
#include "tests/bench/peer.h"
#include "tests/data/fake_clock.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr double kReopenLimitS = 5, kSavedLimitMs = 20;
constexpr int kLimitedStrokes = 2000;  // the limit on opening is for as many
constexpr int kSamples = 100, kSampleMs = 8;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

Case largeCase() {
  Case opened;
  opened.name = "large";
  opened.geometry.size = {512, 512, 200};
  opened.geometry.spacing = {0.9, 0.9, 2.5};
  opened.imageHash = "of no image";
  return opened;
}

/// Eight organs, balls of 40 mm: as many voxels as the organs of an abdomen.
LabelMap organs(const Geometry& grid) {
  LabelMap map(grid.size);
  for (int organ = 0; organ < 8; ++organ) {
    const int cx = 130 + organ % 2 * 250, cy = 130 + organ / 2 % 2 * 250, cz = 50 + organ / 4 * 100, radius = 44;
    for (int dz = -16; dz <= 16; ++dz) {
      const double inSlice = radius * radius - dz * dz * 7.7;
      for (int dy = -radius; dy <= radius; ++dy) {
        if (dy * dy >= inSlice) continue;
        const int half = static_cast<int>(std::sqrt(inSlice - dy * dy));
        map.writeRow(cy + dy, cz + dz, cx - half,
                     std::vector<Label>(static_cast<std::size_t>(2 * half + 1), static_cast<Label>(organ + 1)));
      }
    }
  }
  return map;
}

struct StrokeFigures {
  std::vector<double> savedMs;  ///< from the release until it is on disk
  double longestSampleMs = 0, longestReleaseMs = 0;
};

/// An arc along an organ's edge, 100 samples in 0.8 s.
void stroke(Session& session, FakeClock& clock, int number, StrokeFigures& figures) {
  const Geometry& grid = session.geometry();
  const int organ = number % 8, cx = 130 + organ % 2 * 250, cy = 130 + organ / 2 % 2 * 250;
  const int z = 50 + organ / 4 * 100 + number / 8 * 5 % 33 - 16;
  const auto sample = [&](int i) {
    const double angle = (number * 37 % 360 + i * 0.6) * std::numbers::pi / 180;
    const Point3 at = grid.toWorld(Point3{cx + 44 * std::cos(angle), cy + 44 * std::sin(angle), double(z)});
    return PointerSample{.pointMm = at, .slice = z, .timeMs = double(clock.nowMs)};
  };
  session.beginStroke({.label = Label(organ + 1), .radiusMm = 6, .ball = false, .erase = number % 2 == 1}, sample(0));
  for (int i = 1; i < kSamples; ++i) {
    clock.goOn(kSampleMs);
    const auto began = Clock::now();
    session.continueStroke(sample(i));
    figures.longestSampleMs = std::max(figures.longestSampleMs, 1000 * secondsSince(began));
  }
  const auto began = Clock::now();
  session.endStroke();
  figures.longestReleaseMs = std::max(figures.longestReleaseMs, 1000 * secondsSince(began));
  session.flushed();
  figures.savedMs.push_back(1000 * secondsSince(began));
  clock.goOn(1200);
  session.tick();
}

void printSizes(const SessionLogContent& log) {
  std::map<std::string, double> mb;
  for (std::size_t i = 0; i < log.events.size(); ++i)
    mb[log.events[i].type] += double(log.ends[i] - (i > 0 ? log.ends[i - 1] : 0)) / 1e6;
  std::printf("log: %.1f MB; edits %.1f, partials %.1f, snapshots %.1f (%td of them)\n", double(log.fileBytes) / 1e6,
              mb["edit"], mb["partial"], mb["snapshot"], std::ranges::count(log.events, "snapshot", &Event::type));
}

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

bool measure(int strokes) {
  const TemporaryFolder folder;
  const Case opened = largeCase();
  const auto table = OrganTable::named("word");
  FakeClock clock;
  const auto path = folder.path() / "session";
  StrokeFigures figures;
  auto session = Session::open(path, opened, table, "R1", clock);
  session->addStart({organs(opened.geometry), StartSource::File, "start", "", "", "", ""});
  session->flushed();
  for (int number = 0; number < strokes; ++number) stroke(*session, clock, number, figures);
  const LabelLayers expected = session->layers();
  const int depth = session->undoDepth();
  session->close();
  session->flushed();
  session.reset();

  auto began = Clock::now();
  session = Session::open(path, opened, table, "R1", clock);
  const double openS = secondsSince(began);
  const bool same = session->layers() == expected && session->undoDepth() == depth;
  began = Clock::now();
  for (int i = 0; i < 20; ++i) session->undo();
  const double undoMs = 1000 * secondsSince(began) / 20;
  session.reset();

  began = Clock::now();
  SessionLogContent log = readSessionLog(path / "session.rclog");
  const double readS = secondsSince(began);
  began = Clock::now();
  replayEvents(log.events, log.events.size() / 2);
  const double halfS = secondsSince(began);
  printSizes(log);
  for (Event& event : log.events)
    if (event.type == "snapshot") event.type = "passed over";
  began = Clock::now();
  replayEvents(log.events);
  const double wholeS = secondsSince(began);
  began = Clock::now();
  replayEvents(log.events, log.events.size() / 2);
  const double halfWholeS = secondsSince(began);
  std::printf(
      "%d strokes: opening %.2f s, of which reading and hash chain %.2f s; reading and replay without snapshots %.2f "
      "s; at its "
      "middle %.2f s, without snapshots %.2f s; undo %.1f ms\n",
      strokes, openS, readS, readS + wholeS, readS + halfS, readS + halfWholeS, undoMs);
  std::printf(
      "on disk after the release: p50 %.1f, p99 %.1f, longest %.1f ms; longest sample %.1f ms, longest release "
      "%.1f ms on the window's thread\n",
      percentile(figures.savedMs, 0.5), percentile(figures.savedMs, 0.99), percentile(figures.savedMs, 1),
      figures.longestSampleMs, figures.longestReleaseMs);
  if (!same) std::puts("the session that was opened again differs");
  return same && (strokes > kLimitedStrokes || openS <= kReopenLimitS) &&
         percentile(figures.savedMs, 0.99) <= kSavedLimitMs;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) {
  bool holds = argc > 1 || recontour::bench::measure(2000);
  for (int i = 1; i < argc; ++i) holds = recontour::bench::measure(std::atoi(argv[i])) && holds;
  return holds ? 0 : 1;
}
