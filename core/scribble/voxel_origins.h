#pragma once
// Private to core/scribble: where the voxels of a map come from.
#include "core/scribble/scribble_case.h"

namespace recontour {

/// Of each voxel that a stroke covers with the label it has in the map: originValue() of the last such stroke; 0
/// elsewhere.
LabelMap strokeOrigins(const LabelMap& scribbles, const std::vector<ScribbleStroke>& strokes, const Geometry& geometry);
/// Of each voxel of the case's map that is labelled: as above, else what the strokes file says of the rest.
LabelMap voxelOrigins(const ScribbleCase& one);

/// Makes voxels of an origin that is no annotation unlabelled, and forgets its strokes. @param include  what may stay
void leaveOutOrigins(ScribbleCase& one, const std::vector<StrokeOrigin>& include);

}  // namespace recontour
