#pragma once
#include <filesystem>
#include <map>
#include <vector>

#include "core/image/label_map.h"
#include "core/study/study_results.h"

namespace recontour {

/// How the DSC of each organ with the reference went while it was revised, from the log alone: the start first, then
/// each edit, undo and redo that changed the organ. Organs that the reference lacks are left out.
/// @param truth  on the session's grid. @throws Error where the log cannot be replayed
std::map<Label, std::vector<DscMoment>> dscOverTime(const std::filesystem::path& sessionFolder, const LabelMap& truth,
                                                    const StudyAnalysis& analysis);

}  // namespace recontour
