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

/// Values that keep until the next one, over time, in panels with the same axes.
struct StepLines {
  struct Line {
    std::vector<QPointF> points;  ///< time and value, in the order of time
    QColor colour;
    bool strong = false;  ///< a mean: thick, above the others
  };
  struct Panel {
    QString title;
    std::vector<Line> lines;
  };
  QString title, axis, across;  ///< what is measured, upwards and to the right
  QString mark;                 ///< of simulated readers
  std::vector<LegendEntry> legend;
  std::vector<Panel> panels;
  int columns = 4;
  std::optional<double> largest{};  ///< end of the upright axis; from the values unless given
};

void paintStepLines(QPainter& painter, const QRectF& area, const StepLines& plot);
/// Height that legible panels need.
double stepLinesHeight(const StepLines& plot);

}  // namespace recontour
