#pragma once
#include <vector>

#include "core/image/geometry.h"
#include "core/image/volume.h"
#include "models/engine/manifest.h"

namespace recontour {

/// The grid a model sees: axis-aligned, the manifest's spacing and axis order, centred on the CT's extent. Each axis
/// has round(extent / spacing) voxels (half to even), at least 1. For an oblique CT the extent is that of the
/// world-aligned box around it.
Geometry modelGrid(const Geometry& ct, const ModelManifest& manifest);

/// HU at every voxel centre of `grid` by trilinear interpolation (edge voxels reach half a voxel outwards).
/// @param outsideHu  value beyond the CT
/// @return           voxelCount(grid.size) values, grid order, axis 0 fastest
std::vector<float> resampleHu(const Volume& volume, const Geometry& ct, const Geometry& grid, float outsideHu,
                              int threads);

/// Continuous index of one grid as an affine map of another grid's index.
struct IndexMap {
  IndexMap(const Geometry& from, const Geometry& to);
  Point3 origin;               ///< index in `to` of voxel (0, 0, 0) of `from`
  std::array<Point3, 3> step;  ///< change per voxel along each axis of `from`
};

}  // namespace recontour
