#pragma once
// Private to core/anonymize: what a folder holds.
#include <filesystem>
#include <vector>

#include "core/base/error.h"

namespace recontour {

struct FoundFiles {
  std::vector<std::filesystem::path> dicom;       ///< sorted
  std::vector<std::filesystem::path> notCovered;  ///< NIfTI, NRRD, MetaImage, archives
  std::vector<Error> notDicom;                    ///< of the ending .dcm or .dicom, but no DICOM
  int skipped = 0;                                ///< others, with those not covered, DICOMDIR and links
  std::vector<Error> unreadable;                  ///< files and folders
};

/// Looks through a folder at any depth, without following symbolic links. @throws Error when it cannot be listed
FoundFiles filesIn(const std::filesystem::path& folder);

}  // namespace recontour
