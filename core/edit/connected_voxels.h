#pragma once
// Private to core/edit: growth by faces from one voxel.
#include <functional>
#include <vector>

#include "core/edit/edit_transaction.h"

namespace recontour {

/// The voxels of `box` that `holds` and that are connected with `seed` by faces; the seed comes first. Empty where the
/// seed is not one of them. @param most  growth ends once so many are found
std::vector<Index3> connectedVoxels(const Index3& seed, const Box& box, std::size_t most,
                                    const std::function<bool(const Index3&)>& holds);
/// Labels voxels one by one. @return the box that really changed
Box paintVoxels(const std::vector<Index3>& voxels, Label label, EditTransaction& edit);

}  // namespace recontour
