#pragma once

class QPainter;
class QPointF;

namespace recontour {

/// A small triangle that says: look here.
void paintWarningSign(QPainter& painter, const QPointF& centre);

}  // namespace recontour
