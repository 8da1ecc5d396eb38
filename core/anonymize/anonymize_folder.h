#pragma once
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/anonymize/dataset_cleaner.h"
#include "core/base/error.h"
#include "core/base/progress_sink.h"

namespace recontour {

struct AnonymizeJob {
  std::filesystem::path source;  ///< a folder, read with its subfolders; symbolic links are not followed
  std::filesystem::path target;  ///< a folder that is missing or empty
  std::optional<std::filesystem::path> saltFile;
};

struct AnonymizeReport {
  int files = 0;  ///< written
  int series = 0, patients = 0;
  CleaningCounts attributes;
  int skipped = 0;                                ///< no DICOM, DICOMDIR, links
  std::vector<std::filesystem::path> notCovered;  ///< skipped too: images of formats that keep names elsewhere
  std::vector<Error> notices;                     ///< to be looked at: named like DICOM but none; two IDs in a study
  std::vector<Error> refused;                     ///< DICOM files that were not written
};

/// Writes every DICOM file of a folder as TARGET/<hash of the series>/<number>.dcm without what tells the patient. All
/// files come to their places together, at the end. A file that cannot be read or is refused is in the report.
/// @throws Error where nothing is written: no folder, a target that is not empty, nothing to write, disk full,
/// cancelled
AnonymizeReport anonymizeFolder(const AnonymizeJob& job, ProgressSink& progress, std::stop_token stop);

}  // namespace recontour
