#pragma once
#include "core/io/image_file.h"

namespace recontour {

/// Reads an NRRD by ITK after its header was judged here (readNrrdHeader()); what ITK makes of the header must be the
/// same. Takes all voxels into memory. @throws Error
std::unique_ptr<ImageFile> openNrrdFile(const std::filesystem::path& path);

}  // namespace recontour
