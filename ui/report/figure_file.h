#pragma once
#include <QByteArray>
#include <QRectF>
#include <QString>
#include <filesystem>
#include <functional>

#include "ui/report/box_plot.h"

namespace recontour {

/// Any figure that a painter can draw, with the size that it was made for.
struct PaintedFigure {
  QString title;
  QSizeF points = {720, 360};  ///< 1/72 inch
  std::function<void(QPainter& painter, const QRectF& area)> paint;
};

/// Writes a figure as .svg or .png (at 300 dots an inch), as the ending says, through SafeFile. @throws Error
void writeFigure(const std::filesystem::path& file, const PaintedFigure& figure);
/// @param points  size, 1/72 inch
void writeFigure(const std::filesystem::path& file, const BoxPlot& plot, const QSizeF& points = {720, 360});
/// @throws Error unless the name ends in .svg or .png
void checkFigureName(const std::filesystem::path& file);

/// The figure as an SVG document.
QByteArray figureSvg(const PaintedFigure& figure);

}  // namespace recontour
