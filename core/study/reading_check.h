#pragma once
// Private to core/study.
#include <filesystem>

#include "core/study/coordinator_study.h"
#include "core/study/session_facts.h"

namespace recontour {

/// Whether a reading is of its task, under the frozen protocol, of the frozen image, from the frozen contours and from
/// no others, and its revision.nii.gz the one that was accepted. @throws Error naming the first thing that is not so
void requireReadingOf(const CoordinatorStudy& study, const StudyTask& task, const std::filesystem::path& folder,
                      const SessionFacts& facts);

}  // namespace recontour
