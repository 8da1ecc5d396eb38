#pragma once
#include <QPainter>
#include <QPointF>
#include <functional>
#include <optional>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// A polygon that is being drawn on one slice: corners can be added, dragged and taken back until it is closed. Also
/// the path of a lasso, which has no corners to drag. Positions are kept in the patient, so zoom and pan do not matter.
class PolygonDraft {
 public:
  using ToWidget = std::function<QPointF(const Point3&)>;

  void clear() { corners_.clear(); }
  bool empty() const { return corners_.empty(); }
  const std::vector<Point3>& corners() const { return corners_; }
  void add(const Point3& corner) { corners_.push_back(corner); }
  void removeLast() {
    if (!corners_.empty()) corners_.pop_back();
  }
  void move(std::size_t number, const Point3& to) { corners_[number] = to; }
  /// The corner near a widget position.
  std::optional<std::size_t> cornerAt(const QPointF& widget, const ToWidget& toWidget) const;
  /// The line, closed by a dashed one. @param withCorners  handles to drag
  void paint(QPainter& painter, const ToWidget& toWidget, const QColor& colour, bool withCorners,
             bool closed = true) const;

 private:
  std::vector<Point3> corners_;
};

}  // namespace recontour
