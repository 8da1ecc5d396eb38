#pragma once
#include <filesystem>
#include <optional>

#include "core/image/case.h"
#include "core/image/label_values.h"
#include "core/io/open_case.h"

namespace recontour {

/// Reads a label map (any file that openImageFile() knows) of any integer type, or float with whole numbers; scl_slope
/// 0 or NaN means no scaling. At most 255 different values from 1 to 2^31 - 1. @throws Error
LabelValues readLabelValues(const std::filesystem::path& file, OpenProgress& progress,
                            LeaningGrid leaning = LeaningGrid::Refused);
/// The labels of a file whose values are labels already, 0..255. @throws Error naming the file and a larger value
LabelMap plainLabels(const std::filesystem::path& file, const LabelValues& values);
/// The same by a table; without one as above.
LabelMap labelsOf(const std::filesystem::path& file, const LabelValues& values,
                  const std::optional<LabelValueTable>& table, const OrganTable& organs);
/// Reads one whose values are labels already, 0..255. @throws Error
LabelImage readLabelFile(const std::filesystem::path& file);
/// The same with values whose meaning a table tells; without a table as above. @throws Error
LabelImage readLabelFile(const std::filesystem::path& file, const std::optional<LabelValueTable>& values,
                         const OrganTable& organs);
/// The same, refused unless it lies on `grid`. @throws Error naming both sizes or the distance
LabelMap readLabelFileOn(const std::filesystem::path& file, const Geometry& grid);
/// @throws Error naming the label map's file and both sizes or the distance unless `found` is `grid`
void requireSameGrid(const std::filesystem::path& file, const Geometry& found, const Geometry& grid);

/// Writes labels as uint8 NIfTI (.nii, .nii.gz; qform and sform code 1 give exactly `geometry`) or NRRD (.nrrd),
/// through SafeFile.
void writeLabelFile(const std::filesystem::path& file, const LabelMap& labels, const Geometry& geometry);
/// Writes a CT as int16 in the same way. @param description  at most 79 bytes: NIfTI's descrip, NRRD's content
void writeVolumeFile(const std::filesystem::path& file, const Volume& volume, const Geometry& geometry,
                     const std::string& description);

}  // namespace recontour
