#pragma once
#include <string>

#include "core/anonymize/dataset_cleaner.h"
#include "core/anonymize/patient_keys.h"
#include "core/io/dicom_dataset.h"

namespace recontour {

/// Whether it is a directory of other files (DICOMDIR).
bool isDirectory(DicomDataset& dataset);

/// What a file became.
struct AnonymizedFile {
  std::string folder;   ///< stands for its series
  std::string patient;  ///< the pseudonym
  std::string bytes;    ///< of the file that is written
  CleaningCounts counts;
};

/// Treats the whole data set, marks it as de-identified, and writes its file meta information anew.
/// @throws Error where it cannot be written
AnonymizedFile anonymized(DicomDataset& dataset, const AttributeRules& rules, const Pseudonyms& pseudonyms,
                          const PatientKeys& patients);

}  // namespace recontour
