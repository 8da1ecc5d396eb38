#pragma once
#include <algorithm>

#include "core/image/geometry.h"

namespace recontour {

/// A piece of a straight line with a radius that changes along it, voxels.
struct Segment {
  Point3 from, to;
  double fromRadius = 0, toRadius = 0;

  /// Radius minus distance to the line; > 0 inside.
  double depth(const Point3& at) const {
    const Point3 along = to - from, start = at - from;
    const double square = dot(along, along);
    const double part = square > 0 ? std::clamp(dot(start, along) / square, 0.0, 1.0) : 0;
    return fromRadius + part * (toRadius - fromRadius) - length(start - along * part);
  }
  Box bounds() const {
    Box box;
    const double radius = std::max(fromRadius, toRadius) + 1;
    for (int axis = 0; axis < 3; ++axis) {
      box.lower[axis] = static_cast<int>(std::min(from[axis], to[axis]) - radius);
      box.upper[axis] = static_cast<int>(std::max(from[axis], to[axis]) + radius) + 2;
    }
    return box;
  }
};

}  // namespace recontour
