#pragma once
#include <span>

#include "ui/report/bar_chart.h"
#include "ui/report/paired_dots.h"
#include "ui/report/report_document.h"
#include "ui/report/step_lines.h"
#include "ui/report/study_texts.h"

namespace recontour {

/// Figure 3 of the WORD paper: DSC of the starts and of each reader by organ, mean and SD over cases, axis cut at 0.5.
BarChart dscChart(const StudyContext& study, const std::string& arm);
/// The cases of the organs that changed most, a row of panels for each reader.
PairedDots changedCases(const StudyContext& study, const std::string& arm);
PairedDots changedCases(const StudyContext& study, const std::string& arm, std::span<const std::string> readers);
/// DSC of those organs over active time: readings and the mean of each reader.
StepLines courseLines(const StudyContext& study, const std::string& arm);
/// Up to four organs by the size of their mean change, largest first; those that did not change are left out.
std::vector<std::string> mostChanged(const StudyContext& study, const std::string& arm);
/// Active time by organ, median and quartiles; of each reader, or of each arm where there are several.
BarChart timeChart(const StudyContext& study);

inline constexpr double kStudyFigureWidth = 560;  ///< points
/// changedCases() with captions: where there are several readers, first the one with the largest mean change alone.
std::vector<ReportFigure> pairedFigures(const StudyContext& study, const std::string& arm);
ReportFigure courseFigure(const StudyContext& study, const std::string& arm);
ReportFigure timeFigure(const StudyContext& study);
/// Readers that get a bar or a row of panels each; the mean over them where there are more than `most`.
std::vector<std::string> shownReaders(const StudyContext& study, const std::string& arm, std::size_t most);
QColor shownColour(const StudyContext& study, const std::string& reader);

/// The figures as they are written and shown, with captions; those without data are left out.
std::vector<ReportFigure> studyFigures(const StudyContext& study);

}  // namespace recontour
