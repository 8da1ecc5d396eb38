#pragma once
#include <string>

#include "core/study/study_analysis.h"

namespace recontour {

// The tables of a report with all digits, for others to compare with; missing values are empty.

/// A line an arm, reader ("" is the mean over readers) and organ: DSC before, after and change, edits, test.
std::string outcomesCsv(const StudyFindings& findings);
/// A line an arm, reader, organ and idle limit: active seconds.
std::string timesCsv(const StudyFindings& findings, const StudyAnalysis& analysis);
/// A line an arm and organ: agreement of the readers.
std::string agreementCsv(const StudyFindings& findings);
/// reader,case,arm,kind,text: a line a flag; those of the study have no reader.
std::string flagsCsv(const StudyResults& results);
/// wall_ms,who,action,subject,reason: a line an entry of the coordinator.
std::string notesCsv(const StudyResults& results);

}  // namespace recontour
