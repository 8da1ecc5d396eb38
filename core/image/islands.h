#pragma once
#include <cstdint>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// A connected part of an organ.
struct Island {
  std::int64_t voxels = 0;
  Index3 place;  ///< one of its voxels, in the box: the middle of its longest row
};

/// The connected parts of an organ, largest first; voxels are connected by faces.
/// @param box  holds all of the organ, such as a copy of its bounding box
std::vector<Island> islandsOf(const DenseBox& box, Label organ);
/// For each voxel of the box the place of its part in islandsOf(), from 1 on; 0 where the organ is not.
std::vector<int> islandNumbers(const DenseBox& box, Label organ);

}  // namespace recontour
