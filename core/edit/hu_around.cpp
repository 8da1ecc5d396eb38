#include "core/edit/hu_around.h"

#include <cmath>

namespace recontour {

std::optional<HuRange> huAround(const Volume& volume, const Geometry& geometry, const Point3& world, double radiusMm) {
  const Index3 middle = geometry.nearestVoxel(world);
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    const int reach = static_cast<int>(std::ceil(radiusMm / geometry.spacing[axis]));
    box.lower[axis] = middle[axis] - reach;
    box.upper[axis] = middle[axis] + reach + 1;
  }
  box = intersect(box, geometry.box());
  double sum = 0, squares = 0, count = 0;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x) {
        const Index3 at{x, y, z};
        if (!(at == middle) && length(geometry.toWorld(at) - world) > radiusMm) continue;
        const double hu = volume.at(at);
        sum += hu;
        squares += hu * hu;
        ++count;
      }
    }
  }
  if (count == 0) return std::nullopt;
  const double mean = sum / count, deviation = std::sqrt(std::max(0.0, squares / count - mean * mean));
  return HuRange{std::floor(mean - 2 * deviation), std::ceil(mean + 2 * deviation)};
}

}  // namespace recontour
