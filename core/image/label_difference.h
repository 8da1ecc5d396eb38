#pragma once
#include <array>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// What labelDifference() says of a voxel.
inline constexpr Label kAddedVoxel = 1;       ///< an organ now, background before
inline constexpr Label kRemovedVoxel = 2;     ///< background now, an organ before
inline constexpr Label kRelabelledVoxel = 3;  ///< another organ than before

/// Where `now` differs from `before`, two maps of one grid; 0 where they agree. Bricks that both share are not looked
/// into. Any thread. @throws nothing; a map without a grid counts as background
LabelMap labelDifference(const LabelMap& before, const LabelMap& now);

/// By array axis: whether something is on a slice; as long as the grid, or empty where nothing is known.
using SlicesByAxis = std::array<std::vector<bool>, 3>;

/// On which slices the two maps differ.
SlicesByAxis differingSlices(const LabelMap& before, const LabelMap& now);

}  // namespace recontour
