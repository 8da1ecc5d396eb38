#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/io/dicom_file.h"

namespace recontour {

/// How pixels are stored (DICOM Image Pixel module).
struct PixelLayout {
  int columns = 0, rows = 0;
  int bitsAllocated = 16;  ///< 8, 16 or 32
  int bitsStored = 16;     ///< 1..bitsAllocated
  int highBit = 15;
  bool isSigned = false;
};

/// Decodes compressed fragments by GDCM (JPEG, JPEG-LS, JPEG 2000, RLE). GDCM gets a header written here from
/// `layout`, never the file's own.
/// @param layout  bits and sign are set to those of the result, which a codec may know better
/// @return        columns * rows little-endian values of layout.bitsAllocated
/// @throws Error naming `name` and the transfer syntax
std::vector<char> decodeFragments(const std::filesystem::path& name, const DicomFile& file, PixelLayout& layout);

}  // namespace recontour
