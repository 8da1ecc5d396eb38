#include "ui/report/panel_grid.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/report/figure_style.h"

namespace recontour {
namespace {

constexpr double kAxis = 40, kBetween = 10, kBelow = 4, kWidest = 190;

}  // namespace

std::size_t panelRows(std::size_t count, int columns) {
  const auto wide = static_cast<std::size_t>(std::max(1, columns));
  return (count + wide - 1) / wide;
}

std::vector<QRectF> panelRooms(const QRectF& area, std::size_t count, int columns) {
  const QRectF room = area.adjusted(kAxis, 0, 0, 0);
  const auto wide = static_cast<std::size_t>(std::max(1, columns));
  const double width = std::min(kWidest, (room.width() + kBetween) / double(wide));
  const double height = room.height() / double(std::max<std::size_t>(1, panelRows(count, columns)));
  std::vector<QRectF> rooms;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = i / wide, column = i % wide;
    rooms.emplace_back(room.left() + width * double(column), room.top() + height * double(row), width - kBetween,
                       height - kBelow);
  }
  return rooms;
}

void paintPanelText(QPainter& painter, const QRectF& area, const QString& text, const QFont& font, QRgb colour) {
  painter.setFont(font);
  painter.setPen(QColor(colour));
  const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, area.width());
  painter.drawText(area, Qt::AlignCenter | Qt::TextDontClip, shown);
}

void paintPanelGrid(QPainter& painter, const QRectF& frame, const ValueAxis& axis, bool withTexts) {
  if (withTexts) return paintUprightAxis(painter, frame, axis);
  painter.setPen(QPen(QColor(kGrid), 0.6));
  for (const ValueAxis::Tick& tick : axis.ticks()) {
    const double y = frame.bottom() - axis.part(tick.value) * frame.height();
    painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
  }
}

}  // namespace recontour
