#pragma once
#include <QSizeF>
#include <filesystem>

#include "ui/report/box_plot.h"

namespace recontour {

/// Writes a plot as .svg or .png (at 300 dots an inch), as the ending says, through SafeFile.
/// @param points  size, 1/72 inch. @throws Error
void writeFigure(const std::filesystem::path& file, const BoxPlot& plot, const QSizeF& points = {720, 360});
/// @throws Error unless the name ends in .svg or .png
void checkFigureName(const std::filesystem::path& file);

}  // namespace recontour
