#include "core/edit/flood_fill_tool.h"

#include <algorithm>

namespace recontour {

Box FloodFillTool::press(const PointerSample& at, EditTransaction& edit) {
  const Geometry& grid = edit.geometry();
  Box inside = grid.box();
  const Index3 seed = grid.nearestVoxel(at.pointMm);
  if (!settings_.throughSlices) {
    const int through = AxisMap(grid).axes(at.plane).sliceAxis;
    inside.lower[through] = seed[through];
    inside.upper[through] = seed[through] + 1;
  }
  leaked_ = false;
  std::vector<bool> reached(voxelCount(grid.size));
  std::vector<Index3> found;
  const auto visit = [&](const Index3& voxel) {
    if (!inside.contains(voxel)) return;
    const std::size_t offset = volume_.offset(voxel);
    if (reached[offset] || !settings_.hu.holds(volume_.at(voxel)) || !edit.allows(voxel, settings_.written)) return;
    reached[offset] = true;
    found.push_back(voxel);
  };
  if (grid.box().contains(seed)) visit(seed);
  for (std::size_t i = 0; i < found.size() && found.size() < kMostVoxels; ++i) {
    const Index3 from = found[i];
    for (int axis = 0; axis < 3; ++axis) {
      for (const int step : {-1, 1}) {
        Index3 next = from;
        next[axis] += step;
        visit(next);
      }
    }
  }
  leaked_ = found.size() >= kMostVoxels;
  Box changed;
  for (const Index3& voxel : leaked_ ? std::vector<Index3>() : found)
    changed = unite(changed, edit.paintRow(voxel.y, voxel.z, voxel.x, voxel.x, settings_.written));
  return changed;
}

}  // namespace recontour
