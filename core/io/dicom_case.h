#pragma once
#include "core/io/file_set.h"
#include "core/io/open_case.h"

namespace recontour {

/// Opens the CT series among `files` as openCase() does; name, source and hash are left to the caller. @throws Error
Case openDicomCase(const FileSet& files, OpenProgress& progress, std::stop_token stop);

}  // namespace recontour
