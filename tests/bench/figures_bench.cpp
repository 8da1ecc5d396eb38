// What a reader waits for after a stroke until volumes, DSC and concerns are those of the new contour, on a map of
// WORD's size with a start and a reference. Peer: counting all anew; the figures are compared first.
#include <QCoreApplication>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/io/label_file.h"
#include "core/session/session.h"
#include "core/workbench/organ_figures.h"
#include "core/workbench/workbench.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr double kLimitMs = 200;
constexpr int kStrokes = 12;  // of each organ
constexpr const char* kLabels = "word_labels/word_0014.nii.gz";

/// A CT made from the label map, since WORD publishes labels alone.
class MadeCase final : public CaseSource {
 public:
  void open(const std::filesystem::path& path, const std::string&, std::shared_ptr<Listener> listener) override {
    const LabelImage image = readLabelFile(path);
    const std::vector<Label> labels = image.labels.toDense();
    std::vector<std::int16_t> hu(labels.size());
    std::ranges::transform(labels, hu.begin(), [](Label label) { return static_cast<std::int16_t>(12 * label); });
    Case made;
    made.name = "word_0014";
    made.source = path;
    made.geometry = image.geometry;
    made.volume = Volume(image.geometry.size, std::move(hu));
    made.imageHash = imageHash(made.geometry, made.volume);
    listener->opened(std::move(made));
  }
  void cancel() override {}
};

double millisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

template <typename Done>
void waitUntil(Done done) {
  while (!done()) QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
}

/// A stroke of five samples on the organ's middle slice; the brush is 12 mm wide.
void stroke(Workbench& workbench, const Index3& from, bool erase) {
  PointerSample at;
  at.slice = from.z;
  for (int i = 0; i < 5; ++i) {
    at.pointMm = workbench.currentCase()->geometry.toWorld(Index3{from.x + 3 * i, from.y, from.z});
    i == 0 ? workbench.pressStroke(at, erase) : workbench.dragStroke(at);
  }
}

/// Times from the end of a stroke to the signal with its figures, ms.
std::vector<double> strokesOn(Workbench& workbench, const Organ& organ) {
  const Box box = boundingBox(workbench.labels(), organ.label);
  workbench.selectOrgan(organ.label);
  int told = 0;
  const auto& status = workbench.organStatus()[static_cast<std::size_t>(organ.label - 1)];
  std::int64_t known = 0;
  const auto count = [&] { told += std::exchange(known, status.voxelsAdded + status.voxelsRemoved) != known; };
  count();
  const auto connection = QObject::connect(&workbench, &Workbench::organStatusChanged, count);
  std::vector<double> times;
  for (int i = 0; i < kStrokes; ++i) {
    const Index3 from{box.lower.x + 7 * i, (box.lower.y + box.upper.y) / 2, (box.lower.z + box.upper.z) / 2};
    const int before = told;
    stroke(workbench, from, i % 2 == 1);
    const int steps = workbench.undoDepth();
    const auto start = std::chrono::steady_clock::now();
    workbench.releaseStroke();
    if (workbench.undoDepth() == steps) continue;  // it changed nothing
    waitUntil([&] { return told > before; });
    times.push_back(millisecondsSince(start));
  }
  QObject::disconnect(connection);
  return times;
}

bool equalCountedAnew(const Workbench& workbench, const FiguresRequest& request) {
  const auto anew = computeOrganFigures(request);
  for (std::size_t i = 0; i < anew.size(); ++i) {
    const OrganStatus& shown = workbench.organStatus()[i];
    if (shown.volumeMl != anew[i].volumeMl || shown.voxelsAdded != anew[i].voxelsAdded ||
        shown.voxelsRemoved != anew[i].voxelsRemoved || shown.dscBefore != anew[i].dscBefore ||
        shown.dscAfter != anew[i].dscAfter || shown.concerns != anew[i].concerns) {
      return false;
    }
  }
  return true;
}

FiguresRequest requestOf(const Workbench& workbench) {
  const Case& opened = *workbench.currentCase();
  return {workbench.organs(),
          {opened.geometry, bodyMidlineMm(opened.volume, opened.geometry)},
          workbench.session()->beforeLabels(),
          workbench.labels(),
          *workbench.reference()};
}

int run() {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const TemporaryFolder folder;
  Workbench::Options options;
  options.sessionsFolder = folder.path();
  options.predictionFile = options.referenceFile = referenceData(kLabels);
  Workbench workbench(options, OrganTable::named("word"), std::make_unique<MadeCase>(), nullptr);
  workbench.openCase(referenceData(kLabels));
  waitUntil([&] { return workbench.figuresKnown(); });
  std::vector<double> times;
  for (const Organ& organ : workbench.organs().organs()) {
    const auto ofOrgan = strokesOn(workbench, organ);
    if (ofOrgan.empty()) return std::printf("no stroke on %s\n", organ.key.c_str()), 1;
    std::printf("%-16s %2zu strokes, longest %6.1f ms\n", organ.key.c_str(), ofOrgan.size(),
                *std::ranges::max_element(ofOrgan));
    times.insert(times.end(), ofOrgan.begin(), ofOrgan.end());
  }
  const FiguresRequest request = requestOf(workbench);
  const bool equal = equalCountedAnew(workbench, request);
  std::printf("figures equal those counted anew: %s\n", equal ? "yes" : "NO");
  if (!equal) return 1;
  const auto start = std::chrono::steady_clock::now();
  computeOrganFigures(request);
  const double anewMs = millisecondsSince(start);
  std::ranges::sort(times);
  std::printf("stroke to figures: median %.1f ms, 95th percentile %.1f ms, longest %.1f ms; all anew %.1f ms\n",
              times[times.size() / 2], times[times.size() * 95 / 100], times.back(), anewMs);
  std::printf("limit for the 95th percentile: %.0f ms\n", kLimitMs);
  return times[times.size() * 95 / 100] <= kLimitMs ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  return recontour::bench::run();
}
