#pragma once
#include <array>
#include <cstdint>

#include "core/image/label_map.h"
#include "models/training/word_organs.h"

namespace recontour {

/// Where an organ lies, in voxels.
struct OrganPlace {
  std::int64_t voxels = 0;
  Point3 centroid;
  Box box;
  bool there() const { return voxels > 0; }
};
/// By label.
using OrganPlaces = std::array<OrganPlace, word::kLast + 1>;

/// Of the organs 1..16.
OrganPlaces placesOf(const DenseBox& labels);

inline std::size_t offsetIn(const Size3& size, const Index3& at) {
  return (static_cast<std::size_t>(at.z) * static_cast<std::size_t>(size.y) + static_cast<std::size_t>(at.y)) *
             static_cast<std::size_t>(size.x) +
         static_cast<std::size_t>(at.x);
}

}  // namespace recontour
