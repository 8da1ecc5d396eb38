// Active time by organ.
#include <QPainter>
#include <algorithm>

#include "ui/report/study_figures.h"

namespace recontour {
namespace {

using Bar = std::optional<BarChart::Bar>;

Bar medianBar(const std::optional<Description>& values, double perSecond) {
  if (!values) return std::nullopt;
  return BarChart::Bar{values->median * perSecond, values->lowerQuartile * perSecond,
                       values->upperQuartile * perSecond};
}

/// The bars of one colour in the chart of times.
struct TimeSeries {
  std::string arm, reader;
  LegendEntry legend;
};

/// Readers where there is one arm, else arms with all their readers.
std::vector<TimeSeries> timeSeries(const StudyContext& study) {
  std::vector<TimeSeries> series;
  const auto arms = study.arms();
  if (arms.size() == 1) {
    for (const std::string& reader : shownReaders(study, arms[0], 8)) {
      const QString name = reader == kAllReaders ? QStringLiteral("all readers") : study.reader(reader);
      series.push_back({arms[0], reader, {name, shownColour(study, reader)}});
    }
    return series;
  }
  for (const std::string& arm : arms) {
    const auto readers = study.readersOf(arm);
    const std::string reader = readers.size() > 1 ? std::string(kAllReaders) : readers.front();
    series.push_back({arm, reader, {QStringLiteral("arm ") + study.arm(arm), readerColour(series.size())}});
  }
  return series;
}

/// The largest upper quartile of an organ's active time, s.
double longestTime(const StudyContext& study) {
  double longest = 0;
  for (const TimeOutcome& time : study.findings.times) {
    const auto& values = time.activeS[study.findings.primaryLimit];
    if (time.organ != kWholeCase && values) longest = std::max(longest, values->upperQuartile);
  }
  return longest;
}

}  // namespace

BarChart timeChart(const StudyContext& study) {
  BarChart chart;
  chart.mark = study.mark();
  const bool minutes = longestTime(study) >= 180;
  const std::size_t limit = study.findings.primaryLimit;
  const auto series = timeSeries(study);
  for (const TimeSeries& each : series) chart.series.push_back(each.legend);
  auto organs = study.organs();
  const bool review =
      std::ranges::find(study.findings.times, "review", &TimeOutcome::organ) != study.findings.times.end();
  if (review) organs.emplace_back("review");
  for (const std::string& organ : organs) {
    BarChart::Category category{study.organ(organ), {}};
    for (const TimeSeries& each : series) {
      const TimeOutcome* time = study.findings.findTime(each.arm, each.reader, organ);
      category.bars.push_back(time == nullptr ? std::nullopt : medianBar(time->activeS[limit], minutes ? 1.0 / 60 : 1));
    }
    chart.categories.push_back(category);
  }
  chart.axis = minutes ? QStringLiteral("active time (min)") : QStringLiteral("active time (s)");
  chart.title = QStringLiteral("Active time by organ, median and quartiles");
  return chart;
}

ReportFigure timeFigure(const StudyContext& study) {
  const BarChart chart = timeChart(study);
  return {"times",
          {chart.title,
           {kStudyFigureWidth, barRowsHeight(chart)},
           [chart](QPainter& painter, const QRectF& area) { paintBarRows(painter, area, chart); }},
          QStringLiteral(
              "Bars are medians over readings, whiskers quartiles. Time before a stroke belongs to the organ of the "
              "stroke; "
              "\"No organ\" is time that no stroke followed. Idle limit %1 s; interrupted readings are left out.")
              .arg(study.results.protocol.analysis.primaryIdleLimitS)};
}

}  // namespace recontour
