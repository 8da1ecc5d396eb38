#pragma once
#include <filesystem>

#include "core/image/case.h"

namespace recontour {

/// Reads a label map (any file that openImageFile() knows) of any integer type, or float with whole numbers; scl_slope
/// 0 or NaN means no scaling. Values must be 0..255. @throws Error
LabelImage readLabelFile(const std::filesystem::path& file);
/// The same, refused unless it lies on `grid`. @throws Error naming both sizes or the distance
LabelMap readLabelFileOn(const std::filesystem::path& file, const Geometry& grid);

/// Writes labels as uint8 NIfTI (.nii, .nii.gz; qform and sform code 1 give exactly `geometry`) or NRRD (.nrrd),
/// through SafeFile.
void writeLabelFile(const std::filesystem::path& file, const LabelMap& labels, const Geometry& geometry);
/// Writes a CT as int16 in the same way. @param description  at most 79 bytes: NIfTI's descrip, NRRD's content
void writeVolumeFile(const std::filesystem::path& file, const Volume& volume, const Geometry& geometry,
                     const std::string& description);

}  // namespace recontour
