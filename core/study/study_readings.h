#pragma once
// Private to core/study: what is told only by all readings of a case together.
#include "core/study/coordinator_study.h"

namespace recontour {

/// How well the readers of each case agree, by arm and organ: repeats, practice and planted cases are left out.
std::vector<ReaderAgreement> agreementOf(const CoordinatorStudy& study);

/// What became of each planted error in each accepted reading, without practice and repeats.
std::vector<FoundError> foundErrorsOf(const CoordinatorStudy& study);

/// Cases of one patient, a sentence each group.
std::vector<StudyFlag> patientFlags(const StudyProtocol& protocol);

}  // namespace recontour
