#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/metrics/boundary.h"

namespace recontour {

/// Where the surface of an organ passes between voxel centres: cell v is the cube whose corners are the centres of the
/// eight voxels v - 1 .. v. By rising z, then y, then x.
struct SurfaceCells {
  std::vector<Index3> cells;
  std::vector<std::uint8_t> codes;  ///< which corners are of the organ, see surfaceAreas()
};
using SurfaceCellLists = std::array<SurfaceCells, 256>;

/// Cells of several labels in one pass; beyond the image nothing is of an organ.
/// @param box     must hold every voxel of the wanted labels
/// @param wanted  labels to list; 0 is never listed
SurfaceCellLists surfaceCells(const LabelMap& map, const Box& box, const LabelSet& wanted);

/// Area in mm^2 of the surface in a cell by its code: bit 128 is corner (x - 1, y - 1, z - 1), 64 (x, y - 1, z - 1),
/// 32 (x - 1, y, z - 1), 16 (x, y, z - 1), 8 (x - 1, y - 1, z), 4 (x, y - 1, z), 2 (x - 1, y, z), 1 (x, y, z). The
/// triangles are those of google-deepmind/surface-distance, so that surface DSC agrees with it.
/// Source: S. Nikolov et al., J Med Internet Res 2021; 23(7): e26151.
std::array<double, 256> surfaceAreas(const Point3& spacingMm);

}  // namespace recontour
