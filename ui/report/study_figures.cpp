#include "ui/report/study_figures.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

using Bar = std::optional<BarChart::Bar>;

Bar meanBar(const std::optional<Description>& values) {
  if (!values) return std::nullopt;
  const double sd = values->sd.value_or(0);
  return BarChart::Bar{values->mean, values->mean - sd, values->mean + sd};
}

bool startsFromContours(const StudyContext& study, const std::string& arm) {
  const StudyArm* found = study.results.protocol.findArm(arm);
  return found == nullptr || !found->fromNothing;
}

int casesOf(const StudyContext& study, const std::string& arm) {
  int cases = 0;
  for (const StartOutcome& start : study.findings.starts) {
    if (start.arm == arm) cases = std::max(cases, start.cases);
  }
  return cases;
}

ReportFigure dscFigure(const StudyContext& study, const std::string& arm, const std::string& name) {
  const BarChart chart = dscChart(study, arm);
  QString caption = QStringLiteral("Bars are means, whiskers one SD over cases.");
  if (axisBegin(chart) > 0)
    caption += QStringLiteral(" The axis begins at %1, so lengths of bars are not in proportion to values.")
                   .arg(axisBegin(chart));
  caption += QStringLiteral(
      " Cases where the reference or the contour lacks the organ are left out; the table has their number.");
  return {name,
          {chart.title,
           {kStudyFigureWidth, 320},
           [chart](QPainter& painter, const QRectF& area) { paintBarChart(painter, area, chart); }},
          caption};
}

bool anyBar(const BarChart& chart) {
  return std::ranges::any_of(chart.categories, [](const auto& category) {
    return std::ranges::any_of(category.bars, [](const Bar& bar) { return bar.has_value(); });
  });
}

}  // namespace

std::vector<std::string> shownReaders(const StudyContext& study, const std::string& arm, std::size_t most) {
  auto readers = study.readersOf(arm);
  if (readers.size() > most) readers = {kAllReaders};
  return readers;
}

QColor shownColour(const StudyContext& study, const std::string& reader) {
  return readerColour(reader == kAllReaders ? 0 : study.place(reader));
}

BarChart dscChart(const StudyContext& study, const std::string& arm) {
  BarChart chart;
  chart.axis = QStringLiteral("DSC");
  chart.mark = study.mark();
  chart.cut = 0.5;
  chart.largest = 1;
  const bool withStart = startsFromContours(study, arm);
  const auto readers = shownReaders(study, arm, 8);
  if (withStart) chart.series.push_back({study.start(arm), startColour()});
  for (const std::string& reader : readers) chart.series.push_back({study.reader(reader), shownColour(study, reader)});
  for (const std::string& organ : study.organs()) {
    BarChart::Category category{study.organ(organ), {}};
    const StartOutcome* start = study.findings.findStart(arm, organ);
    if (withStart) category.bars.push_back(meanBar(start == nullptr ? std::nullopt : start->dsc));
    for (const std::string& reader : readers) {
      const OrganOutcome* outcome = study.findings.find(arm, reader, organ);
      category.bars.push_back(meanBar(outcome == nullptr ? std::nullopt : outcome->after));
    }
    chart.categories.push_back(category);
  }
  chart.title = QStringLiteral("DSC by organ, mean \u00b1 SD over %1 cases").arg(casesOf(study, arm));
  if (study.arms().size() > 1) chart.title += QStringLiteral(", arm ") + study.arm(arm);
  return chart;
}

std::vector<ReportFigure> studyFigures(const StudyContext& study) {
  std::vector<ReportFigure> figures;
  for (const std::string& arm : study.arms()) {
    const std::string name = figures.empty() ? "figure3" : "figure3-" + arm;
    if (anyBar(dscChart(study, arm))) figures.push_back(dscFigure(study, arm, name));
  }
  for (const std::string& arm : study.arms()) {
    if (!startsFromContours(study, arm) || mostChanged(study, arm).empty()) continue;
    for (ReportFigure& figure : pairedFigures(study, arm)) figures.push_back(std::move(figure));
    if (!courseLines(study, arm).panels.empty()) figures.push_back(courseFigure(study, arm));
    break;
  }
  if (anyBar(timeChart(study))) figures.push_back(timeFigure(study));
  return figures;
}

}  // namespace recontour
