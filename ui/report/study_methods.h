#pragma once
#include "ui/report/report_document.h"
#include "ui/report/study_texts.h"

namespace recontour {

/// How the figures came about, in sentences that can go into a paper: design, material, times, metrics, tests, limits.
std::vector<ReportParagraph> methodsText(const StudyContext& study);
/// Below the first figures: the change over all organs, how it was tested, and what a reader must not conclude.
ReportParagraph summaryText(const StudyContext& study);
/// Versions, hashes, seeds and settings.
ReportTable settingsTable(const StudyContext& study);
/// Surface DSC tolerances, start maps and guidelines, where the protocol has them.
std::vector<ReportTable> protocolTables(const StudyContext& study);
/// What CLAIM 2024 and DECIDE-AI ask for, in words of our own, with what the program knows.
ReportTable checklistTable(const StudyContext& study);

}  // namespace recontour
