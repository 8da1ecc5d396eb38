#pragma once
// Private to core/scribble: where the voxels of a map come from.
#include "core/scribble/scribble_case.h"

namespace recontour {

/// Of each voxel that a stroke covers with the label it has in the map: originValue() of the last such stroke; 0
/// elsewhere.
LabelMap strokeOrigins(const LabelMap& scribbles, const std::vector<ScribbleStroke>& strokes, const Geometry& geometry);
/// Gives the case its origins: as above, else what the strokes file says of the rest. Then makes voxels of an origin
/// that is no annotation unlabelled, and forgets its strokes; where a line lies under such a one of the same label, the
/// line counts.
/// @param include  what may stay although it is no annotation
void findOrigins(ScribbleCase& one, const std::vector<StrokeOrigin>& include);

}  // namespace recontour
