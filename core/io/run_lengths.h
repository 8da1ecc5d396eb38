#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace recontour {

/// Bytes of one frame of DICOM's RLE compression. Source: PS3.5 annex G (PackBits in up to 15 segments).
/// @param frame     a fragment
/// @param segments  that it must have, each of `segmentBytes`; they follow one another in the result
/// @return          empty when the fragment is damaged, or too short to hold that much
std::vector<std::uint8_t> unpackedRunLengths(std::span<const std::uint8_t> frame, std::size_t segments,
                                             std::size_t segmentBytes);

}  // namespace recontour
