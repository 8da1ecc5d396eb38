#pragma once
#include <filesystem>
#include <optional>

#include "core/image/case.h"
#include "core/io/dicom_dataset.h"

namespace recontour {

/// The data set of one slice of a case's CT, for what is written about the patient and the study. Blocks. None for a
/// case that is not DICOM. @throws Error when its slices are there no more
std::optional<DicomDataset> sliceOf(const Case& opened);

/// Patient, study and frame of reference for an object that is made for a case: those of a slice where there is one,
/// byte by byte, else the case's name as Patient ID and UIDs that follow from the image.
/// @param slice  null for a CT that is not DICOM
/// @throws Error when they cannot be set
void putPatientAndStudy(DcmItem& into, const Case& opened, DcmItem* slice, const std::string& uidRoot);

/// The CT's frame of reference, or one that follows from the image.
std::string frameOfReferenceOf(const Case& opened, const std::string& uidRoot);

}  // namespace recontour
