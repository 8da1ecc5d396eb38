#pragma once
#include <cstdint>
#include <span>

#include "core/io/dicom_header.h"

namespace recontour {

/// Decodes one slice (any transfer syntax that GDCM knows) and rescales it to HU, rounded.
/// @param out  columns * rows values, x fastest
/// @return     number of values that lay outside int16 and were clamped
/// @throws Error naming the file when it cannot be decoded or is not what its header said
std::size_t readDicomPixels(const FileSet& files, const DicomSlice& slice, std::span<std::int16_t> out);

}  // namespace recontour
