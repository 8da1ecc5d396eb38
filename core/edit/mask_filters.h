#pragma once
// Private to core/edit: what ITK does to masks, so that its headers stay in one file. Arrays are x fastest.
#include <vector>

#include "core/edit/operation.h"
#include "core/image/geometry.h"

namespace recontour {

/// Distance in mm of each voxel from the nearest voxel of the mask, centre to centre, exact; 0 in the mask. `mask` must
/// have a voxel. A flat array (z of 1) is measured in its plane. @throws Error
std::vector<float> distanceMm(const std::vector<bool>& mask, const Size3& size, const Point3& spacing,
                              const OperationProgress& progress = {});

/// The mask as 0 and 1, convolved with a Gaussian; what lies beyond the array is as its border. @throws Error
std::vector<float> blurred(const std::vector<bool>& mask, const Size3& size, const Point3& spacing, double sigmaMm,
                           const OperationProgress& progress = {});

/// Each voxel as most of those within `radiusMm` along the axes (a box of whole voxels, at least one along the finest
/// axis); what lies beyond the array is as its border. @throws Error
std::vector<bool> median(const std::vector<bool>& mask, const Size3& size, const Point3& spacing, double radiusMm,
                         const OperationProgress& progress = {});

}  // namespace recontour
