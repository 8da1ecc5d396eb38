// All metrics of word_0014 against its shift and its mirror image, beside scipy. Values are compared first; a
// difference, or less than the ratio, is a failure.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

#include <benchmark/benchmark.h>

#include "core/io/label_file.h"
#include "core/metrics/compare.h"
#include "core/metrics/overlap.h"
#include "tests/bench/peer.h"
#include "tests/core/metrics/label_maps.h"
#include "tests/core/metrics/scipy_peer.h"
#include "tests/data/reference_data.h"

namespace recontour::bench {
namespace {

constexpr Label kIntestine = 11;
constexpr double kLeastRatio = 100;   // scipy on one whole volume, times organs, against ours
constexpr double kLimitOrganMs = 50;  // one organ, as after a stroke
constexpr double kTolerance = 1e-9;   // scipy sums in another order

struct Pair {
  Geometry geometry;
  LabelMap truth, prediction;
};

std::vector<Label> wordOrgans() {
  std::vector<Label> organs;
  for (Label label = 1; label <= 16; ++label) organs.push_back(label);
  return organs;
}

LabelMap mirroredMap(const LabelMap& map) {
  LabelMap mirrored(map.size());
  std::vector<Label> row(static_cast<std::size_t>(map.size().x));
  for (int z = 0; z < map.size().z; ++z) {
    for (int y = 0; y < map.size().y; ++y) {
      map.readRow(y, z, 0, map.size().x, row.data());
      std::reverse(row.begin(), row.end());
      mirrored.writeRow(y, z, 0, row);
    }
  }
  return mirrored;
}

double cpuSeconds(const Pair& pair, const std::vector<Label>& organs, std::vector<OrganMetrics>& result) {
  const std::clock_t start = std::clock();
  result = compare(pair.truth, pair.prediction, pair.geometry.spacing, organs, peerOptions());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// True when every organ has the peer's values; prints the ratio of times only then.
bool agreesWithPeer(const char* what, const Pair& pair, const char* extent, const std::vector<Label>& organs) {
  std::vector<OrganMetrics> ours;
  double seconds = HUGE_VAL, peerSeconds = 0, largest = 0;
  for (int round = 0; round < 3; ++round) seconds = std::min(seconds, cpuSeconds(pair, organs, ours));
  const auto peers = peerFigures(pair.truth, pair.prediction, pair.geometry.spacing, extent, organs);
  if (peers.size() != ours.size()) return std::printf("%s: the peer failed\n", what), false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    largest = std::max(largest, largestDifference(ours[i], peers[i]));
    peerSeconds += peers[i].seconds;
  }
  const bool equal = largest <= kTolerance;
  std::printf("%s, %zu organs: largest difference %.3g%s\n", what, ours.size(), largest, equal ? "" : ": TOO LARGE");
  if (!equal) return false;
  std::printf("  ours %.3f s CPU, scipy (%s) %.2f s CPU: %.0fx\n", seconds, extent, peerSeconds, peerSeconds / seconds);
  return true;
}

/// As many organs as there are take scipy that many times what one takes, on the whole volume.
bool beatsPeer(const Pair& pair) {
  std::vector<OrganMetrics> ours;
  double seconds = HUGE_VAL;
  for (int round = 0; round < 3; ++round) seconds = std::min(seconds, cpuSeconds(pair, wordOrgans(), ours));
  const auto peer = peerFigures(pair.truth, pair.prediction, pair.geometry.spacing, "full", {13});
  if (peer.size() != 1) return std::puts("the peer failed"), false;
  const double difference = largestDifference(ours[12], peer[0]);
  const double ratio = peer[0].seconds * 16 / seconds;
  std::printf(
      "16 organs, all metrics, one core: ours %.3f s CPU; scipy on the whole volume %.2f s for one organ: %.0fx "
      "(at least %.0f), difference %.3g\n",
      seconds, peer[0].seconds, ratio, kLeastRatio, difference);
  return difference <= kTolerance && ratio >= kLeastRatio;
}

/// The organ after a stroke with a ball of 10 mm at its first voxel.
LabelMap stroked(const LabelImage& image, Label organ) {
  const Box box = boundingBox(image.labels, organ);
  const DenseBox dense = image.labels.copy(box);
  const auto first = std::ranges::find(dense.labels, organ) - dense.labels.begin();
  const int width = box.size().x;
  const Index3 centre{box.lower.x + static_cast<int>(first) % width,
                      box.lower.y + static_cast<int>(first) / width % box.size().y,
                      box.lower.z + static_cast<int>(first) / width / box.size().y};
  LabelMap map = image.labels;
  const Point3 spacing = image.geometry.spacing;
  const Box around = intersect(grow(Box{centre, {centre.x + 1, centre.y + 1, centre.z + 1}}, 11), {{}, map.size()});
  for (int z = around.lower.z; z < around.upper.z; ++z) {
    for (int y = around.lower.y; y < around.upper.y; ++y) {
      for (int x = around.lower.x; x < around.upper.x; ++x) {
        const Point3 way{(x - centre.x) * spacing.x, (y - centre.y) * spacing.y, (z - centre.z) * spacing.z};
        if (dot(way, way) <= 100) map.writeRow(y, z, x, std::vector<Label>{organ});
      }
    }
  }
  return map;
}

/// One organ at a time, against what it was before the stroke, as the panel does.
bool organsWithinLimit(const LabelImage& image) {
  double slowest = 0;
  for (const Label organ : wordOrgans()) {
    const Pair pair{image.geometry, image.labels, stroked(image, organ)};
    std::vector<OrganMetrics> ours;
    double seconds = HUGE_VAL;
    for (int round = 0; round < 5; ++round) seconds = std::min(seconds, cpuSeconds(pair, {organ}, ours));
    std::printf("  organ %d after a stroke: %.1f ms, surface shift %.3f mm\n", organ, seconds * 1000, *ours[0].assdMm);
    slowest = std::max(slowest, seconds * 1000);
  }
  std::printf("slowest organ: %.1f ms CPU, limit %.0f ms\n", slowest, kLimitOrganMs);
  return slowest <= kLimitOrganMs;
}

void registerBenchmarks(const Pair& shifted, const Pair& mirrored, const Pair& stroked) {
  const auto add = [](const char* name, const Pair& pair) {
    benchmark::RegisterBenchmark(name, [&pair](benchmark::State& state) {
      for (auto _ : state) {
        benchmark::DoNotOptimize(
            compare(pair.truth, pair.prediction, pair.geometry.spacing, wordOrgans(), peerOptions()));
      }
    })->Unit(benchmark::kMillisecond);
  };
  add("compare/shifted", shifted);
  add("compare/mirrored", mirrored);
  benchmark::RegisterBenchmark("compare/intestine after a stroke", [&stroked](benchmark::State& state) {
    const std::vector<Label> organ = {kIntestine};
    for (auto _ : state)
      benchmark::DoNotOptimize(
          compare(stroked.truth, stroked.prediction, stroked.geometry.spacing, organ, peerOptions()));
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("countOverlap/shifted", [&shifted](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(countOverlap(shifted.truth, shifted.prediction));
  })->Unit(benchmark::kMillisecond);
}

int run(int argc, char** argv) {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  if (!peerHas("scipy.ndimage")) return std::puts("the peer needs python3-scipy"), kNotAvailable;
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const Pair shifted{image.geometry, image.labels, shiftedMap(image.labels, {2, 0, 1})};
  const Pair mirrored{image.geometry, image.labels, mirroredMap(image.labels)};
  bool good = agreesWithPeer("shifted", shifted, "crop", wordOrgans());
  good = agreesWithPeer("mirrored", mirrored, "crop", wordOrgans()) && good;
  good = beatsPeer(shifted) && good;
  good = organsWithinLimit(image) && good;
  const Pair intestine{image.geometry, image.labels, stroked(image, kIntestine)};
  registerBenchmarks(shifted, mirrored, intestine);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return good ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) { return recontour::bench::run(argc, argv); }
