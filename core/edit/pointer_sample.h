#pragma once
#include "core/image/axis_map.h"
#include "core/image/geometry.h"

namespace recontour {

/// Where the pointer is on a slice, in the patient; all that a tool knows of mouse or pen.
struct PointerSample {
  Point3 pointMm;              ///< LPS, on the slice
  Plane plane = Plane::Axial;  ///< the view's plane
  int slice = 0;               ///< slice number of that view (AxisMap)
  double pressure = 1.0;       ///< 0..1; 1 for a mouse
  bool shift = false, control = false, alt = false;
  double timeMs = 0;  ///< since the stroke's start
};

}  // namespace recontour
