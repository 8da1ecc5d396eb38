#pragma once
#include <filesystem>

#include "core/study/study_results.h"
#include "ui/report/report_document.h"
#include "ui/report/study_texts.h"

namespace recontour {

/// The report of a study as what it says. The results and findings must outlive its figures.
ReportDocument studyReport(const StudyContext& study);

/// Writes into a folder, which is made where it is missing: report.html and report.pdf; figures as .svg and .png
/// (figure3, paired-most, paired, course, times); long.csv, long_columns.csv and model.R; what the report's figures and
/// tables are made from with all digits (outcomes.csv, times.csv, agreement.csv, dsc_over_time.csv, ratings.csv,
/// flags.csv, notes.csv). Needs a QGuiApplication for its fonts. @throws Error
void writeStudyReport(const StudyResults& results, const std::filesystem::path& folder);

}  // namespace recontour
