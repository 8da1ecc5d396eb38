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

QByteArray pngOf(const PaintedFigure& figure) {
  constexpr double kScale = double(kDotsPerInch) / kPointsPerInch;
  QImage image((figure.points * kScale).toSize(), QImage::Format_RGB32);
  image.setDotsPerMeterX(qRound(kDotsPerInch / 0.0254));
  image.setDotsPerMeterY(qRound(kDotsPerInch / 0.0254));
  QPainter painter(&image);
  painter.scale(kScale, kScale);
  figure.paint(painter, QRectF({}, figure.points));
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

QByteArray figureSvg(const PaintedFigure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setResolution(kPointsPerInch);
  svg.setSize(figure.points.toSize());
  svg.setViewBox(QRectF({}, figure.points));
  svg.setTitle(figure.title);
  QPainter painter(&svg);
  figure.paint(painter, QRectF({}, figure.points));
  painter.end();
  return bytes;
}

void writeFigure(const std::filesystem::path& file, const PaintedFigure& figure) {
  checkFigureName(file);
  const QByteArray bytes = file.extension() == ".svg" ? figureSvg(figure) : pngOf(figure);
  writeFileSafely(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

void writeFigure(const std::filesystem::path& file, const BoxPlot& plot, const QSizeF& points) {
  writeFigure(file, PaintedFigure{plot.title, points,
                                  [&](QPainter& painter, const QRectF& area) { paintBoxPlot(painter, area, plot); }});
}

}  // namespace recontour
