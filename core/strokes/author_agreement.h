#pragma once
#include <string>
#include <vector>

#include "core/strokes/scribble_layer.h"

namespace recontour {

/// How strokes of several authors become one map.
enum class Agreement {
  Union,         ///< what anybody drew; nothing where two say different things
  Intersection,  ///< what all of them drew alike
};

/// Two authors who say different things of the same voxels.
struct StrokeConflict {
  std::string firstAuthor, secondAuthor;
  Label firstLabel = 0, secondLabel = 0;  ///< 0 is background
  int axialSlice = 0;                     ///< AxisMap's number
  std::int64_t voxels = 0;                ///< on that slice
  Point3 centreMm;                        ///< the conflicting voxel nearest to their middle
};

/// All of them, slice by slice from below.
std::vector<StrokeConflict> strokeConflicts(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry);

/// A raster of all strokes; those of one author lie over one another as they were drawn.
LabelMap agreedRaster(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry, Agreement agreement);

}  // namespace recontour
