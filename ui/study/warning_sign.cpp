#include "ui/study/warning_sign.h"

#include <QPainter>
#include <QPolygonF>

#include "ui/panels/theme.h"

namespace recontour {

void paintWarningSign(QPainter& painter, const QPointF& centre) {
  const QPolygonF triangle({centre + QPointF(0, -5), centre + QPointF(5.5, 4.5), centre + QPointF(-5.5, 4.5)});
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().warning);
  painter.drawPolygon(triangle);
  painter.setPen(QPen(theme().panel, 1.3));
  painter.drawLine(centre + QPointF(0, -1.5), centre + QPointF(0, 1.2));
  painter.drawPoint(centre + QPointF(0, 3));
}

}  // namespace recontour
