#pragma once
#include <cstdint>
#include <filesystem>

#include "core/io/image_file.h"

namespace recontour {

enum class NrrdEncoding { Raw, Gzip };

/// What the header of an NRRD says, checked against what is on the disk.
struct NrrdHeader : ImageHeader {
  std::filesystem::path dataFile;  ///< the file itself, or the one it names
  NrrdEncoding encoding = NrrdEncoding::Raw;
  std::uint64_t start = 0;            ///< byte of the data file that the voxels, or what is deflated, begin at
  std::uint64_t skipped = 0;          ///< bytes before the first voxel in what is deflated
  bool leftAnteriorSuperior = false;  ///< its space
};

/// Reads the header of an .nrrd or .nhdr without reading voxels. The world is LPS; RAS and LAS are turned into it, a
/// file that names no space is taken as LPS with a warning.
/// @throws Error naming the field and its value: other than three dimensions, colours or vectors, other encodings than
///         raw and gzip, lists of data files and such outside the header's folder, more voxels than the file can hold
/// Source: Definition of NRRD File Format, teem.sourceforge.net/nrrd/format.html
NrrdHeader readNrrdHeader(const std::filesystem::path& path);

}  // namespace recontour
