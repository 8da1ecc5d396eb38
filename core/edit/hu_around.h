#pragma once
#include <optional>

#include "core/edit/write_filter.h"

namespace recontour {

/// The HU that two standard deviations about the mean hold, of the voxels within `radiusMm` of a point (a ball),
/// rounded outwards to whole HU. None where no voxel lies there.
std::optional<HuRange> huAround(const Volume& volume, const Geometry& geometry, const Point3& world, double radiusMm);

}  // namespace recontour
