#include "core/anonymize/anonymized_dataset.h"

#include "core/base/error.h"
#include "core/io/dicom_items.h"

namespace recontour {
namespace {

constexpr const char* kDirectoryClass = "1.2.840.10008.1.3.10";

void addMethod(DcmItem& items, const char* code, const char* meaning) {
  DcmItem& method = addItem(items, DCM_DeidentificationMethodCodeSequence);
  putText(method, DCM_CodeValue, code);
  putText(method, DCM_CodingSchemeDesignator, "DCM");
  putText(method, DCM_CodeMeaning, meaning);
}

/// Source: DICOM PS3.15, E.1.1 and PS3.16, CID 7050.
void markAnonymized(DcmItem& items, const Person& person) {
  putText(items, DCM_PatientName, person.pseudonym);
  putText(items, DCM_PatientID, person.pseudonym);
  putText(items, DCM_PatientIdentityRemoved, "YES");
  putText(items, DCM_DeidentificationMethod,
          "Recontour " RECONTOUR_VERSION "\\After PS3.15 Basic Profile\\Clean Descriptors\\Modified Dates");
  putText(items, DCM_LongitudinalTemporalInformationModified, "MODIFIED");
  items.findAndDeleteElement(DCM_DeidentificationMethodCodeSequence);
  addMethod(items, "113100", "Basic Application Confidentiality Profile");
  addMethod(items, "113105", "Clean Descriptors Option");
  addMethod(items, "113107", "Retain Longitudinal Temporal Information Modified Dates Option");
}

}  // namespace

bool isDirectory(DicomDataset& dataset) {
  return textOf(dataset.items(), DCM_SOPClassUID) == kDirectoryClass ||
         dataset.items().tagExists(DCM_DirectoryRecordSequence);
}

AnonymizedFile anonymized(DicomDataset& dataset, const AttributeRules& rules, const Pseudonyms& pseudonyms,
                          const PatientKeys& patients) {
  DcmItem& items = dataset.items();
  const std::string patient =
      patients.of({textOf(items, DCM_StudyInstanceUID), textOf(items, DCM_PatientID), textOf(items, DCM_PatientName)});
  const Person person{pseudonyms.patient(patient), pseudonyms.daysBack(patient)};
  AnonymizedFile file{pseudonyms.folder(textOf(items, DCM_SeriesInstanceUID)), person.pseudonym, {}, {}};
  file.counts = DatasetCleaner(rules, pseudonyms, person).clean(items);
  markAnonymized(items, person);
  dataset.forgetMetaInformation();
  file.bytes = dataset.bytes();
  return file;
}

}  // namespace recontour
