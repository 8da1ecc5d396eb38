#pragma once
#include <QColor>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

class QPainter;

namespace recontour {

/// Distributions side by side: in each category (an organ) a box for each series (a method).
struct BoxPlot {
  struct Series {
    QString name;
    QColor colour;
  };
  struct Category {
    QString name;
    QColor colour;                            ///< of its boxes where there is one series
    std::vector<std::vector<double>> values;  ///< by series; may be empty
  };
  QString title, axis;  ///< axis: what is measured, with its unit
  std::vector<Series> series;
  std::vector<Category> categories;
  bool logarithmic = false;                  ///< values must be above 0; others are left out
  std::optional<double> least{}, largest{};  ///< of the axis; from the values unless given
};

/// What is drawn of one distribution. Source: J. W. Tukey, Exploratory Data Analysis, 1977.
struct BoxFigures {
  double lowerQuartile = 0, median = 0, upperQuartile = 0;  ///< linear interpolation, as numpy's percentile
  double lowerWhisker = 0, upperWhisker = 0;                ///< outermost values within 1.5 box heights of the box
  std::vector<double> outliers;                             ///< beyond the whiskers, rising
};
/// @param values  at least one
BoxFigures boxFigures(std::vector<double> values);

/// Draws the plot, black on white, into `area` (in points; 11-point text). Needs a QGuiApplication for its fonts.
void paintBoxPlot(QPainter& painter, const QRectF& area, const BoxPlot& plot);

}  // namespace recontour
