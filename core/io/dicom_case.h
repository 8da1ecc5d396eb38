#pragma once
#include "core/io/dicom_series.h"
#include "core/io/file_set.h"
#include "core/io/open_case.h"

namespace recontour {

/// Opens a CT series among `files` as openCase() does; name, source and hash are left to the caller.
/// @throws Error
Case openDicomCase(const FileSet& files, const OpenOptions& options, OpenProgress& progress, std::stop_token stop);
/// The same of a series that was found already.
Case openDicomCase(const FileSet& files, DicomSeries series, OpenProgress& progress, std::stop_token stop);

}  // namespace recontour
