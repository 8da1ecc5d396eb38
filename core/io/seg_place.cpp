#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/base/error.h"
#include "core/io/seg_grid.h"

namespace recontour {
namespace {

constexpr double kToleranceMm = 0.01, kToleranceShare = 0.01;

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.4g", value);
  return buffer;
}

std::string sizeText(int columns, int rows, double columnMm, double rowMm) {
  return std::to_string(columns) + " x " + std::to_string(rows) + " pixels of " + text(columnMm) + " x " + text(rowMm) +
         " mm";
}

/// The voxel of the grid that is nearest to a position, and how far its centre is off.
struct NearestVoxel {
  Index3 index;
  double distanceMm = 0;
  bool isThere = true;  ///< within the tolerance
};

NearestVoxel nearestVoxel(const Geometry& grid, const Point3& positionMm) {
  const Point3 exact = grid.toIndex(positionMm);
  NearestVoxel nearest;
  for (int axis = 0; axis < 3; ++axis) {
    const double inside = std::clamp(exact[axis], 0.0, double(grid.size[axis] - 1));
    nearest.index[axis] = static_cast<int>(std::lround(inside));
    const double offMm = std::abs(exact[axis] - nearest.index[axis]) * grid.spacing[axis];
    if (!(offMm <= std::max(kToleranceMm, kToleranceShare * grid.spacing[axis]))) nearest.isThere = false;
  }
  nearest.distanceMm = length(positionMm - grid.toWorld(nearest.index));
  return nearest;
}

/// The grid axis that a direction runs along most.
int axisAlong(const Geometry& grid, const Point3& direction) {
  const auto share = [&](int axis) { return std::abs(dot(grid.axisDirection(axis), direction)); };
  const int first = share(1) > share(0) ? 1 : 0;
  return share(2) > share(first) ? 2 : first;
}

/// One voxel along that axis, as the direction runs.
Index3 stepAlong(const Geometry& grid, const Point3& direction) {
  const int axis = axisAlong(grid, direction);
  Index3 step;
  step[axis] = dot(grid.axisDirection(axis), direction) < 0 ? -1 : 1;
  return step;
}

Index3 last(const Index3& first, const Index3& step, int count) {
  return {first.x + step.x * (count - 1), first.y + step.y * (count - 1), first.z + step.z * (count - 1)};
}

}  // namespace

FramePlace placeFrame(const std::filesystem::path& file, const SegHeader& header, std::size_t frame,
                      const Geometry& grid, const std::string& gridName) {
  const SegFrame& at = header.frames[frame];
  const FramePlace place{nearestVoxel(grid, at.positionMm).index, stepAlong(grid, at.columnStepMm),
                         stepAlong(grid, at.rowStepMm)};
  double farthestMm = 0;
  bool isThere = true;
  for (const auto& [column, row] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
    const Point3 corner =
        at.positionMm + at.columnStepMm * (column * (header.columns - 1)) + at.rowStepMm * (row * (header.rows - 1));
    const NearestVoxel nearest = nearestVoxel(grid, corner);
    const Index3 expected = last(last(place.first, place.columnStep, column * (header.columns - 1) + 1), place.rowStep,
                                 row * (header.rows - 1) + 1);
    isThere = isThere && nearest.isThere && nearest.index == expected;
    farthestMm = std::max(farthestMm, nearest.distanceMm);
  }
  if (isThere) return place;
  const int columnAxis = axisAlong(grid, at.columnStepMm), rowAxis = axisAlong(grid, at.rowStepMm);
  const std::string own = sizeText(header.columns, header.rows, length(at.columnStepMm), length(at.rowStepMm));
  const std::string theirs =
      sizeText(grid.size[columnAxis], grid.size[rowAxis], grid.spacing[columnAxis], grid.spacing[rowAxis]);
  const std::string advice = "open it with the images that it was drawn on";
  if (own != theirs) throw Error(file, "has frames of " + own + ", " + gridName + " there " + theirs, advice);
  throw Error(file,
              "does not lie on the voxels of " + gridName + ": its frame " + std::to_string(frame + 1) +
                  " is off by up to " + text(farthestMm) + " mm",
              advice);
}

}  // namespace recontour
