#pragma once
#include "core/io/open_case.h"

namespace recontour {

/// Opens a NIfTI or NRRD as openCase() does; name, source and hash are left to the caller. @throws Error
Case openVolumeCase(const std::filesystem::path& file, const OpenOptions& options, OpenProgress& progress,
                    std::stop_token stop);

}  // namespace recontour
