#pragma once
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

/// `labels` of grid `from` on grid `to`: each voxel takes the label of the voxel that its centre lies in, background
/// outside.
LabelMap resampleLabels(const LabelMap& labels, const Geometry& from, const Geometry& to);

/// A CT of grid `from` on grid `to`, interpolated between the eight nearest voxels; kOutsideHu outside.
Volume resampleVolume(const Volume& volume, const Geometry& from, const Geometry& to);

/// What resampling did to one label.
struct ResamplingLoss {
  Label label = 0;
  double beforeMl = 0, afterMl = 0;
  double dsc = 0;  ///< of the label with itself, there and back again, on the grid it came from
};
/// For each label of `labels`, rising. @param resampled  resampleLabels() of them
std::vector<ResamplingLoss> resamplingLoss(const LabelMap& labels, const Geometry& from, const LabelMap& resampled,
                                           const Geometry& to);
/// A label map and what a voxel of it holds.
struct LabelsWithVoxel {
  const LabelMap& labels;
  double voxelMl;
};
/// The same by the label map that came back to the first one's grid.
std::vector<ResamplingLoss> lossesOf(const LabelsWithVoxel& first, const LabelsWithVoxel& second, const LabelMap& back);

}  // namespace recontour
