#pragma once
#include <QColor>
#include <vector>

#include "core/image/axis_map.h"

namespace recontour {

/// A line that a reader drew on a slice, shown there over the picture.
struct SliceLine {
  Plane plane = Plane::Axial;
  int slice = 0;
  std::vector<Point3> path;  ///< world, mm
  QColor colour;
};

}  // namespace recontour
