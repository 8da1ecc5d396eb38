#pragma once
#include "ui/report/report_document.h"
#include "ui/report/study_texts.h"

namespace recontour {

// The tables of a study's report. Where there is nothing to say a list is empty.

std::vector<ReportTable> flowTables(const StudyContext& study);  ///< flow of cases, exclusions
std::vector<ReportTable> dscTables(const StudyContext& study);   ///< like those of the paper, one an arm
std::vector<ReportTable> testTables(const StudyContext& study);  ///< one an arm and reader
std::vector<ReportTable> workTables(const StudyContext& study);  ///< what was edited
std::vector<ReportTable> timeTables(const StudyContext& study);  ///< of cases and of organs
std::vector<ReportTable> armTables(const StudyContext& study);   ///< arms compared, crossover, primary endpoint
std::vector<ReportTable> agreementTables(const StudyContext& study);
std::vector<ReportTable> ratingTables(const StudyContext& study);  ///< scores, their agreement, answers in words
std::vector<ReportTable> repeatTables(const StudyContext& study);
std::vector<ReportTable> vigilanceTables(const StudyContext& study);
std::vector<ReportTable> reproductionTables(const StudyContext& study);
std::vector<ReportTable> readerTables(const StudyContext& study);  ///< readers and their machines
std::vector<ReportTable> noteTables(const StudyContext& study);    ///< flags; what the coordinator did

}  // namespace recontour
