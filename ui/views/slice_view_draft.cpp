// Lines of SliceView that become labels at their end: lasso, polygon, redrawn contour.
#include <QPainter>
#include <utility>

#include "ui/views/slice_view.h"

namespace recontour {

void SliceView::setLines(const std::vector<SliceLine>& lines) {
  if (lines.empty() && lines_.empty()) return;
  lines_ = lines;
  update();
}

void SliceView::paintLines(QPainter& painter) const {
  for (const SliceLine& line : lines_) {
    if (line.plane != plane_ || line.slice != slice_) continue;
    QPolygonF path;
    for (const Point3& at : line.path) path << widgetFromWorld(at);
    if (path.size() == 1) path << path.front() + QPointF(0.1, 0);  // a click is a dot
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(QColor(0, 0, 0, 200), 5.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin),
                            QPen(line.colour, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin)}) {
      painter.setPen(pen);
      painter.drawPolyline(path);
    }
  }
}

void SliceView::dropDraft() {
  draft_.clear();
  update();
}

/// A press on a corner of the polygon drags it.
bool SliceView::pressCorner(const PointerState& state) {
  if (tool_ != ViewTool::Lasso) return false;
  draggedCorner_ = draft_.cornerAt(state.at, [this](const Point3& world) { return widgetFromWorld(world); });
  return draggedCorner_.has_value();
}

void SliceView::dragLasso(const PointerState& state) {
  update();
  if (draggedCorner_) return draft_.move(*draggedCorner_, worldFromWidget(state.at));
  path_.add(worldFromWidget(state.at));
  Q_EMIT pointerMoved(sampleAt(state));
}

/// A click is a corner, and so is the end of a drag while there are corners.
/// @return false for a lasso: it ends as other strokes do
bool SliceView::releaseLasso(const PointerState& state, bool click) {
  update();
  path_.clear();
  if (std::exchange(draggedCorner_, std::nullopt)) return true;
  if (tool_ != ViewTool::Lasso || (!click && draft_.empty())) return false;
  if (draft_.empty()) draftErases_ = erases_;
  draft_.add(worldFromWidget(state.at));
  erases_ = false;
  Q_EMIT pointerCancelled();
  return true;
}

/// Enter closes the polygon, Backspace takes its last corner back.
bool SliceView::draftKey(int key) {
  if (draft_.empty()) return false;
  if (key == Qt::Key_Backspace) draft_.removeLast();
  const bool closes = key == Qt::Key_Return || key == Qt::Key_Enter;
  if (!closes && key != Qt::Key_Backspace) return false;
  update();
  if (!closes || draft_.corners().size() < 3) return true;
  std::vector<PointerSample> corners;
  for (const Point3& corner : draft_.corners())
    corners.push_back({.pointMm = corner, .plane = plane_, .slice = slice_});
  draft_.clear();
  Q_EMIT polygonClosed(corners, draftErases_);
  return true;
}

}  // namespace recontour
