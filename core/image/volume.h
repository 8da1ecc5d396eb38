#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// CT numbers in HU, int16, (x, y, z), x fastest. A shared, immutable value: copies cost a pointer and may be read
/// from any thread.
class Volume {
 public:
  Volume() = default;
  /// @param voxels  exactly voxelCount(size) values
  Volume(const Size3& size, std::vector<std::int16_t> voxels);

  const Size3& size() const { return size_; }
  bool empty() const { return !voxels_; }
  std::int16_t at(const Index3& index) const { return (*voxels_)[offset(index)]; }
  std::span<const std::int16_t> voxels() const {
    return voxels_ ? std::span(*voxels_) : std::span<const std::int16_t>();
  }
  std::size_t offset(const Index3& index) const {
    return (static_cast<std::size_t>(index.z) * static_cast<std::size_t>(size_.y) + static_cast<std::size_t>(index.y)) *
               static_cast<std::size_t>(size_.x) +
           static_cast<std::size_t>(index.x);
  }

 private:
  Size3 size_;
  std::shared_ptr<const std::vector<std::int16_t>> voxels_;
};

}  // namespace recontour
