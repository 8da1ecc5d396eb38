#pragma once
#include <filesystem>

#include "core/study/coordinator_study.h"

namespace recontour {

/// Writes what others compute with: long.csv and its columns, a script for R, DSC over time, ratings
/// (docs/formats/study-long-csv.md). Figures must have been made, see evaluateStudy(). Models are named once the study
/// is unblinded. Streams: a store may hold millions of rows. @throws Error
void exportStudy(const CoordinatorStudy& study, const std::filesystem::path& folder);

}  // namespace recontour
