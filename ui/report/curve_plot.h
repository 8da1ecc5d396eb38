#pragma once
#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "ui/report/figure_style.h"

class QPainter;

namespace recontour {

/// How a training goes over its iterations: the loss by the left axis, a score from 0 to 1 by the right one.
struct CurvePlot {
  struct Colours {
    QColor ground = Qt::white, text = QColor(kDim), grid = QColor(kGrid);
    QColor loss = readerColour(0), score = readerColour(2);
  };
  Colours colours{};
  QString lossName, meanName, scoreName, xName;  ///< of axes and legend; meanName: of the running mean
  std::vector<QPointF> loss;                     ///< x iteration, rising; what is not finite is left out
  std::vector<QPointF> score;                    ///< x iteration, y 0..1
  double last = 0;                               ///< iteration at the right end; at least that of the last point
  int meanOf = 50;                               ///< points of the running mean, see runningMean()
  bool logarithmic = false;                      ///< of the loss; what is not above 0 is left out
};

/// At each point the mean of y over it and those before it, `count` (>= 1) at most.
std::vector<QPointF> runningMean(const std::vector<QPointF>& points, int count);

/// Where curves lie inside `area`, between the axes.
QRectF curveFrame(const QRectF& area, const CurvePlot& plot);
/// Draws the plot into `area` (in points; 8-point text). Needs a QGuiApplication for its fonts.
void paintCurvePlot(QPainter& painter, const QRectF& area, const CurvePlot& plot);

}  // namespace recontour
