// The cases before and after revision.
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/report/study_figures.h"

namespace recontour {
namespace {

constexpr std::size_t kPanels = 4, kMostRows = 4;  // of panels: organs, readers
constexpr double kHighPanel = 185;                 // where one row stands alone

double meanChange(const StudyContext& study, const std::string& arm, const std::string& reader,
                  const std::string& organ) {
  const OrganOutcome* outcome = study.findings.find(arm, reader, organ);
  return outcome != nullptr && outcome->change ? outcome->change->mean : 0;
}

PairedDots::Panel panelOf(const StudyContext& study, const std::string& arm, const std::string& reader,
                          const std::string& organ) {
  PairedDots::Panel panel;
  panel.title = QStringLiteral("%1, %2").arg(study.organ(organ), study.reader(reader));
  panel.colour = shownColour(study, reader);
  panel.beforeName = QStringLiteral("before");
  panel.afterName = QStringLiteral("after");
  for (const CaseChange& each : caseChanges(study.results, arm, reader, organ))
    panel.pairs.push_back({each.before, each.after});
  const OrganOutcome* outcome = study.findings.find(arm, reader, organ);
  if (outcome == nullptr || !outcome->change) return panel;
  panel.notes << QStringLiteral("median %1, edited %2")
                     .arg(signedText(outcome->change->median, 3), partText(outcome->edited, outcome->readings));
  panel.notes
      << QStringLiteral("mean %1 (%2)").arg(signedText(outcome->change->mean, 3), meanChangeText(outcome->test, 3));
  return panel;
}

ReportFigure figureOf(const StudyContext& study, const std::string& arm, const std::string& name,
                      const PairedDots& plot) {
  const QString caption =
      QStringLiteral(
          "A line is a case, before (%1) and after revision. Below: median and mean change, with the interval of the "
          "mean (%2 %, BCa bootstrap by patient). All panels have one axis.")
          .arg(study.start(arm))
          .arg(100 * (1 - study.results.protocol.analysis.alpha));
  const auto paint = [plot](QPainter& painter, const QRectF& area) { paintPairedDots(painter, area, plot); };
  return {name, {plot.title, {kStudyFigureWidth, pairedDotsHeight(plot)}, paint}, caption};
}

}  // namespace

std::vector<std::string> mostChanged(const StudyContext& study, const std::string& arm) {
  const auto readers = study.readersOf(arm);
  const std::string of = readers.size() > 1 ? std::string(kAllReaders) : readers.front();
  std::vector<std::pair<double, std::string>> changes;
  for (const std::string& organ : study.organs()) {
    const double change = meanChange(study, arm, of, organ);
    if (change != 0) changes.emplace_back(-std::abs(change), organ);
  }
  std::ranges::stable_sort(changes, {}, &std::pair<double, std::string>::first);
  std::vector<std::string> organs;
  for (std::size_t i = 0; i < std::min(kPanels, changes.size()); ++i) organs.push_back(changes[i].second);
  return organs;
}

PairedDots changedCases(const StudyContext& study, const std::string& arm, std::span<const std::string> readers) {
  PairedDots plot;
  plot.axis = QStringLiteral("DSC");
  plot.mark = study.mark();
  plot.largest = 1;
  plot.title = QStringLiteral("Each case, organs that changed most");
  const auto organs = mostChanged(study, arm);
  for (const std::string& reader : readers)
    for (const std::string& organ : organs) plot.panels.push_back(panelOf(study, arm, reader, organ));
  plot.columns = std::max(1, static_cast<int>(organs.size()));
  if (readers.size() == 1) plot.panelHeight = kHighPanel;
  return plot;
}

PairedDots changedCases(const StudyContext& study, const std::string& arm) {
  return changedCases(study, arm, shownReaders(study, arm, kMostRows));
}

std::vector<ReportFigure> pairedFigures(const StudyContext& study, const std::string& arm) {
  const auto readers = shownReaders(study, arm, kMostRows);
  const ReportFigure all = figureOf(study, arm, "paired", changedCases(study, arm));
  if (readers.size() < 2) return {all};
  const auto most = std::ranges::max_element(
      readers, {}, [&](const std::string& reader) { return std::abs(meanChange(study, arm, reader, kAllOrgans)); });
  PairedDots one = changedCases(study, arm, std::span(&*most, 1));
  one.title += QStringLiteral(": %1").arg(study.reader(*most));
  ReportFigure first = figureOf(study, arm, "paired-most", one);
  first.caption +=
      QStringLiteral(" %1 is the reader with the largest mean change over all organs; the next figure has all readers.")
          .arg(study.reader(*most));
  return {first, all};
}

}  // namespace recontour
