#pragma once
#include <array>
#include <tuple>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Which labels to look at, by number.
using LabelSet = std::array<bool, 256>;
/// Voxels by label, each list by rising z, then y, then x.
using VoxelLists = std::array<std::vector<Index3>, 256>;

/// The order of VoxelLists.
inline bool comesBefore(const Index3& a, const Index3& b) { return std::tie(a.z, a.y, a.x) < std::tie(b.z, b.y, b.x); }

/// Boundary voxels of several labels in one pass: voxels with a 6-neighbour of another label, or at the image edge.
///
/// @param box     must hold every voxel of the wanted labels; smaller is faster
/// @param wanted  labels to list; 0 is never listed
VoxelLists boundaryVoxels(const LabelMap& map, const Box& box, const LabelSet& wanted);

}  // namespace recontour
