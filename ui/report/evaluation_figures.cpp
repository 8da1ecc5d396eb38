#include "ui/report/evaluation_figures.h"

#include <QCoreApplication>
#include <algorithm>

namespace recontour {
namespace {

/// Colours that are told apart by the colour-blind and in print. Source: Okabe and Ito, 2008.
constexpr QRgb kMethodColours[] = {0xff56b4e9, 0xffe69f00, 0xff009e73, 0xffcc79a7, 0xfff0e442, 0xff0072b2, 0xffd55e00};

QString tr(const char* text) { return QCoreApplication::translate("Report", text); }

BoxPlot::Category categoryOf(const Organ& organ) {
  return {QString::fromStdString(organ.name),
          QColor(organ.displayColour[0], organ.displayColour[1], organ.displayColour[2]),
          {}};
}

std::vector<double> valuesOf(const Evaluation& evaluation, const MetricColumn& column, const std::string& organ,
                             bool withEmpty) {
  std::vector<double> values;
  for (const MetricRow& row : evaluation.rows) {
    if (row.organ != organ) continue;
    const OrganMetrics* source = column.source(row);
    if (source == nullptr || (!withEmpty && source->empty != Empty::None)) continue;
    if (const auto value = column.of(row)) values.push_back(*value);
  }
  return values;
}

QString axisText(const MetricColumn& column) {
  const QString name = QString::fromStdString(column.name).toUpper().replace(QLatin1Char('_'), QLatin1Char(' '));
  return column.kind == MetricKind::Distance ? tr("%1 (mm)").arg(name.section(QLatin1String(" MM"), 0, 0)) : name;
}

void dropEmptyCategories(BoxPlot& plot) {
  std::erase_if(plot.categories, [](const BoxPlot::Category& category) {
    return std::ranges::all_of(category.values, &std::vector<double>::empty);
  });
}

int casesOf(const Evaluation& evaluation) {
  std::vector<std::string> names;
  for (const MetricRow& row : evaluation.rows) names.push_back(row.caseName);
  std::ranges::sort(names);
  return static_cast<int>(std::ranges::unique(names).begin() - names.begin());
}

}  // namespace

BoxPlot metricPlot(std::span<const MethodResult> methods, const OrganTable& organs, const MetricColumn& column,
                   bool withEmpty) {
  BoxPlot plot;
  plot.axis = axisText(column);
  plot.title = tr("%1 over %2 cases").arg(plot.axis).arg(casesOf(methods.front().evaluation));
  for (std::size_t i = 0; i < methods.size(); ++i)
    plot.series.push_back(
        {QString::fromStdString(methods[i].name), QColor(kMethodColours[i % std::size(kMethodColours)])});
  for (const Organ& organ : organs.organs()) {
    plot.categories.push_back(categoryOf(organ));
    for (const MethodResult& method : methods)
      plot.categories.back().values.push_back(valuesOf(method.evaluation, column, organ.key, withEmpty));
  }
  if (column.kind == MetricKind::Overlap) plot.largest = 1;
  if (column.kind == MetricKind::Distance) plot.least = 0;
  dropEmptyCategories(plot);
  return plot;
}

BoxPlot volumePlot(const Evaluation& evaluation, const OrganTable& organs) {
  const auto column = std::ranges::find(evaluation.columns, "volume_truth_ml", &MetricColumn::name);
  BoxPlot plot;
  plot.axis = tr("volume (mL)");
  plot.title = tr("Volumes of the organs in %1 cases").arg(casesOf(evaluation));
  plot.logarithmic = true;
  plot.series.push_back({tr("truth"), {}});
  if (column == evaluation.columns.end()) return plot;
  for (const Organ& organ : organs.organs()) {
    plot.categories.push_back(categoryOf(organ));
    plot.categories.back().values = {valuesOf(evaluation, *column, organ.key, true)};
    std::erase(plot.categories.back().values[0], 0.0);  // an organ that is not there has no volume
  }
  dropEmptyCategories(plot);
  return plot;
}

}  // namespace recontour
