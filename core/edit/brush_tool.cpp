#include "core/edit/brush_tool.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr double kLeastPart = 0.25;  // of the radius, at no pressure

/// Distance of a point to the segment a-b, squared, in mm.
double squaredDistance(const Point3& point, const Point3& a, const Point3& b) {
  const Point3 along = b - a;
  const double squaredLength = dot(along, along);
  const double t = squaredLength > 0 ? std::clamp(dot(point - a, along) / squaredLength, 0.0, 1.0) : 0.0;
  const Point3 offset = point - (a + along * t);
  return dot(offset, offset);
}

/// Voxels that may lie within `radiusMm` of either point: the axes are orthonormal, so mm convert axis by axis.
Box reach(const Geometry& geometry, const Point3& a, const Point3& b, double radiusMm) {
  const Point3 ia = geometry.toIndex(a), ib = geometry.toIndex(b);
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    const double margin = radiusMm / geometry.spacing[axis];
    box.lower[axis] = static_cast<int>(std::floor(std::min(ia[axis], ib[axis]) - margin));
    box.upper[axis] = static_cast<int>(std::ceil(std::max(ia[axis], ib[axis]) + margin)) + 1;
  }
  return intersect(box, geometry.box());
}

/// The part of row (y, z) whose centres lie within the radius of the segment; one run, since the capsule is convex.
struct Run {
  int first = 0, last = -1;
};

Run rowInside(const Geometry& geometry, const Box& box, int y, int z, const Point3& a, const Point3& b,
              double radiusMm) {
  const double squaredRadius = radiusMm * radiusMm * (1 + 1e-9);  // a voxel exactly at the radius is inside
  Run run{box.upper.x, box.lower.x - 1};
  const auto inside = [&](int x) { return squaredDistance(geometry.toWorld(Index3{x, y, z}), a, b) <= squaredRadius; };
  for (int x = box.lower.x; x < box.upper.x; ++x) {
    if (inside(x)) {
      run.first = std::min(run.first, x);
      run.last = x;
    } else if (run.last >= run.first) {
      break;
    }
  }
  return run;
}

/// The voxels that the path itself goes through: between centres that a thin brush does not reach there would be gaps.
Box paintUnder(const Geometry& geometry, const Point3& a, const Point3& b, double radiusMm, Label label,
               EditTransaction& edit) {
  const Point3& spacing = geometry.spacing;
  const double finest = std::min({spacing.x, spacing.y, spacing.z}) / 2;
  const bool thin = radiusMm < length(spacing);
  const int steps = thin ? std::max(1, static_cast<int>(std::ceil(length(b - a) / finest))) : 1;
  Box changed;
  for (int step = thin ? 0 : 1; step <= steps; ++step) {
    const Index3 under = geometry.nearestVoxel(a + (b - a) * (double(step) / steps));
    changed = unite(changed, edit.paintRow(under.y, under.z, under.x, under.x, label));
  }
  return changed;
}

}  // namespace

Box BrushTool::press(const PointerSample& at, EditTransaction& edit) {
  lastMm_ = at.pointMm;
  return sweep(at.pointMm, at, edit);
}

Box BrushTool::drag(const PointerSample& to, EditTransaction& edit) {
  const Box changed = sweep(lastMm_, to, edit);
  lastMm_ = to.pointMm;
  return changed;
}

double BrushTool::radiusAt(const PointerSample& sample) const {
  if (!settings_.pressureSize) return settings_.radiusMm;
  return settings_.radiusMm * (kLeastPart + (1 - kLeastPart) * std::clamp(sample.pressure, 0.0, 1.0));
}

Box BrushTool::sweep(const Point3& fromMm, const PointerSample& to, EditTransaction& edit) const {
  const Geometry& geometry = edit.geometry();
  const Label label = settings_.erase ? Label{0} : settings_.label;
  const double radiusMm = radiusAt(to);
  Point3 a = fromMm, b = to.pointMm;
  Box box = reach(geometry, a, b, radiusMm);
  const Index3 under = geometry.nearestVoxel(to.pointMm);
  if (!settings_.ball) {
    // A disc paints one slice: the array axis through the plane is held at the slice, in mm too.
    const int through = AxisMap(geometry).axes(to.plane).sliceAxis;
    const auto onSlice = [&](const Point3& point) {
      Point3 index = geometry.toIndex(point);
      index[through] = under[through];
      return geometry.toWorld(index);
    };
    a = onSlice(a);
    b = onSlice(b);
    box.lower[through] = under[through];
    box.upper[through] = under[through] + 1;
    box = intersect(box, geometry.box());
  }
  Box changed;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      const Run run = rowInside(geometry, box, y, z, a, b, radiusMm);
      if (run.last >= run.first) changed = unite(changed, edit.paintRow(y, z, run.first, run.last, label));
    }
  }
  return unite(changed, paintUnder(geometry, a, b, radiusMm, label, edit));
}

}  // namespace recontour
