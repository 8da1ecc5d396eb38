#include "core/metrics/compare.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/metrics/boundary.h"
#include "core/metrics/overlap.h"
#include "core/metrics/path_length.h"
#include "core/metrics/percentile.h"
#include "core/metrics/surface_cells.h"
#include "core/metrics/surface_distance.h"

namespace recontour {
namespace {

constexpr double kWordEmptyHd95Mm = 50.0;
constexpr std::array<std::string_view, 4> kProfiles = {"word", "medpy", "nnunet", "flare22"};

Empty emptyOf(const LabelOverlap& overlap) {
  if (overlap.inA == 0) return overlap.inB == 0 ? Empty::Both : Empty::Truth;
  return overlap.inB == 0 ? Empty::Prediction : Empty::None;
}

OrganMetrics countsOf(Label label, const LabelOverlap& overlap, double voxelMl) {
  OrganMetrics organ{.label = label, .voxelsTruth = overlap.inA, .voxelsPrediction = overlap.inB};
  organ.empty = emptyOf(overlap);
  organ.volumeTruthMl = static_cast<double>(overlap.inA) * voxelMl;
  organ.volumePredictionMl = static_cast<double>(overlap.inB) * voxelMl;
  return organ;
}

void applyEmptyRule(const CompareOptions& options, OrganMetrics& organ) {
  const MetricSet& wanted = options.metrics;
  const double bothOrOne = organ.empty == Empty::Both ? 1.0 : 0.0;
  if (wanted.nsd) organ.nsd.resize(options.tolerances.size());
  switch (options.profile) {
    case Profile::Word:
      if (wanted.dsc) organ.dsc = 0.0;
      if (wanted.hd95) organ.hd95 = kWordEmptyHd95Mm;
      return;
    case Profile::MedPy:
      if (wanted.dsc) organ.dsc = bothOrOne;
      return;
    case Profile::NnUNet:
      if (wanted.dsc && organ.empty != Empty::Both) organ.dsc = 0.0;
      return;
    case Profile::Flare22:
      if (wanted.dsc) organ.dsc = bothOrOne;
      for (auto& value : organ.nsd) value = bothOrOne;
  }
}

double meanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Two maps and what is extracted of them for all organs at once.
class Comparison {
 public:
  Comparison(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm, const CompareOptions& options)
      : truth_(truth), prediction_(prediction), spacingMm_(spacingMm), options_(options) {}

  void extract(const Box& box, const LabelSet& organs) {
    const MetricSet& wanted = options_.metrics;
    if (wanted.distances() || wanted.path) {
      truthBoundary_ = boundaryVoxels(truth_, box, organs);
      predictionBoundary_ = boundaryVoxels(prediction_, box, organs);
    }
    if (!wanted.nsd) return;
    areas_ = surfaceAreas(spacingMm_);
    truthCells_ = surfaceCells(truth_, box, organs);
    predictionCells_ = surfaceCells(prediction_, box, organs);
  }

  /// The path wants the truth alone, all else both maps. Safe to call for several organs at once.
  void measure(OrganMetrics& organ) const {
    if (options_.metrics.path && organ.voxelsTruth > 0) measurePath(organ);
    if (organ.empty != Empty::None) return;
    if (options_.metrics.distances()) measureDistances(organ);
    if (options_.metrics.nsd) measureSurfaces(organ);
  }

 private:
  void measureDistances(OrganMetrics& organ) const {
    const auto &truth = truthBoundary_[organ.label], &prediction = predictionBoundary_[organ.label];
    std::vector<double> pool = distancesMm(prediction, truth, spacingMm_);
    const std::vector<double> back = distancesMm(truth, prediction, spacingMm_);
    if (options_.metrics.assd) organ.assdMm = (meanOf(pool) + meanOf(back)) / 2;
    pool.insert(pool.end(), back.begin(), back.end());
    if (options_.metrics.hd95) organ.hd95 = percentile(pool, 95);
    if (options_.metrics.hd100) organ.hd100 = *std::max_element(pool.begin(), pool.end());
  }

