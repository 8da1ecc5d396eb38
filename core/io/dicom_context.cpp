#include "core/io/dicom_context.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/io/dicom_header.h"
#include "core/io/dicom_items.h"
#include "core/io/file_ending.h"
#include "core/io/file_set.h"

namespace recontour {
namespace {

/// Of the Patient, General Study and Patient Study modules (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2).
const std::array kCopied = {DCM_SpecificCharacterSet,
                            DCM_PatientName,
                            DCM_PatientID,
                            DCM_IssuerOfPatientID,
                            DCM_PatientBirthDate,
                            DCM_PatientSex,
                            DCM_OtherPatientNames,
                            DCM_PatientAge,
                            DCM_PatientSize,
                            DCM_PatientWeight,
                            DCM_StudyInstanceUID,
                            DCM_StudyDate,
                            DCM_StudyTime,
                            DCM_AccessionNumber,
                            DCM_ReferringPhysicianName,
                            DCM_StudyID,
                            DCM_StudyDescription,
                            DCM_PatientIdentityRemoved,
                            DCM_DeidentificationMethod,
                            DCM_DeidentificationMethodCodeSequence,
                            DCM_LongitudinalTemporalInformationModified,
                            DCM_PositionReferenceIndicator};
/// Of these, what must be there, if only empty.
const std::array kType2 = {
    DCM_PatientName, DCM_PatientID,       DCM_PatientBirthDate,       DCM_PatientSex, DCM_StudyDate,
    DCM_StudyTime,   DCM_AccessionNumber, DCM_ReferringPhysicianName, DCM_StudyID,    DCM_PositionReferenceIndicator};

std::unique_ptr<FileSet> filesOf(const std::filesystem::path& source) {
  return std::filesystem::is_directory(source) ? openFolder(source) : openZip(source);
}

bool isSliceOf(const DicomHeader& header, const DicomReference& reference) {
  return header.content == DicomContent::CtSlice && header.slice.series == reference.seriesUid &&
         std::ranges::find(reference.sopInstanceUids, header.slice.sopInstance) != reference.sopInstanceUids.end();
}

void copyElement(DcmItem& from, const DcmTagKey& tag, DcmItem& into) {
  DcmElement* copy = nullptr;
  if (from.findAndGetElement(tag, copy, OFFalse, OFTrue).good() && into.insert(copy, OFTrue).bad()) delete copy;
}

}  // namespace

std::optional<DicomDataset> sliceOf(const Case& opened) {
  if (!opened.dicom) return {};
  const auto files = filesOf(opened.source);
  for (std::size_t number = 0; number < files->count(); ++number)
    if (isSliceOf(readDicomHeader(*files, number), *opened.dicom))
      return DicomDataset::parse(opened.source / files->name(number), files->readAll(number));
  throw Error(opened.source, "the CT's slices are there no more, so that patient and study cannot be told",
              "put them back and try again");
}

std::string frameOfReferenceOf(const Case& opened, const std::string& uidRoot) {
  if (opened.dicom && !opened.dicom->frameOfReferenceUid.empty()) return opened.dicom->frameOfReferenceUid;
  return dicomUid(uidRoot, "frame of reference " + opened.imageHash);
}

void putPatientAndStudy(DcmItem& into, const Case& opened, DcmItem* slice, const std::string& uidRoot) {
  if (slice != nullptr)
    for (const DcmTagKey& tag : kCopied) copyElement(*slice, tag, into);
  if (slice == nullptr) putText(into, DCM_PatientID, oneLine(opened.name, 64));
  if (textOf(into, DCM_StudyInstanceUID).empty())
    putText(into, DCM_StudyInstanceUID, dicomUid(uidRoot, "study " + opened.imageHash));
  putText(into, DCM_FrameOfReferenceUID, frameOfReferenceOf(opened, uidRoot));
  for (const DcmTagKey& tag : kType2)
    if (!into.tagExists(tag)) putTextOrEmpty(into, tag, {});
}

}  // namespace recontour
