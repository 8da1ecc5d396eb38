#pragma once
#include <string>

#include "core/image/geometry.h"
#include "core/io/dicom_file.h"
#include "core/io/file_set.h"

namespace recontour {

/// One CT slice as its DICOM header describes it.
struct DicomSlice {
  std::size_t file = 0;                                        ///< number in its FileSet
  std::string series;                                          ///< Series Instance UID, may be empty
  std::string description;                                     ///< Series Description, may be empty
  std::string study, frameOfReference, sopClass, sopInstance;  ///< UIDs, may be empty
  std::string patient;                                         ///< Patient ID, may be empty
  int acquisition = 0, instance = 0;                           ///< numbers; 0 when unknown
  int columns = 0, rows = 0;
  Point3 rowDirection, columnDirection;          ///< unit vectors (LPS) along a row and along a column
  Point3 position;                               ///< world position of the first pixel's centre
  double columnSpacingMm = 0, rowSpacingMm = 0;  ///< between columns (x) and between rows (y)
  double thicknessMm = 0;                        ///< 0 when unknown
  double slope = 1, intercept = 0;               ///< HU = stored * slope + intercept
  std::string problem;                           ///< why it cannot be used ("has no Pixel Spacing"); empty when it can
};

enum class DicomContent { NotDicom, OtherModality, CtSlice };
struct DicomHeader {
  DicomContent content = DicomContent::NotDicom;
  std::string modality;
  std::string made;  ///< of a structure set or SEG: date and time, so that later ones sort behind
  DicomSlice slice;  ///< of what is no CT slice: only its study
};

/// Reads the header of one file. @throws Error only when the file cannot be read at all
DicomHeader readDicomHeader(const FileSet& files, std::size_t number);

}  // namespace recontour
