#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/label_map.h"
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

/// A voxel that is no label.
struct BadLabel {
  std::size_t offset;  ///< within the voxels given
  double value;
};
/// Scales stored voxels to labels. @return the first value that is not a whole number from 0 to 255
std::optional<BadLabel> toLabels(const VoxelFormat& format, std::span<std::byte> raw, std::span<Label> out);

}  // namespace recontour
