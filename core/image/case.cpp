#include "core/image/case.h"

#include <array>
#include <bit>
#include <span>

#include "core/base/sha256.h"

namespace recontour {

static_assert(std::endian::native == std::endian::little, "hashes and raw volumes are little endian");

std::string imageHash(const Geometry& geometry, const Volume& volume) {
  Sha256 hash;
  const std::array<std::int32_t, 3> size = {geometry.size.x, geometry.size.y, geometry.size.z};
  hash.update(std::as_bytes(std::span(size)));
  std::array<double, 15> grid = {geometry.origin.x,  geometry.origin.y,  geometry.origin.z,
                                 geometry.spacing.x, geometry.spacing.y, geometry.spacing.z};
  for (std::size_t i = 0; i < 9; ++i) grid[6 + i] = geometry.direction[i];
  for (double& value : grid) value += 0.0;  // -0 and 0 are one position
  hash.update(std::as_bytes(std::span(grid)));
  hash.update(std::as_bytes(volume.voxels()));
  return toHex(hash.finish());
}

}  // namespace recontour
