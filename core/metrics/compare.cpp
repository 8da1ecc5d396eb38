#include "core/metrics/compare.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/metrics/boundary.h"
#include "core/metrics/nearest_voxel.h"
#include "core/metrics/overlap.h"
#include "core/metrics/percentile.h"

namespace recontour {
namespace {

constexpr double kWordEmptyHd95Mm = 50.0;

Empty emptyOf(const LabelOverlap& overlap) {
  if (overlap.inA == 0) return overlap.inB == 0 ? Empty::Both : Empty::Truth;
  return overlap.inB == 0 ? Empty::Prediction : Empty::None;
}

bool before(const Index3& a, const Index3& b) { return std::tie(a.z, a.y, a.x) < std::tie(b.z, b.y, b.x); }

/// Appends the squared distance of each voxel of `from` to the nearest one of `to`. Voxels in both lists, most of them
/// after a small revision, need no search.
void appendSquaredDistances(const std::vector<Index3>& from, const std::vector<Index3>& to, const Point3& spacingMm,
                            std::vector<double>& squaredMm) {
  const NearestVoxel nearest(to, spacingMm);
  std::size_t hint = 0;
  auto twin = to.begin();
  for (const Index3& voxel : from) {
    while (twin != to.end() && before(*twin, voxel)) ++twin;
    const bool shared = twin != to.end() && *twin == voxel;
    squaredMm.push_back(shared ? 0.0 : nearest.squaredDistance(voxel, hint));
  }
}

void measureDistances(const std::vector<Index3>& truth, const std::vector<Index3>& prediction, const Point3& spacingMm,
                      const MetricSet& wanted, OrganMetrics& organ) {
  std::vector<double> distances;
  distances.reserve(truth.size() + prediction.size());
  appendSquaredDistances(prediction, truth, spacingMm, distances);
  appendSquaredDistances(truth, prediction, spacingMm, distances);
  for (double& distance : distances) distance = std::sqrt(distance);
  if (wanted.hd95) organ.hd95 = percentile(distances, 95);
  if (wanted.hd100) organ.hd100 = *std::max_element(distances.begin(), distances.end());
}

OrganMetrics countsOf(Label label, const LabelOverlap& overlap, double voxelMl) {
  OrganMetrics organ{.label = label, .voxelsTruth = overlap.inA, .voxelsPrediction = overlap.inB};
  organ.empty = emptyOf(overlap);
  organ.volumeTruthMl = static_cast<double>(overlap.inA) * voxelMl;
  organ.volumePredictionMl = static_cast<double>(overlap.inB) * voxelMl;
  return organ;
}

void applyEmptyRule(Profile profile, const MetricSet& wanted, OrganMetrics& organ) {
  switch (profile) {
    case Profile::Word:
      if (wanted.dsc) organ.dsc = 0.0;
      if (wanted.hd95) organ.hd95 = kWordEmptyHd95Mm;
  }
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

std::vector<OrganMetrics> compare(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm,
                                  std::span<const Label> organs, const MetricSet& metrics, Profile profile) {
  const OverlapCounts counts = countOverlap(truth, prediction);
  const double voxelMl = spacingMm.x * spacingMm.y * spacingMm.z / 1000.0;
  std::vector<OrganMetrics> result;
  LabelSet measured{};
  Box box;
  for (const Label label : organs) {
    result.push_back(countsOf(label, counts[label], voxelMl));
    if (result.back().empty != Empty::None) continue;
    measured[label] = true;
    box = unite(box, counts[label].box);
  }
  const bool distances = metrics.hd95 || metrics.hd100;
  const VoxelLists truthBoundary = distances ? boundaryVoxels(truth, box, measured) : VoxelLists{};
  const VoxelLists predictionBoundary = distances ? boundaryVoxels(prediction, box, measured) : VoxelLists{};
  for (OrganMetrics& organ : result) {
    if (organ.empty != Empty::None) {
      applyEmptyRule(profile, metrics, organ);
      continue;
    }
    if (metrics.dsc) organ.dsc = dice(counts[organ.label]);
    if (!distances) continue;
    measureDistances(truthBoundary[organ.label], predictionBoundary[organ.label], spacingMm, metrics, organ);
  }
  return result;
}

}  // namespace recontour
