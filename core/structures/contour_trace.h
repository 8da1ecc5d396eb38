#pragma once
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// Where a contour runs.
enum class ContourEdge {
  SubVoxel,   ///< halfway between centres, corners smoothed by less than a third of a pixel: voxels come back exactly
  VoxelEdge,  ///< along the edges of pixels
};
/// How holes are written.
enum class ContourHoles {
  Keyhole,  ///< tied to their outline by a channel of no width: older planning systems read it
  Xor,      ///< contours of their own, all of them CLOSEDPLANAR_XOR
};
struct ContourStyle {
  ContourEdge edge = ContourEdge::SubVoxel;
  ContourHoles holes = ContourHoles::Keyhole;
};

/// Contours of a structure in each axial slice (array axis z) of a map, in LPS mm, by rising z. voxelsOf() makes the
/// same voxels of them. Pixels that touch by a corner alone are apart. The same map gives the same contours, point by
/// point.
std::vector<Contour> contoursOf(const LabelMap& map, Label structure, const Geometry& grid,
                                const ContourStyle& style = {});

}  // namespace recontour
