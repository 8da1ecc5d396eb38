#include "core/io/stored_voxels.h"

#include <cmath>
#include <cstring>
#include <limits>

#include <nifti2_io.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr double kWholeTolerance = 1e-5;  // rounding of a float32 slope, but not 1.9999
constexpr std::int16_t kAirHu = -1000;

/// Calls `use(T{})` with the C++ type of a NIfTI datatype that is a real scalar type, and not at all for others.
template <typename Use>
void withVoxelType(int datatype, Use&& use) {
  switch (datatype) {
    case DT_UINT8:
      return use(std::uint8_t{});
    case DT_INT8:
      return use(std::int8_t{});
    case DT_INT16:
      return use(std::int16_t{});
    case DT_UINT16:
      return use(std::uint16_t{});
    case DT_INT32:
      return use(std::int32_t{});
    case DT_UINT32:
      return use(std::uint32_t{});
    case DT_INT64:
      return use(std::int64_t{});
    case DT_UINT64:
      return use(std::uint64_t{});
    case DT_FLOAT32:
      return use(float{});
    case DT_FLOAT64:
      return use(double{});
    default:
      break;
  }
}

template <typename T>
T voxelAt(std::span<const std::byte> raw, std::size_t i) {
  T value;
  std::memcpy(&value, raw.data() + i * sizeof(T), sizeof(T));
  return value;
}

std::int16_t roundToHu(double value, HuLosses& losses) {
  constexpr double kLow = std::numeric_limits<std::int16_t>::min(), kHigh = std::numeric_limits<std::int16_t>::max();
  if (std::isnan(value)) {
    ++losses.notNumbers;
    return kAirHu;
  }
  if (value < kLow - 0.5 || value >= kHigh + 0.5) {
    ++losses.clamped;
    return static_cast<std::int16_t>(value < 0 ? kLow : kHigh);
  }
  return static_cast<std::int16_t>(value < 0 ? value - 0.5 : value + 0.5);
}

}  // namespace

int voxelBytes(const std::filesystem::path& file, int datatype) {
  int bytes = 0;
  withVoxelType(datatype, [&](auto voxel) { bytes = sizeof voxel; });
  if (bytes > 0) return bytes;
  throw Error(file,
              std::string("its voxels are of type ") + nifti_datatype_to_string(datatype) + " (" +
                  std::to_string(datatype) + ")",
              "a CT or label map holds one real number a voxel");
}

void toHostOrder(const VoxelFormat& format, std::span<std::byte> raw) {
  if (!format.swapped || format.bytesPerVoxel == 1) return;
  nifti_swap_Nbytes(std::int64_t(raw.size()) / format.bytesPerVoxel, format.bytesPerVoxel, raw.data());
}

void toHu(const VoxelFormat& format, std::span<std::byte> raw, std::span<std::int16_t> out, HuLosses& losses) {
  toHostOrder(format, raw);
  if (format.datatype == DT_INT16 && format.slope == 1 && format.intercept == 0) {
    std::memcpy(out.data(), raw.data(), raw.size());
    return;
  }
  withVoxelType(format.datatype, [&](auto type) {
    using T = decltype(type);
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = roundToHu(static_cast<double>(voxelAt<T>(raw, i)) * format.slope + format.intercept, losses);
    }
  });
}

void warnOfLosses(const HuLosses& losses, std::vector<std::string>& warnings) {
  if (losses.clamped > 0)
    warnings.push_back(std::to_string(losses.clamped) + " voxels lie outside -32768..32767 HU and were clamped.");
  if (losses.notNumbers > 0)
    warnings.push_back(std::to_string(losses.notNumbers) + " voxels are not a number and are shown as -1000 HU.");
}

std::optional<BadValue> toLabelValues(const VoxelFormat& format, std::span<std::byte> raw,
                                      std::span<std::int32_t> out) {
  constexpr double kLargest = std::numeric_limits<std::int32_t>::max();
  toHostOrder(format, raw);
  std::optional<BadValue> bad;
  withVoxelType(format.datatype, [&](auto type) {
    using T = decltype(type);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double value = static_cast<double>(voxelAt<T>(raw, i)) * format.slope + format.intercept;
      const bool inRange = value > -kWholeTolerance && value <= kLargest;  // false for NaN
      const auto label = inRange ? static_cast<std::int32_t>(std::floor(value + 0.5)) : 0;
      if (!inRange || std::abs(value - label) > kWholeTolerance) {
        bad = BadValue{i, value};
        return;
      }
      out[i] = label;
    }
  });
  return bad;
}

}  // namespace recontour
