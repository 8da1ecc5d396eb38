#pragma once
#include <string>

#include "core/anonymize/dataset_cleaner.h"
#include "core/io/dicom_dataset.h"
#include "core/io/dicom_items.h"

namespace recontour {

/// A CT slice's head, without pixels, of a patient MUELLER^HANS.
inline DicomDataset sampleSlice(int number = 1) {
  DicomDataset dataset;
  DcmItem& items = dataset.items();
  putText(items, DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
  putText(items, DCM_SOPInstanceUID, "1.2.3." + std::to_string(number));
  putText(items, DCM_StudyInstanceUID, "1.2.4");
  putText(items, DCM_SeriesInstanceUID, "1.2.5");
  putText(items, DCM_PatientName, "MUELLER^HANS");
  putText(items, DCM_PatientID, "4711");
  putText(items, DCM_PatientBirthDate, "19600101");
  putText(items, DCM_StudyDate, "20240301");
  putText(items, DCM_StudyTime, "131500");
  putText(items, DCM_Manufacturer, "SIEMENS");
  return dataset;
}

/// The rules as shipped, pseudonyms by a salt of tests, and dates one day back.
class SampleCleaner {
 public:
  CleaningCounts clean(DicomDataset& dataset) {
    return DatasetCleaner(rules_, pseudonyms_, {"RC1", 1}).clean(dataset.items());
  }
  const Pseudonyms& pseudonyms() const { return pseudonyms_; }

 private:
  AttributeRules rules_ = AttributeRules::shipped();
  Pseudonyms pseudonyms_{"sixteen bytes or more"};
};

}  // namespace recontour
