#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "core/image/case.h"

namespace recontour {

/// 12 x 12 x 6 voxels of 2 x 2 x 5 mm, HU = z.
inline Case smallCase() {
  Case result;
  result.name = "small";
  result.geometry.size = {12, 12, 6};
  result.geometry.spacing = {2, 2, 5};
  std::vector<std::int16_t> voxels(12 * 12 * 6);
  for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = static_cast<std::int16_t>(i / 144);
  result.volume = Volume(result.geometry.size, std::move(voxels));
  result.imageHash = imageHash(result.geometry, result.volume);
  return result;
}

}  // namespace recontour
