#pragma once
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// The distance in mm of each voxel of `from` to the nearest one of `to`, exact, in the order of `from`.
/// @param from, to   by rising z, then y, then x; `to` not empty
std::vector<double> distancesMm(const std::vector<Index3>& from, const std::vector<Index3>& to,
                                const Point3& spacingMm);

}  // namespace recontour
