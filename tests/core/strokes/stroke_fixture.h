#pragma once
#include "core/strokes/scribble_stroke.h"

namespace recontour {

/// 20 x 20 x 5 voxels of 1 x 1 x 3 mm; voxel (x, y, z) lies at x, y, 3 z mm, so axial slice z is at 3 z.
inline Geometry strokeGeometry() {
  Geometry geometry;
  geometry.size = {20, 20, 5};
  geometry.spacing = {1, 1, 3};
  return geometry;
}

/// A line along x at y = 10 of an axial slice, thin enough for one row of voxels.
inline ScribbleStroke lineAlongX(std::uint64_t id, Label label, double fromX, double toX, int slice = 2,
                                 const std::string& author = "R1") {
  ScribbleStroke stroke{.id = id, .label = label, .author = author, .slice = slice, .radiusMm = 0.4};
  stroke.points = {{{fromX, 10, 3.0 * slice}, 0}, {{toX, 10, 3.0 * slice}, 100}};
  return stroke;
}

}  // namespace recontour
