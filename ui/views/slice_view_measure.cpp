// Ruler and ellipse of SliceView: looked at, logged, no edit.
#include <QPainter>

#include "ui/views/slice_view.h"
#include "ui/views/view_colours.h"

namespace recontour {

void SliceView::measureTo(const QPointF& at) {
  if (!measurement_) return;
  measurement_->toMm = worldFromWidget(at);
  if (measurement_->ellipse)
    measurement_->hu = ellipseStatistics(volume_, axisMap_, plane_, slice_, measurement_->fromMm, measurement_->toMm);
  update();
}

QString SliceView::measureText() const {
  if (!measurement_->ellipse) return tr("%1 mm").arg(measurement_->lengthMm(), 0, 'f', 1);
  if (!measurement_->hu) return tr("no voxel");
  const HuStatistics& hu = *measurement_->hu;
  return tr("HU %1 \u00b1 %2, %3 to %4; %5 mm\u00b2")
      .arg(hu.mean, 0, 'f', 1)
      .arg(hu.deviation, 0, 'f', 1)
      .arg(hu.lowest)
      .arg(hu.highest)
      .arg(hu.areaMm2, 0, 'f', 0);
}

void SliceView::paintMeasure(QPainter& painter) const {
  if (!measurement_) return;
  const QPointF from = widgetFromWorld(measurement_->fromMm), to = widgetFromWorld(measurement_->toMm);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  for (const QPen& pen : {QPen(QColor(0, 0, 0, 190), 3.5), QPen(kViewWarning, 1.5)}) {
    painter.setPen(pen);
    if (measurement_->ellipse) {
      painter.drawEllipse(QRectF(from, to).normalized());
    } else {
      painter.drawLine(from, to);
    }
  }
  QFont font = painter.font();
  font.setPixelSize(12);
  painter.setFont(font);
  const QString text = measureText();
  const double width = painter.fontMetrics().horizontalAdvance(text);
  QRectF box(to.x() + 8, to.y() + 6, width + 10, 18);
  if (box.right() > sliderRect().left()) box.moveRight(std::min(to.x() - 8, sliderRect().left() - 4));
  box.moveBottom(std::min(box.bottom(), height() - 28.0));
  painter.fillRect(box, QColor(0, 0, 0, 190));
  painter.setPen(kViewText);
  painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace recontour
