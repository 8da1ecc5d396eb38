#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/io/seg_header.h"

class DcmPixelItem;

namespace recontour {

/// The pixels of a SEG, frame by frame: uncompressed (bits packed without a gap between frames, or bytes) or RLE.
class SegPixels {
 public:
  /// @param data  must outlive this. @throws Error when its pixels are fewer than its frames need, or compressed in a
  ///              way that is not read
  SegPixels(DicomDataset& data, const SegHeader& header);

  /// Stored values of a frame, row by row; good until the next call. @throws Error when its compressed bytes are
  /// damaged
  std::span<const std::uint16_t> frame(std::size_t number);

 private:
  void findFragments(const std::filesystem::path& file);
  std::span<const std::uint8_t> fragment(std::size_t number) const;
  void readBits(std::span<const std::uint8_t> bytes, std::size_t firstBit);

  DicomDataset& data_;
  std::size_t framePixels_, frameCount_, bitsAllocated_;
  std::span<const std::uint8_t> bytes_;   ///< of all frames; none where they are compressed
  std::vector<DcmPixelItem*> fragments_;  ///< of compressed ones, without the table of offsets
  std::vector<std::uint16_t> values_;
};

}  // namespace recontour
