#include "ui/views/polygon_draft.h"

namespace recontour {

std::optional<std::size_t> PolygonDraft::cornerAt(const QPointF& widget, const ToWidget& toWidget) const {
  constexpr double kReachPx = 7;
  for (std::size_t i = 0; i < corners_.size(); ++i) {
    if ((toWidget(corners_[i]) - widget).manhattanLength() <= kReachPx) return i;
  }
  return std::nullopt;
}

void PolygonDraft::paint(QPainter& painter, const ToWidget& toWidget, const QColor& colour, bool withCorners,
                         bool closed) const {
  if (corners_.empty()) return;
  QPolygonF line;
  for (const Point3& corner : corners_) line << toWidget(corner);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  for (const QPen& pen : {QPen(QColor(0, 0, 0, 170), 3.5), QPen(colour, 1.5)}) {
    painter.setPen(pen);
    painter.drawPolyline(line);
  }
  painter.setPen(QPen(colour, 1, Qt::DashLine));
  if (closed) painter.drawLine(line.back(), line.front());
  if (!withCorners) return;
  painter.setPen(QPen(Qt::black, 1));
  painter.setBrush(colour);
  for (const QPointF& corner : line) painter.drawRect(QRectF(corner.x() - 3, corner.y() - 3, 6, 6));
}

}  // namespace recontour
