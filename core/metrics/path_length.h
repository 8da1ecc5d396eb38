#pragma once
#include <cstdint>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// What has to be drawn to turn an initial contour into the final one, slice by slice, in voxels of the final contour.
struct PathLength {
  std::int64_t contour = 0;       ///< of the final contour as a whole
  std::int64_t added = 0;         ///< that are not on the initial contour
  std::int64_t addedBeyond1 = 0;  ///< that are not within one voxel of it, diagonals apart
  std::int64_t addedOutside = 0;  ///< of `added`: outside the initial organ, so that it lacked them
};

/// Added path length (F. Vaassen et al., Phys Imaging Radiat Oncol 13, 2020, pp. 1-6). A contour voxel of a slice has
/// one of its four neighbours in the slice outside the organ, or lies at the image edge.
/// @param final, initial                  maps of equal size
/// @param finalBoundary, initialBoundary  boundaryVoxels() of the organ in them
/// @param sliceAxis                       array axis across the slices that contours are drawn on
PathLength pathLength(const LabelMap& final, const LabelMap& initial, const std::vector<Index3>& finalBoundary,
                      const std::vector<Index3>& initialBoundary, Label organ, int sliceAxis);

}  // namespace recontour
