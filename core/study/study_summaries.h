#pragma once
// Private to the analysis: its parts, one a table of the report.
#include <span>
#include <vector>

#include "core/study/study_comparisons.h"
#include "core/study/study_selection.h"

namespace recontour {

/// Fills in Holm's p of tests that are made together.
void adjustFamily(std::span<PairedTest* const> family);

std::vector<StartOutcome> startOutcomes(const StudySelection& selection);
std::vector<ReproductionOutcome> reproductionOutcomes(const StudySelection& selection);
std::vector<WorkOutcome> workOutcomes(const StudySelection& selection);
std::vector<TimeOutcome> timeOutcomes(const StudySelection& selection);
/// Of the first two arms that can be compared; none where there is one arm.
std::vector<ArmComparison> armComparisons(const StudySelection& selection, const StudyProtocol& protocol);
std::vector<PrimaryOutcome> primaryOutcomes(const StudySelection& selection, const StudyProtocol& protocol);
std::vector<AgreementOutcome> agreementOutcomes(const StudySelection& selection,
                                                std::span<const ReaderAgreement> agreement);
/// @param limit  index of the idle limit that times are taken at
std::vector<RepeatOutcome> repeatOutcomes(const StudySelection& selection, std::size_t limit);
std::vector<VigilanceOutcome> vigilanceOutcomes(const StudyResults& results);

/// Active seconds of whole readings by reader and case, at one idle limit.
std::map<std::pair<std::string, std::string>, double> readingTimes(const StudySelection& selection,
                                                                   const StudyCells& cells, const std::string& arm,
                                                                   std::size_t limit);

}  // namespace recontour
