#pragma once
#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>
#include <vector>

#include "ui/report/value_axis.h"

class QPainter;

namespace recontour {

// What figures of several panels with one upright axis share; lengths in points.

/// Rooms of panels in rows, left to right; the axis' texts are left of the first column.
/// @param area  of all panels, with the axis
std::vector<QRectF> panelRooms(const QRectF& area, std::size_t count, int columns);
std::size_t panelRows(std::size_t count, int columns);
/// In the middle of `area`, cut off with dots where it is too long.
void paintPanelText(QPainter& painter, const QRectF& area, const QString& text, const QFont& font, QRgb colour);
/// Grid lines of the upright axis; its ticks only at the first panel of a row.
void paintPanelGrid(QPainter& painter, const QRectF& frame, const ValueAxis& axis, bool withTexts);

}  // namespace recontour
