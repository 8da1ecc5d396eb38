#pragma once
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "ui/report/figure_style.h"

namespace recontour {

/// Bars with whiskers side by side: in each category (an organ) one a series (the model, then readers).
struct BarChart {
  struct Bar {
    double value = 0, low = 0, high = 0;  ///< ends of the whisker
  };
  struct Category {
    QString name;
    std::vector<std::optional<Bar>> bars;  ///< by series; none where nothing is known
  };
  QString title, axis;  ///< axis: what is measured, with its unit
  QString mark;         ///< of simulated readers
  std::vector<LegendEntry> series;
  std::vector<Category> categories;
  double cut = 0;                   ///< the axis begins here, or lower where a whisker does
  std::optional<double> largest{};  ///< the axis ends here, or higher where a whisker does
};

/// Where the axis begins: `cut`, or the next tenth below the lowest whisker, but not below 0.
double axisBegin(const BarChart& chart);
/// The chart's axis, and "(axis cut at 0.5)" where it does not begin at 0.
QString axisName(const BarChart& chart);

/// Upright bars; names of categories slant below. An axis that does not begin at 0 has a break mark.
void paintBarChart(QPainter& painter, const QRectF& area, const BarChart& chart);
/// Bars to the right, a category below the other; made for values from 0.
void paintBarRows(QPainter& painter, const QRectF& area, const BarChart& chart);
/// Height that paintBarRows() needs for legible rows.
double barRowsHeight(const BarChart& chart);

}  // namespace recontour
