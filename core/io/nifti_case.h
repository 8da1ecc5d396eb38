#pragma once
#include "core/io/open_case.h"

namespace recontour {

/// Opens a .nii or .nii.gz as openCase() does; name, source and hash are left to the caller. @throws Error
Case openNiftiCase(const std::filesystem::path& file, OpenProgress& progress, std::stop_token stop);

}  // namespace recontour
