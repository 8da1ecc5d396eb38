#pragma once
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

/// How many steps along the axes each voxel lies inside its organ: 1 at the surface, `deepest` at most; 0 where no
/// organ is. The grid's border is no surface: organs go on beyond it.
std::vector<std::uint8_t> organDepths(const Size3& size, const std::vector<Label>& labels, int deepest);

}  // namespace recontour
