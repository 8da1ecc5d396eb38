// DSC and HD95 of word_0014 against its shift and its mirror image, beside scipy. Values are compared first; a
// difference, or more than the limit for the whole map, is a failure.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>

#include <benchmark/benchmark.h>

#include "core/io/label_file.h"
#include "core/metrics/compare.h"
#include "core/metrics/overlap.h"
#include "tests/bench/peer.h"
#include "tests/core/metrics/label_maps.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr double kLimitSeconds = 1.5;   // whole map against its shift, one core
constexpr double kToleranceMm = 1e-12;  // scipy may pick another of several equally near voxels: the last digit

struct Pair {
  Geometry geometry;
  LabelMap truth, prediction;
};

struct PeerResult {
  int label = 0;
  double dsc = 0, hd95 = 0, seconds = 0;
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

void writeRaw(const std::filesystem::path& file, const LabelMap& map) {
  const std::vector<Label> labels = map.toDense();
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(labels.data()), static_cast<std::streamsize>(labels.size()));
}

std::vector<PeerResult> peerResults(const Pair& pair, const char* extent, const std::vector<Label>& organs) {
  const TemporaryFolder folder;
  writeRaw(folder.path() / "truth", pair.truth);
  writeRaw(folder.path() / "prediction", pair.prediction);
  std::vector<std::string> arguments = {folder.path() / "truth", folder.path() / "prediction"};
  for (int axis = 0; axis < 3; ++axis) arguments.push_back(std::to_string(pair.geometry.size[axis]));
  for (int axis = 0; axis < 3; ++axis) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", pair.geometry.spacing[axis]);
    arguments.push_back(text);
  }
  arguments.push_back(extent);
  for (const Label label : organs) arguments.push_back(std::to_string(label));
  std::vector<PeerResult> results;
  for (const std::string& line : runPeer("metrics_peer.py", arguments)) {
    PeerResult r;
    if (std::sscanf(line.c_str(), "%d %lf %lf %lf", &r.label, &r.dsc, &r.hd95, &r.seconds) == 4) results.push_back(r);
  }
  return results;
}

double cpuSeconds(const Pair& pair, const std::vector<Label>& organs, std::vector<OrganMetrics>& result) {
  const std::clock_t start = std::clock();
  result = compare(pair.truth, pair.prediction, pair.geometry.spacing, organs);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// True when every organ has the peer's values; prints the ratio of times only then.
bool agreesWithPeer(const char* what, const Pair& pair, const char* extent, const std::vector<Label>& organs) {
  std::vector<OrganMetrics> ours;
  double seconds = HUGE_VAL, peerSeconds = 0, largest = 0;
  for (int round = 0; round < 3; ++round) seconds = std::min(seconds, cpuSeconds(pair, organs, ours));
  const std::vector<PeerResult> peers = peerResults(pair, extent, organs);
  if (peers.size() != ours.size()) return std::printf("%s: the peer failed\n", what), false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    largest = std::max({largest, std::abs(*ours[i].dsc - peers[i].dsc), std::abs(*ours[i].hd95 - peers[i].hd95)});
    peerSeconds += peers[i].seconds;
  }
  const bool equal = largest <= kToleranceMm;
  std::printf("%s, %zu organs: largest difference %.3g%s\n", what, ours.size(), largest, equal ? "" : ": TOO LARGE");
  if (!equal) return false;
  std::printf("  ours %.3f s CPU, scipy (%s) %.2f s CPU: %.0fx\n", seconds, extent, peerSeconds, peerSeconds / seconds);
  return true;
}

bool withinLimit(const Pair& pair) {
  std::vector<OrganMetrics> ours;
  const double seconds = cpuSeconds(pair, wordOrgans(), ours);
  std::printf("whole map against its shift: %.3f s CPU, limit %.1f s\n", seconds, kLimitSeconds);
  return seconds <= kLimitSeconds;
}

void registerBenchmarks(const Pair& shifted, const Pair& mirrored) {
  const auto add = [](const char* name, const Pair& pair) {
    benchmark::RegisterBenchmark(name, [&pair](benchmark::State& state) {
      for (auto _ : state) {
        benchmark::DoNotOptimize(compare(pair.truth, pair.prediction, pair.geometry.spacing, wordOrgans()));
      }
    })->Unit(benchmark::kMillisecond);
  };
  add("compare/shifted", shifted);
  add("compare/mirrored", mirrored);
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
  good = agreesWithPeer("shifted rectum", shifted, "full", {13}) && good;
  good = withinLimit(shifted) && good;
  registerBenchmarks(shifted, mirrored);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return good ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) { return recontour::bench::run(argc, argv); }
