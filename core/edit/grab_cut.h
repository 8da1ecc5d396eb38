#pragma once
// Private to core/edit: GrabCut of OpenCV on a part of one slice.
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/volume.h"

namespace recontour {

enum class CutMark : std::uint8_t { Background = 0, Organ = 1, LikelyBackground = 2, LikelyOrgan = 3 };

/// GrabCut (Rother 2004) on the soft tissue window of a part of one slice.
/// @param box    one voxel thick along `sliceAxis`; @param marks  one per voxel of it, x fastest
/// @return       the same voxels: true where the organ is. `marks` as they are where organ or background has none.
/// @throws Error from OpenCV
std::vector<bool> grabCut(const Volume& volume, const Box& box, int sliceAxis, const std::vector<CutMark>& marks);

}  // namespace recontour
