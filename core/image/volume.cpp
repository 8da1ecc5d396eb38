#include "core/image/volume.h"

#include <cassert>
#include <utility>

namespace recontour {

Volume::Volume(const Size3& size, std::vector<std::int16_t> voxels)
    : size_(size), voxels_(std::make_shared<const std::vector<std::int16_t>>(std::move(voxels))) {
  assert(voxels_->size() == voxelCount(size));
}

}  // namespace recontour
