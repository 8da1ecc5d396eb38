#include "core/io/dicom_pixels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/io/dicom_codec.h"

namespace recontour {
namespace {

constexpr double kLowest = std::numeric_limits<std::int16_t>::min();
constexpr double kHighest = std::numeric_limits<std::int16_t>::max();
constexpr DicomTag kBitsAllocated = 0x00280100, kBitsStored = 0x00280101, kHighBit = 0x00280102,
                   kPixelRepresentation = 0x00280103;

void checkLayout(const std::filesystem::path& name, const PixelLayout& layout) {
  const int bits = layout.bitsAllocated;
  const bool cells = bits == 8 || bits == 16 || bits == 32;
  if (cells && layout.bitsStored >= 1 && layout.highBit >= layout.bitsStored - 1 && layout.highBit < bits) return;
  throw Error(name, "its pixels are stored in " + std::to_string(layout.bitsStored) + " of " + std::to_string(bits) +
                        " bits, which is not supported");
}

PixelLayout readLayout(const std::filesystem::path& name, const DicomFile& file, const DicomSlice& slice) {
  PixelLayout layout;
  layout.columns = slice.columns;
  layout.rows = slice.rows;
  layout.bitsAllocated = file.shortValue(kBitsAllocated);
  layout.bitsStored = file.shortValue(kBitsStored);
  layout.highBit = file.shortValue(kHighBit);
  layout.isSigned = file.shortValue(kPixelRepresentation) == 1;
  checkLayout(name, layout);
  return layout;
}

/// The stored number in a cell of `T` (unsigned): bits above highBit may hold anything.
template <typename T>
std::int64_t storedNumber(T cell, const PixelLayout& layout) {
  const std::uint64_t mask = (std::uint64_t{1} << layout.bitsStored) - 1;
  const std::uint64_t bits = std::uint64_t{cell} >> (layout.highBit + 1 - layout.bitsStored) & mask;
  const bool negative = layout.isSigned && (bits >> (layout.bitsStored - 1) & 1) != 0;
  return static_cast<std::int64_t>(bits) - (negative ? std::int64_t{1} << layout.bitsStored : 0);
}

template <typename T>
T inHostOrder(T cell, bool bigEndian) {
  if (!bigEndian) return cell;
  auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(cell);
  std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<T>(bytes);
}

template <typename T>
std::size_t rescale(const DicomSlice& slice, const PixelLayout& layout, bool bigEndian, std::string_view stored,
                    std::span<std::int16_t> out) {
  std::size_t clamped = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    T cell;
    std::memcpy(&cell, stored.data() + i * sizeof(T), sizeof(T));
    const std::int64_t number = storedNumber(inHostOrder(cell, bigEndian), layout);
    const double hu = double(number) * slice.slope + slice.intercept;
    const double inside = std::clamp(hu, kLowest, kHighest);
    clamped += inside != hu ? 1 : 0;
    out[i] = static_cast<std::int16_t>(inside < 0 ? inside - 0.5 : inside + 0.5);
  }
  return clamped;
}

}  // namespace

std::size_t readDicomPixels(const FileSet& files, const DicomSlice& slice, std::span<std::int16_t> out) {
  const std::filesystem::path name = files.path() / files.name(slice.file);
  const DicomFile file(files.readAll(slice.file));
  PixelLayout layout = readLayout(name, file, slice);
  if (file.encapsulated() && !file.pixelsWhole()) throw Error(name, "its compressed pixels are truncated");
  std::vector<char> decoded;
  if (file.encapsulated()) {
    decoded = decodeFragments(name, file, layout);
    checkLayout(name, layout);
  }
  const std::string_view stored =
      file.encapsulated() ? std::string_view(decoded.data(), decoded.size()) : file.pixels();
  const std::size_t needed = out.size() * static_cast<std::size_t>(layout.bitsAllocated) / 8;
  if (stored.size() < needed) {
    throw Error(
        name, "is truncated: " + std::to_string(stored.size()) + " of " + std::to_string(needed) + " bytes of pixels");
  }
  const bool bigEndian = file.bigEndian() && !file.encapsulated();
  switch (layout.bitsAllocated) {
    case 8:
      return rescale<std::uint8_t>(slice, layout, bigEndian, stored, out);
    case 16:
      return rescale<std::uint16_t>(slice, layout, bigEndian, stored, out);
    case 32:
      return rescale<std::uint32_t>(slice, layout, bigEndian, stored, out);
    default:
      throw Error(name, "its pixels have " + std::to_string(layout.bitsAllocated) + " bits");
  }
}

}  // namespace recontour
