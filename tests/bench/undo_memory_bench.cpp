// A session of 20,000 strokes on a map of WORD's size: memory once undo has taken what it may, and the way back to the
// start through steps that are read from the log.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "core/io/label_file.h"
#include "core/session/session.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr double kSlopeLimitMib = 1;                            // per 1,000 strokes
constexpr std::size_t kUndoCacheBytes = std::size_t{32} << 20;  // small, so that it is soon full
constexpr int kStrokes = 20000, kEvery = 1000, kFull = 4000;
constexpr Label kLiver = 1;

double residentMib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

void stroke(Session& session, int number, const Geometry& grid, const Box& box) {
  const int z = box.lower.z + number * 7 % (box.upper.z - box.lower.z);
  const int y = box.lower.y + number * 13 % (box.upper.y - box.lower.y);
  const int x = box.lower.x + number * 29 % (box.upper.x - box.lower.x);
  const BrushTool::Settings brush{.label = kLiver, .radiusMm = 4, .erase = number % 2 == 1};
  session.beginStroke(brush, {.pointMm = grid.toWorld(Index3{x, y, z}), .slice = z});
  for (int i = 1; i < 4; ++i) session.continueStroke({.pointMm = grid.toWorld(Index3{x + 4 * i, y, z}), .slice = z});
  session.endStroke();
}

/// Mib per 1,000 strokes, by least squares.
double slopeOf(const std::vector<double>& mib) {
  const auto n = static_cast<double>(mib.size());
  double sumX = 0, sumY = 0, sumXy = 0, sumXx = 0;
  for (std::size_t i = 0; i < mib.size(); ++i) {
    const auto x = static_cast<double>(i);
    sumX += x;
    sumY += mib[i];
    sumXy += x * mib[i];
    sumXx += x * x;
  }
  return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
}

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run() {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const TemporaryFolder folder;
  Case opened;
  opened.name = "word_0014";
  opened.geometry = image.geometry;
  opened.imageHash = "of no image";
  const SystemClock clock;
  const auto session = Session::open(folder.path() / "session", opened, OrganTable::named("word"), "R1", clock);
  session->setUndoBytes(kUndoCacheBytes);
  session->addStart({image.labels, StartSource::File, "word_0014.nii.gz", "", "", "", ""});
  const std::string start = labelMapHash(session->labels());
  const Box box = boundingBox(image.labels, kLiver);
  std::vector<double> mib;
  auto began = std::chrono::steady_clock::now();
  for (int number = 0; number < kStrokes; ++number) {
    stroke(*session, number, image.geometry, box);
    if ((number + 1) % kEvery != 0) continue;
    session->flush();
    if (number + 1 >= kFull) mib.push_back(residentMib());
  }
  const int steps = session->undoDepth() - 1;
  const std::string end = labelMapHash(session->labels());
  std::printf("%d strokes, %d of which changed something, in %.1f s; undo may take %zu MiB\n", kStrokes, steps,
              secondsSince(began), kUndoCacheBytes >> 20);
  const double slope = slopeOf(mib);
  std::printf("memory after %d strokes %.1f MiB, after %d %.1f MiB: %.2f MiB per 1,000 strokes (limit %.0f)\n", kFull,
              mib.front(), kStrokes, mib.back(), slope, kSlopeLimitMib);
  began = std::chrono::steady_clock::now();
  while (session->undoDepth() > 1) session->undo();
  std::printf("all undone in %.1f s, %.2f ms a step\n", secondsSince(began), 1000 * secondsSince(began) / steps);
  if (labelMapHash(session->labels()) != start) return std::puts("undone: labels differ from the start"), 1;
  while (session->canRedo()) session->redo();
  if (labelMapHash(session->labels()) != end) return std::puts("done again: labels differ"), 1;
  std::puts("undone and done again: labels equal");
  return slope <= kSlopeLimitMib ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main() { return recontour::bench::run(); }
