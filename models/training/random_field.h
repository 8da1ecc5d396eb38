#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/portable_random.h"
#include "core/image/geometry.h"

namespace recontour {

/// Key of the random numbers that serve one purpose for one seed, so that a new purpose leaves the others as they are.
std::uint64_t purposeKey(std::uint64_t seed, std::string_view purpose);

/// Nearly normal deviate number `counter` of a key: mean 0, SD 1, within +-3.5: a sum of four uniform integers, the
/// same on every machine.
inline float normalAt(std::uint64_t key, std::uint64_t counter) {
  const std::uint64_t bits = mixBits(key + counter * 0x9e3779b97f4a7c15U);
  const auto sum =
      static_cast<int>((bits & 0xffffU) + ((bits >> 16) & 0xffffU) + ((bits >> 32) & 0xffffU) + (bits >> 48));
  return static_cast<float>(sum - 2 * 65535) * (1.7320508f / 65536.0f);
}

/// The next nearly normal deviate of a sequence.
inline double normal(PortableRandom& random) { return static_cast<double>(normalAt(random.next(), 1)); }
inline bool chance(PortableRandom& random, double probability) { return random.uniform() < probability; }

/// Smooth random field of mean 0 and SD 1 over a grid of voxels: deviates on a cubic lattice, linear between.
class SmoothField {
 public:
  /// @param pitch  voxels between the lattice's nodes, > 0
  /// @param size   voxels that it will be asked for: 0..size - 1 along each axis
  SmoothField(std::uint64_t key, double pitch, const Size3& size);
  float at(double x, double y, double z) const;
  /// The values at x = 0, 1, ... of a row.
  void fillRow(double y, double z, std::span<float> out) const;

 private:
  struct Cell {
    int first = 0;
    float part = 0;
  };
  Cell cell(double position, int axis) const;
  std::size_t offset(int x, int y, int z) const;

  double perVoxel_;  ///< nodes
  Size3 nodes_;
  std::vector<float> values_;
};

}  // namespace recontour
