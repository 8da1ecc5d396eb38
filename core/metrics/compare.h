#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Which of the two maps lacks the organ.
enum class Empty { None, Truth, Prediction, Both };
std::string_view emptyName(Empty empty);  ///< "none", "truth", "prediction", "both"

/// Whose rules hold where a map lacks the organ; what a rule does not name is then undefined (empty).
/// - Word: dsc 0 and hd95 50 mm where either map lacks it, also where both do, as WORD's published script has it
/// - MedPy: dsc 1 where both lack it, 0 where one does; distances are errors there, so undefined
/// - NnUNet: dsc undefined where both lack it, 0 where one does
/// - Flare22: dsc and nsd 1 where both lack it, 0 where one does
enum class Profile { Word, MedPy, NnUNet, Flare22 };
/// "word", "medpy", "nnunet", "flare22"; none for another name.
std::optional<Profile> profileNamed(std::string_view name);

/// What to compute. Volumes and voxel counts always are.
struct MetricSet {
  bool dsc = true;
  bool hd95 = true;
  bool hd100 = false;
  bool assd = false;
  bool nsd = false;
  bool path = false;
  bool distances() const { return hd95 || hd100 || assd; }
};

/// How far apart surfaces may lie and still agree, in mm: one figure, or one an organ.
struct Tolerance {
  double mm = 3;
  std::map<Label, double> organs = {};  ///< in its place
  double of(Label organ) const {
    const auto own = organs.find(organ);
    return own == organs.end() ? mm : own->second;
  }
};

struct CompareOptions {
  MetricSet metrics = {};
  Profile profile = Profile::Word;
  std::vector<Tolerance> tolerances = {Tolerance{}};  ///< of nsd
  int sliceAxis = 2;  ///< array axis across the patient's axial slices; of the added path length
  int threads = 1;    ///< over organs; results do not depend on it
};

/// Added path length from the prediction to the truth, see pathLength().
struct PathMetrics {
  std::int64_t voxels = 0;         ///< contour voxels of the truth that are not on the prediction's contour
  std::int64_t voxelsBeyond1 = 0;  ///< of these, not within one voxel of it
  double mm = 0, mmBeyond1 = 0;    ///< times the voxel spacing in the slice
  double mmOutside = 0;            ///< of `mm`: outside the prediction ("false negative path length")
  std::optional<double> relative;  ///< voxels / contour voxels of the truth
};

/// Agreement of one organ. A metric that was not asked for, or that the profile leaves undefined, is empty.
struct OrganMetrics {
  Label label = 0;
  std::int64_t voxelsTruth = 0, voxelsPrediction = 0;
  Empty empty = Empty::Both;
  std::optional<double> dsc{};            ///< 0 (disjoint) to 1 (identical)
  std::optional<double> hd95{}, hd100{};  ///< mm, symmetric, see compare()
  std::optional<double> assdMm{};
  std::vector<std::optional<double>> nsd{};  ///< 0..1, one a tolerance
  std::optional<PathMetrics> path{};
  double volumeTruthMl = 0, volumePredictionMl = 0;
};

/// Compares organs of two label maps on one grid.
///
/// hd95, hd100, assd: distances run between centres of boundary voxels, that is organ voxels with a 6-neighbour that is
/// not of the organ, or at the image edge. Each boundary voxel of either map gives its exact Euclidean distance to the
/// nearest one of the other. Both directions are pooled: hd95 is the 95th percentile of that pool (linear
/// interpolation), hd100 its maximum, as in WORD's word_metrics_computing.py; others take the larger of two directed
/// percentiles, or weigh by surface area, and give other values. assd is the mean of the two directed means, as in
/// MedPy; the mean of the pool differs where one surface is larger.
///
/// nsd (surface DSC): the part of both surfaces, by area, that lies within a tolerance of the other one; see
/// surfaceCells(). path: see pathLength(); the truth is what is drawn in the end, the
/// prediction what it starts from; undefined where the truth lacks the organ.
///
/// @param truth, prediction  label maps of equal size
/// @param spacingMm          voxel spacing along x, y, z, > 0
/// @param organs             labels to compare, 1..255, in the order of the result
/// @throws Error when the sizes differ
std::vector<OrganMetrics> compare(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm,
                                  std::span<const Label> organs, const CompareOptions& options = {});

}  // namespace recontour
