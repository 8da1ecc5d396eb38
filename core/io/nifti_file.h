#pragma once
#include "core/io/image_file.h"

namespace recontour {

/// Reads NIfTI-1 and -2, in one file or as a pair of header and voxels. Geometry: sform where its code is > 0 and it is
/// usable, else qform where its code is > 0, else spacing along R, A, S with a warning. Dimensions beyond the third
/// must be 1. @throws Error naming the field and its value
std::unique_ptr<ImageFile> openNiftiFile(const std::filesystem::path& path);

}  // namespace recontour
