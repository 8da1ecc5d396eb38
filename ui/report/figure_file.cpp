#include "ui/report/figure_file.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr int kPointsPerInch = 72, kDotsPerInch = 300;

QByteArray svgOf(const BoxPlot& plot, const QSizeF& points) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setResolution(kPointsPerInch);
  svg.setSize(points.toSize());
  svg.setViewBox(QRectF({}, points));
  svg.setTitle(plot.title);
  QPainter painter(&svg);
  paintBoxPlot(painter, QRectF({}, points), plot);
  painter.end();
  return bytes;
}

QByteArray pngOf(const BoxPlot& plot, const QSizeF& points) {
  constexpr double kScale = double(kDotsPerInch) / kPointsPerInch;
  QImage image((points * kScale).toSize(), QImage::Format_RGB32);
  image.setDotsPerMeterX(qRound(kDotsPerInch / 0.0254));
  image.setDotsPerMeterY(qRound(kDotsPerInch / 0.0254));
  QPainter painter(&image);
  painter.scale(kScale, kScale);
  paintBoxPlot(painter, QRectF({}, points), plot);
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  image.save(&buffer, "PNG");
  return bytes;
}

}  // namespace

void checkFigureName(const std::filesystem::path& file) {
  const auto ending = file.extension();
  if (ending != ".svg" && ending != ".png") throw Error(file, "is no name for a figure", "end it in .svg or .png");
}

void writeFigure(const std::filesystem::path& file, const BoxPlot& plot, const QSizeF& points) {
  checkFigureName(file);
  const QByteArray bytes = file.extension() == ".svg" ? svgOf(plot, points) : pngOf(plot, points);
  writeFileSafely(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace recontour
