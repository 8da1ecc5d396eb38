#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Which of the two maps lacks the organ.
enum class Empty { None, Truth, Prediction, Both };
std::string_view emptyName(Empty empty);  ///< "none", "truth", "prediction", "both"

/// Whose rules hold where a map lacks the organ. `Word`: dsc 0 and hd95 50 mm where either map lacks it, also where
/// both do, as WORD's published script has it.
enum class Profile { Word };

/// What to compute. Volumes and voxel counts always are.
struct MetricSet {
  bool dsc = true;
  bool hd95 = true;
  bool hd100 = false;
};

/// Agreement of one organ. A metric that was not asked for, or that the profile leaves undefined, is empty.
struct OrganMetrics {
  Label label = 0;
  std::int64_t voxelsTruth = 0, voxelsPrediction = 0;
  Empty empty = Empty::Both;
  std::optional<double> dsc{};            ///< 0 (disjoint) to 1 (identical)
  std::optional<double> hd95{}, hd100{};  ///< mm, symmetric, see compare()
  double volumeTruthMl = 0, volumePredictionMl = 0;
};

/// Compares organs of two label maps on one grid.
///
/// Distances run between centres of boundary voxels: organ voxels with a 6-neighbour that is not of the organ, or at
/// the image edge. Each boundary voxel of either map gives its exact Euclidean distance to the nearest one of the
/// other; both directions are pooled. hd95 is the 95th percentile of that pool (linear interpolation), hd100 its
/// maximum. This is the Hausdorff distance of WORD's word_metrics_computing.py; others take the larger of two
/// directed percentiles, or weigh by surface area, and give other values.
///
/// @param truth, prediction  label maps of equal size
/// @param spacingMm          voxel spacing along x, y, z, > 0
/// @param organs             labels to compare, 1..255, in the order of the result
/// @throws Error when the sizes differ
std::vector<OrganMetrics> compare(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm,
                                  std::span<const Label> organs, const MetricSet& metrics = {},
                                  Profile profile = Profile::Word);

}  // namespace recontour
