#include "core/edit/adaptive_brush_tool.h"

#include <algorithm>
#include <cmath>

#include "core/edit/connected_voxels.h"

namespace recontour {
namespace {

constexpr double kMiddlePart = 0.3;     // of the radius: the tissue that is meant
constexpr double kDeviations = 2.5;     // of its HU that still count
constexpr double kLeastTolerance = 15;  // HU; CT noise of a small middle is underestimated

}  // namespace

Box AdaptiveBrushTool::press(const PointerSample& at, EditTransaction& edit) {
  lastMm_ = at.pointMm;
  return dab(at, edit);
}

Box AdaptiveBrushTool::drag(const PointerSample& to, EditTransaction& edit) {
  const Point3 way = to.pointMm - lastMm_;
  const int steps = std::max(1, static_cast<int>(std::ceil(length(way) / (settings_.radiusMm / 2))));
  Box changed;
  for (int step = 1; step <= steps; ++step) {
    PointerSample at = to;
    at.pointMm = lastMm_ + way * (double(step) / steps);
    changed = unite(changed, dab(at, edit));
  }
  lastMm_ = to.pointMm;
  return changed;
}

/// HU of the disc's middle, with what noise adds.
HuRange AdaptiveBrushTool::tissueAt(const PointerSample& at, const Geometry& grid, const Box& slice) const {
  const Index3 centre = grid.nearestVoxel(at.pointMm);
  double sum = 0, squares = 0, count = 0;
  for (int z = slice.lower.z; z < slice.upper.z; ++z) {
    for (int y = slice.lower.y; y < slice.upper.y; ++y) {
      for (int x = slice.lower.x; x < slice.upper.x; ++x) {
        const Index3 voxel{x, y, z};
        const bool middle = length(grid.toWorld(voxel) - grid.toWorld(centre)) <= kMiddlePart * settings_.radiusMm;
        if (!middle && !(voxel == centre)) continue;
        const double hu = volume_.at(voxel);
        sum += hu;
        squares += hu * hu;
        ++count;
      }
    }
  }
  const double mean = sum / count, deviation = std::sqrt(std::max(0.0, squares / count - mean * mean));
  const double tolerance = std::max(kLeastTolerance, kDeviations * deviation);
  return {mean - tolerance, mean + tolerance};
}

Box AdaptiveBrushTool::dab(const PointerSample& at, EditTransaction& edit) {
  const Geometry& grid = edit.geometry();
  const Index3 centre = grid.nearestVoxel(at.pointMm);
  if (!grid.box().contains(centre)) return {};
  const int through = AxisMap(grid).axes(at.plane).sliceAxis;
  Box slice;
  for (int axis = 0; axis < 3; ++axis) {
    const int reach = axis == through ? 0 : static_cast<int>(std::ceil(settings_.radiusMm / grid.spacing[axis]));
    slice.lower[axis] = centre[axis] - reach;
    slice.upper[axis] = centre[axis] + reach + 1;
  }
  slice = intersect(slice, grid.box());
  const HuRange tissue = tissueAt(at, grid, slice);
  const auto isMeant = [&](const Index3& voxel) {
    return tissue.holds(volume_.at(voxel)) && length(grid.toWorld(voxel) - grid.toWorld(centre)) <= settings_.radiusMm;
  };
  return paintVoxels(connectedVoxels(centre, slice, voxelCount(slice.size()), isMeant), settings_.written, edit);
}

}  // namespace recontour
