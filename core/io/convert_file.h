#pragma once
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/label_values.h"
#include "core/io/open_case.h"

namespace recontour {

/// Writes a volume, CT or label map, in the format that the target's ending names: .nii, .nii.gz or .nrrd. Voxels of a
/// NIfTI or NRRD keep their type and values, and stay in their order; a scaled NIfTI becomes int16 HU, rounded, where
/// the target cannot hold its scale. DICOM becomes int16 HU.
/// A grid that leans, where allowed, is brought to right angles: then the CT becomes int16 HU.
/// @return what people should know, one sentence each
/// @throws Error; the target is then untouched
std::vector<std::string> convertFile(const std::filesystem::path& source, const std::filesystem::path& target,
                                     const OpenOptions& options, ProgressSink& progress, std::stop_token stop);

/// What is done to a label map on its way.
struct LabelConversion {
  OrganTable organs;
  std::optional<LabelValueTable> values;  ///< what its values mean; without it they are labels
  std::filesystem::path grid;             ///< CT or label map whose grid it is brought to; empty: it stays on its own
  LeaningGrid leaning = LeaningGrid::Refused;  ///< Allowed: it is brought to right angles, as the CT would be
};
/// Writes a label map as uint8 labels of an organ table. @return what people should know, in particular what
/// resampling lost of each organ. @throws Error; the target is then untouched
std::vector<std::string> convertLabels(const std::filesystem::path& source, const std::filesystem::path& target,
                                       const LabelConversion& conversion, ProgressSink& progress, std::stop_token stop);

}  // namespace recontour
