#include "core/edit/flood_fill_tool.h"

#include "core/edit/connected_voxels.h"

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
  const auto isMeant = [&](const Index3& voxel) {
    return settings_.hu.holds(volume_.at(voxel)) && edit.allows(voxel, settings_.written);
  };
  const std::vector<Index3> found = connectedVoxels(seed, inside, kMostVoxels, isMeant);
  leaked_ = found.size() >= kMostVoxels;
  return leaked_ ? Box() : paintVoxels(found, settings_.written, edit);
}

}  // namespace recontour
