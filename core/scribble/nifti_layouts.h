#pragma once
// Private to core/scribble: layouts of NIfTI files with lists beside, and the one of HDF5 files.
#include "core/scribble/scribble_layout.h"
#include "core/scribble/staging.h"

namespace recontour {

std::unique_ptr<ScribbleLayout> makeNnUNetLayout(const std::filesystem::path& folder, const ExportPlan& plan);
std::unique_ptr<ScribbleLayout> makeWordLayout(const std::filesystem::path& folder, const ExportPlan& plan);
std::unique_ptr<ScribbleLayout> makePyMicLayout(const std::filesystem::path& folder, const ExportPlan& plan);
std::unique_ptr<ScribbleLayout> makeMonaiLayout(const std::filesystem::path& folder, const ExportPlan& plan);
std::unique_ptr<ScribbleLayout> makeWsl4MisLayout(const std::filesystem::path& folder, const ExportPlan& plan);

/// `map` with voxels without a stroke as `unlabelled`.
LabelMap withUnlabelled(const LabelMap& map, Label unlabelled);

}  // namespace recontour
