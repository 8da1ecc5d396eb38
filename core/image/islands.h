#pragma once
#include <cstdint>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Voxels of each connected part of an organ, largest first; voxels are connected by faces.
/// @param box  holds all of the organ, such as a copy of its bounding box
std::vector<std::int64_t> islandSizes(const DenseBox& box, Label organ);

}  // namespace recontour
