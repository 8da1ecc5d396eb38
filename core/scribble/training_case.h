#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/image/case.h"
#include "core/image/organ_table.h"
#include "core/strokes/scribble_json.h"

namespace recontour {

/// A case that becomes one of a folder that is laid out as WORD is, see scribbleCasesIn().
struct TrainingCase {
  Case opened;
  ScribbleFile strokes;
  LabelMap scribbles;             ///< 0 background stroke, organs, 255 none; on the case's grid
  std::optional<LabelMap> dense;  ///< goes into labelsTr
};

/// Writes imagesTr, scribblesTr and labelsTr of one case, in the place of what was there of it: its image is linked
/// where it is a .nii.gz, else written from its voxels. @return the case's name. @throws Error; nothing is changed then
std::string putTrainingCase(const TrainingCase& one, const std::filesystem::path& cases, const OrganTable& organs);

}  // namespace recontour
