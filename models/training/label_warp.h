#pragma once
#include <cstdint>

#include "core/image/label_map.h"

namespace recontour {

/// Another person's organs: scaled by .88..1.2 along each axis, turned a little (SD 3 degrees about x and y; 1
/// about z, as patches turn with the whole body), bent by a smooth displacement of two scales (up to 1.6 voxels), some
/// organs swollen or shrunk. Left stays left.
/// @return  the organs with room for a body around them in-plane; along z no further than the map goes, as nothing is
///          known of what lies there
/// @throws Error when there is no organ or a number above 16
DenseBox warpLabels(const LabelMap& labels, std::uint64_t seed);

}  // namespace recontour
