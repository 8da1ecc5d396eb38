#pragma once
#include <filesystem>
#include <vector>

#include "core/image/organ_table.h"
#include "ui/panels/welcome_pane.h"

namespace recontour {

/// This reader's sessions that a crash cut short, the latest first, five at most, as the start page offers them.
/// Reads files: for a background thread.
std::vector<UnfinishedWork> findUnfinishedWork(const std::filesystem::path& sessions, const std::string& reader,
                                               const OrganTable& organs);

}  // namespace recontour
