#pragma once
#include <QColor>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

class QPainter;

namespace recontour {

/// Two values of each case, joined by a line: before and after revision.
struct PairedDots {
  struct Pair {
    double before = 0, after = 0;
  };
  struct Panel {
    QString title;
    QColor colour;                  ///< of what came after
    QString beforeName, afterName;  ///< below the dots
    std::vector<Pair> pairs;
    QStringList notes;  ///< lines below, e.g. the median change
  };
  QString title, axis;
  QString mark;  ///< of simulated readers
  std::vector<Panel> panels;
  int columns = 4;                  ///< panels in a row
  double panelHeight = 140;         ///< points
  std::optional<double> largest{};  ///< end of the one axis that all panels have; from the values unless given
};

/// Draws panels in rows; all have the same axis.
void paintPairedDots(QPainter& painter, const QRectF& area, const PairedDots& plot);
/// Height that legible panels need.
double pairedDotsHeight(const PairedDots& plot);

}  // namespace recontour
