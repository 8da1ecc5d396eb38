#include "core/edit/picture_polygon.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// Where a row of pixel centres crosses the closed line, from left to right.
std::vector<double> crossings(const std::vector<PicturePoint>& corners, double row) {
  std::vector<double> columns;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const PicturePoint &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if ((a.row <= row) == (b.row <= row)) continue;  // a corner on the row counts with one of its two lines
    columns.push_back(a.column + (row - a.row) / (b.row - a.row) * (b.column - a.column));
  }
  std::ranges::sort(columns);
  return columns;
}

}  // namespace

PicturePoint picturePoint(const AxisMap& axisMap, Plane plane, const Point3& world) {
  const Point3 at = axisMap.pictureAt(plane, world);
  return {at.x, at.y};
}

std::vector<PictureRun> pixelsInside(const std::vector<PicturePoint>& corners, int columns, int rows) {
  constexpr double kRounding = 1e-9;
  std::vector<PictureRun> runs;
  if (corners.empty()) return runs;
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &PicturePoint::row);
  const int last = std::min(rows - 1, static_cast<int>(std::floor(std::min(bottom.row, double(rows)))));
  for (int row = std::max(0, static_cast<int>(std::ceil(std::max(top.row, -1.0)))); row <= last; ++row) {
    const std::vector<double> crossed = crossings(corners, row);
    for (std::size_t i = 0; i + 1 < crossed.size(); i += 2) {
      const double from = std::max(0.0, std::ceil(crossed[i] - kRounding));
      const double to = std::min(columns - 1.0, std::floor(crossed[i + 1] + kRounding));
      if (from <= to) runs.push_back({row, static_cast<int>(from), static_cast<int>(to)});
    }
  }
  return runs;
}

Box paintRun(EditTransaction& edit, const AxisMap& axisMap, Plane plane, int slice, const PictureRun& run,
             Label label) {
  const Index3 a = axisMap.voxelAt(plane, run.first, run.row, slice),
               b = axisMap.voxelAt(plane, run.last, run.row, slice);
  if (a.y == b.y && a.z == b.z) return edit.paintRow(a.y, a.z, std::min(a.x, b.x), std::max(a.x, b.x), label);
  Box changed;
  for (int column = run.first; column <= run.last; ++column) {
    const Index3 at = axisMap.voxelAt(plane, column, run.row, slice);
    changed = unite(changed, edit.paintRow(at.y, at.z, at.x, at.x, label));
  }
  return changed;
}

}  // namespace recontour
