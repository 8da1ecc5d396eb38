#pragma once
// Private to core/study: start maps of a draft.
#include "core/image/label_map.h"
#include "core/study/coordinator_study.h"

namespace recontour {

/// Writes a start map into the study's folder, on the grid of its case's image. The protocol does not know of it yet.
/// @return its entry in the protocol. @throws Error for an arm that has none
StudyStart writeStart(const CoordinatorStudy& study, const std::string& caseId, const std::string& arm,
                      const LabelImage& start);

/// Puts the entry in the place of the one that was there.
void putStart(StudyProtocol& protocol, const StudyStart& entry);

}  // namespace recontour
