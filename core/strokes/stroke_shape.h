#pragma once
#include <optional>
#include <span>

#include "core/strokes/scribble_layer.h"

namespace recontour {

/// Where a pointer is, on a slice of a plane.
struct StrokePointer {
  Point3 mm;  ///< LPS
  Plane plane;
  int slice;
  const AxisMap& axisMap;
};

/// A place on a stroke.
struct StrokePlace {
  std::uint64_t id = 0;
  std::size_t segment = 0;  ///< between this point and the next
  double part = 0;          ///< of the segment, 0..1
};

/// The stroke under a pointer on a slice: the nearest of those that lie on it, at most `toleranceMm` beside its border.
/// Of equally near ones the last that was drawn.
std::optional<StrokePlace> strokeAt(const std::vector<ScribbleStroke>& strokes, const StrokePointer& pointer,
                                    double toleranceMm);

/// What an eraser of this radius takes away along its way on a slice; pieces that remain are strokes of their own.
/// @param wayMm  not empty. @param nextId  of the first piece
ScribbleChange erasedAlong(const std::vector<ScribbleStroke>& strokes, std::span<const Point3> wayMm, double radiusMm,
                           const StrokePointer& slice, std::uint64_t nextId);

/// Two strokes in the place of one. Empty at its ends, where there is nothing to cut.
ScribbleChange cutAt(const ScribbleStroke& stroke, const StrokePlace& place, std::uint64_t nextId);

/// The same line of another organ (or background).
ScribbleChange withLabel(const ScribbleStroke& stroke, Label label, std::uint64_t nextId);

}  // namespace recontour