  /// Adds the area of all cells to `whole`, of those within each tolerance to `near`.
  void addAreas(const SurfaceCells& from, const SurfaceCells& to, Label organ, double& whole,
                std::vector<double>& near) const {
    const std::vector<double> distances = distancesMm(from.cells, to.cells, spacingMm_);
    for (std::size_t i = 0; i < distances.size(); ++i) {
      const double area = areas_[from.codes[i]];
      whole += area;
      for (std::size_t t = 0; t < near.size(); ++t) {
        if (distances[i] <= options_.tolerances[t].of(organ)) near[t] += area;
      }
    }
  }

  void measureSurfaces(OrganMetrics& organ) const {
    double whole = 0;
    std::vector<double> near(options_.tolerances.size(), 0.0);
    const auto &truth = truthCells_[organ.label], &prediction = predictionCells_[organ.label];
    addAreas(truth, prediction, organ.label, whole, near);
    addAreas(prediction, truth, organ.label, whole, near);
    for (const double area : near) organ.nsd.emplace_back(area / whole);
  }

  void measurePath(OrganMetrics& organ) const {
    const PathLength path = pathLength(truth_, prediction_, truthBoundary_[organ.label],
                                       predictionBoundary_[organ.label], organ.label, options_.sliceAxis);
    const Point3& s = spacingMm_;
    const double mm = (s.x + s.y + s.z - s[options_.sliceAxis]) / 2;  // in the slice
    const auto lengthMm = [mm](std::int64_t voxels) { return static_cast<double>(voxels) * mm; };
    PathMetrics metrics{.voxels = path.added, .voxelsBeyond1 = path.addedBeyond1, .relative = std::nullopt};
    metrics.mm = lengthMm(path.added);
    metrics.mmBeyond1 = lengthMm(path.addedBeyond1);
    metrics.mmOutside = lengthMm(path.addedOutside);
    if (path.contour > 0) metrics.relative = static_cast<double>(path.added) / static_cast<double>(path.contour);
    organ.path = metrics;
  }

  const LabelMap &truth_, &prediction_;
  Point3 spacingMm_;
  const CompareOptions& options_;
  VoxelLists truthBoundary_, predictionBoundary_;
  SurfaceCellLists truthCells_, predictionCells_;
  std::array<double, 256> areas_{};
};

void measureAll(const Comparison& comparison, std::vector<OrganMetrics>& organs, int threads) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < organs.size(); i = next++) comparison.measure(organs[i]);
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
}

}  // namespace

std::string_view emptyName(Empty empty) {
  switch (empty) {
    case Empty::None:
      return "none";
    case Empty::Truth:
      return "truth";
    case Empty::Prediction:
      return "prediction";
    case Empty::Both:
      break;
  }
  return "both";
}

std::optional<Profile> profileNamed(std::string_view name) {
  const auto found = std::ranges::find(kProfiles, name);
  if (found == kProfiles.end()) return std::nullopt;
  return static_cast<Profile>(found - kProfiles.begin());
}

std::vector<OrganMetrics> compare(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm,
                                  std::span<const Label> organs, const CompareOptions& options) {
  const OverlapCounts counts = countOverlap(truth, prediction);
  const double voxelMl = spacingMm.x * spacingMm.y * spacingMm.z / 1000.0;
  std::vector<OrganMetrics> result;
  LabelSet present{};
  Box box;
  for (const Label label : organs) {
    OrganMetrics organ = countsOf(label, counts[label], voxelMl);
    if (organ.empty == Empty::None && options.metrics.dsc) organ.dsc = dice(counts[label]);
    if (organ.empty != Empty::None) applyEmptyRule(options, organ);
    if (organ.empty == Empty::None || (options.metrics.path && organ.voxelsTruth > 0)) {
      present[label] = true;
      box = unite(box, counts[label].box);
    }
    result.push_back(std::move(organ));
  }
  Comparison comparison(truth, prediction, spacingMm, options);
  comparison.extract(box, present);
  measureAll(comparison, result, options.threads);
  return result;
}

}  // namespace recontour
