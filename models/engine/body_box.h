#pragma once
#include <span>

#include "core/image/geometry.h"

namespace recontour {

/// Bounding box of the largest 6-connected part above -300 HU; the whole grid when there is none.
/// @param hu  voxelCount(size) values, x fastest
Box bodyBox(std::span<const float> hu, const Size3& size);

}  // namespace recontour
