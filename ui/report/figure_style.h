#pragma once
#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>
#include <vector>

#include "ui/report/value_axis.h"

class QPainter;

namespace recontour {

/// What the figures and pages of a study's report share: colours on white, fonts, heading and axis. Lengths in points.
inline constexpr QRgb kInk = 0xff1d2126, kDim = 0xff5f6873, kGrid = 0xffe3e6ea, kWarning = 0xffc03030;
QColor startColour();                    ///< of the contours that readers started from
QColor readerColour(std::size_t place);  ///< by place in the protocol, from 0
QFont figureFont(int points, bool bold = false);

struct LegendEntry {
  QString name;
  QColor colour;
};

/// The title in bold, the mark in a red box at the right, and the legend below.
/// @return height that it took
double paintFigureHeading(QPainter& painter, const QRectF& area, const QString& title, const QString& mark,
                          const std::vector<LegendEntry>& legend);
/// "SIMULATED READERS" in a red box; nothing for an empty text. @return its area
QRectF paintMark(QPainter& painter, const QPointF& topRight, const QString& mark);

/// Grid lines and tick texts of an axis that runs upwards at the left of `frame`.
void paintUprightAxis(QPainter& painter, const QRectF& frame, const ValueAxis& axis);
/// What is measured, along the left edge of `area`, upwards.
void paintAxisName(QPainter& painter, const QRectF& area, const QRectF& frame, const QString& name);
/// Texts of all ticks with the same number of decimals.
QStringList tickTexts(const ValueAxis& axis);
double textWidth(const QFont& font, const QString& text);

}  // namespace recontour
