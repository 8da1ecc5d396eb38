#pragma once
#include <array>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "models/engine/sliding_window.h"

namespace recontour {

/// The channel with the largest logit at every voxel, the lower one on ties.
std::vector<Label> bestChannels(const Logits& logits, int threads);

/// Labels on the CT's own grid: for every voxel the channel with the largest trilinearly interpolated logit (the lower
/// channel on ties), which is found without interpolating where all eight corners agree: there the common channel wins,
/// since the weights are not negative. Any two grids, oblique ones too. Voxels up to one grid voxel beyond the
/// outermost centres take the border's logits; farther ones are background. Source of the idea: the convexity of
/// trilinear interpolation.
///
/// @param labelOf  label of each channel
/// @return         voxelCount(ct.size) labels, x fastest
std::vector<Label> projectLabels(const Logits& logits, const Geometry& grid, const Geometry& ct,
                                 const std::array<Label, 256>& labelOf, int threads);

/// The same by interpolating every channel at every voxel: slow, the measure for projectLabels.
std::vector<Label> projectLabelsDirectly(const Logits& logits, const Geometry& grid, const Geometry& ct,
                                         const std::array<Label, 256>& labelOf);

}  // namespace recontour
