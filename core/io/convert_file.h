#pragma once
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"

namespace recontour {

/// Writes a volume, CT or label map, in the format that the target's ending names: .nii, .nii.gz or .nrrd. Voxels of a
/// NIfTI or NRRD keep their type and values, and stay in their order; a scaled NIfTI becomes int16 HU, rounded, where
/// the target cannot hold its scale. DICOM becomes int16 HU.
/// @return what people should know, one sentence each
/// @throws Error; the target is then untouched
std::vector<std::string> convertFile(const std::filesystem::path& source, const std::filesystem::path& target,
                                     ProgressSink& progress, std::stop_token stop);

}  // namespace recontour
