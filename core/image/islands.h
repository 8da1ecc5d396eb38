#pragma once
#include <cstdint>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Voxels of each connected part of an organ, largest first; voxels are connected by faces. Reads only the organ's box.
std::vector<std::int64_t> islandSizes(const LabelMap& labels, Label organ);

}  // namespace recontour
