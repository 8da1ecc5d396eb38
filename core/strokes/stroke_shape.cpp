#include "core/strokes/stroke_shape.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr double kStepMm = 0.2;  // how exactly an eraser's border is found on a line

/// Whether a point lies on the slice: no farther off than half a slice.
bool isOn(const Point3& mm, Plane plane, int slice, const AxisMap& axisMap) {
  return std::abs(axisMap.pictureAt(plane, mm).z - slice) <= 0.5;
}

Point3 along(const Point3& a, const Point3& b, double part) { return a + (b - a) * part; }

/// Nearest place of the segment a-b to a point, as part of it.
double nearestPart(const Point3& a, const Point3& b, const Point3& to) {
  const Point3 way = b - a;
  const double square = dot(way, way);
  return square > 0 ? std::clamp(dot(to - a, way) / square, 0.0, 1.0) : 0;
}

double distanceToWay(std::span<const Point3> way, const Point3& from) {
  double nearest = length(from - way.front());
  for (std::size_t i = 1; i < way.size(); ++i) {
    const double part = nearestPart(way[i - 1], way[i], from);
    nearest = std::min(nearest, length(from - along(way[i - 1], way[i], part)));
  }
  return nearest;
}

ScribblePoint between(const ScribblePoint& a, const ScribblePoint& b, double part) {
  return {along(a.mm, b.mm, part), a.timeMs + (b.timeMs - a.timeMs) * part};
}

ScribbleStroke pieceOf(const ScribbleStroke& stroke, std::vector<ScribblePoint> points, std::uint64_t id) {
  ScribbleStroke piece = stroke;
  piece.id = id;
  piece.order = stroke.order == 0 ? stroke.id : stroke.order;
  piece.points = std::move(points);
  return piece;
}

/// What remains of a line where `gone` says what goes.
template <typename Gone>
std::vector<std::vector<ScribblePoint>> remaining(const ScribbleStroke& stroke, Gone gone) {
  std::vector<std::vector<ScribblePoint>> pieces(1);
  const auto visit = [&](const ScribblePoint& point, bool corner) {
    if (gone(point.mm)) {
      if (!pieces.back().empty()) pieces.emplace_back();
    } else if (corner || pieces.back().empty()) {
      pieces.back().push_back(point);
    }
  };
  visit(stroke.points.front(), true);
  for (std::size_t i = 1; i < stroke.points.size(); ++i) {
    const ScribblePoint &a = stroke.points[i - 1], &b = stroke.points[i];
    const int steps = std::max(1, static_cast<int>(std::ceil(length(b.mm - a.mm) / kStepMm)));
    for (int step = 1; step <= steps; ++step) {
      const ScribblePoint here = step == steps ? b : between(a, b, double(step) / steps);
      const bool ends = !pieces.back().empty() && gone(here.mm);
      if (ends) pieces.back().push_back(between(a, b, double(step - 1) / steps));  // up to the eraser's border
      visit(here, step == steps);
    }
  }
  if (pieces.back().empty()) pieces.pop_back();
  return pieces;
}

}  // namespace

std::optional<StrokePlace> strokeAt(const std::vector<ScribbleStroke>& strokes, const StrokePointer& pointer,
                                    double toleranceMm) {
  std::optional<StrokePlace> found;
  double nearest = toleranceMm;
  for (const ScribbleStroke& stroke : strokes) {
    for (std::size_t i = 0; i < stroke.points.size(); ++i) {
      const Point3& a = stroke.points[i].mm;
      const Point3& b = stroke.points[std::min(i + 1, stroke.points.size() - 1)].mm;
      const double part = nearestPart(a, b, pointer.mm);
      const Point3 at = along(a, b, part);
      const double distance = length(at - pointer.mm) - stroke.radiusMm;
      if (distance > nearest || !isOn(at, pointer.plane, pointer.slice, pointer.axisMap)) continue;
      nearest = distance;
      found = StrokePlace{stroke.id, i, part};
    }
  }
  return found;
}

ScribbleChange erasedAlong(const std::vector<ScribbleStroke>& strokes, std::span<const Point3> wayMm, double radiusMm,
                           const StrokePointer& slice, std::uint64_t nextId) {
  ScribbleChange change{"erase", {}, {}};
  for (const ScribbleStroke& stroke : strokes) {
    const auto gone = [&](const Point3& mm) {
      return isOn(mm, slice.plane, slice.slice, slice.axisMap) && distanceToWay(wayMm, mm) <= radiusMm;
    };
    auto pieces = remaining(stroke, gone);
    if (pieces.size() == 1 && pieces.front() == stroke.points) continue;
    change.removed.push_back(stroke);
    for (auto& piece : pieces) change.added.push_back(pieceOf(stroke, std::move(piece), nextId++));
  }
  return change;
}

ScribbleChange cutAt(const ScribbleStroke& stroke, const StrokePlace& place, std::uint64_t nextId) {
  if (place.segment + 1 >= stroke.points.size()) return {};
  const ScribblePoint cut = between(stroke.points[place.segment], stroke.points[place.segment + 1], place.part);
  const auto middle = stroke.points.begin() + static_cast<std::ptrdiff_t>(place.segment) + 1;
  std::vector<ScribblePoint> first(stroke.points.begin(), middle), second(middle, stroke.points.end());
  if (!(first.back().mm == cut.mm)) first.push_back(cut);
  if (!(second.front().mm == cut.mm)) second.insert(second.begin(), cut);
  if (first.size() < 2 || second.size() < 2) return {};
  return {"cut", {stroke}, {pieceOf(stroke, std::move(first), nextId), pieceOf(stroke, std::move(second), nextId + 1)}};
}

ScribbleChange withLabel(const ScribbleStroke& stroke, Label label, std::uint64_t nextId) {
  if (stroke.label == label) return {};
  ScribbleStroke other = pieceOf(stroke, stroke.points, nextId);
  other.label = label;
  return {"organ", {stroke}, {std::move(other)}};
}

}  // namespace recontour
