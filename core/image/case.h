#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

/// What an export needs to refer to the DICOM slices that a CT was read from.
struct DicomReference {
  std::string studyUid, seriesUid, frameOfReferenceUid, sopClassUid;
  std::vector<std::string> sopInstanceUids;  ///< by rising z of the array; empty texts where files have none
};

/// An opened CT with what the rest of the program needs to know about it. A value; the voxels are shared.
struct Case {
  std::string name;              ///< file or folder name without endings, for titles and output names
  std::filesystem::path source;  ///< what was opened
  std::string modality = "CT";
  Geometry geometry;
  Volume volume;
  std::string imageHash;                               ///< SHA-256, 64 hex digits, see imageHash()
  std::vector<std::string> warnings;                   ///< one sentence each, for people
  bool synthetic = false;                              ///< a phantom, said wherever the case is shown
  std::optional<DicomReference> dicom;                 ///< none for other files
  std::vector<std::filesystem::path> structures = {};  ///< RTSTRUCT and SEG files in its folder, the latest one first
};

/// A label map file with its grid.
struct LabelImage {
  Geometry geometry;
  LabelMap labels;
};

/// SHA-256 (64 hex digits) of size (3 int32), origin, spacing, direction (15 doubles, LPS), then int16 HU, x fastest,
/// all little endian (docs/formats/session-log.md).
std::string imageHash(const Geometry& geometry, const Volume& volume);

}  // namespace recontour
