#pragma once
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/strokes/scribble_stroke.h"

namespace recontour {

/// Strokes of what a reader corrected: a line through the core of each connected region of an axial slice that changed,
/// saying what lies there now (an organ, or background where a contour was taken away). Regions of fewer than nine
/// pixels give none. Strokes are numbered from `firstId` on; their origin is Corrected.
/// @param before  what the reader started from. @param after  on its grid
std::vector<ScribbleStroke> correctionStrokes(const LabelMap& before, const LabelMap& after, const Geometry& geometry,
                                              const std::string& author, std::uint64_t firstId);

}  // namespace recontour
