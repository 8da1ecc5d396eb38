#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/io/image_file.h"

namespace recontour {

/// What did not fit into int16 HU.
struct HuLosses {
  std::size_t clamped = 0;     ///< values outside -32768..32767, infinite ones included
  std::size_t notNumbers = 0;  ///< NaN, shown as air (-1000 HU)
};

/// Swaps bytes in place where the file has the other order.
void toHostOrder(const VoxelFormat& format, std::span<std::byte> raw);
/// Adds a sentence for each kind of loss.
void warnOfLosses(const HuLosses& losses, std::vector<std::string>& warnings);

/// Scales stored voxels to HU, rounded to the nearest integer.
/// @param raw  out.size() voxels as stored; swapped in place where the file has the other byte order
void toHu(const VoxelFormat& format, std::span<std::byte> raw, std::span<std::int16_t> out, HuLosses& losses);

/// A voxel whose value cannot stand for a structure.
struct BadValue {
  std::size_t offset;  ///< within the voxels given
  double value;
};
/// Scales stored voxels to the values of a label map. @return the first that is not a whole number from 0 to 2^31 - 1
std::optional<BadValue> toLabelValues(const VoxelFormat& format, std::span<std::byte> raw, std::span<std::int32_t> out);

}  // namespace recontour
