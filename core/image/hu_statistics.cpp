#include "core/image/hu_statistics.h"

#include <algorithm>
#include <cmath>

namespace recontour {

std::optional<HuStatistics> ellipseStatistics(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice,
                                              const Point3& cornerMm, const Point3& otherMm) {
  const Point3 a = axisMap.pictureAt(plane, cornerMm), b = axisMap.pictureAt(plane, otherMm);
  const double column = (a.x + b.x) / 2, row = (a.y + b.y) / 2;
  const double halfWidth = std::abs(a.x - b.x) / 2, halfHeight = std::abs(a.y - b.y) / 2;
  if (halfWidth <= 0 || halfHeight <= 0) return std::nullopt;
  const auto clamped = [](double value, int count) { return static_cast<int>(std::clamp(value, 0.0, double(count))); };
  const int columns = axisMap.columns(plane), rows = axisMap.rows(plane);
  HuStatistics result;
  double sum = 0, squares = 0;
  for (int y = clamped(std::ceil(row - halfHeight), rows); y < clamped(std::floor(row + halfHeight) + 1, rows); ++y) {
    for (int x = clamped(std::ceil(column - halfWidth), columns);
         x < clamped(std::floor(column + halfWidth) + 1, columns); ++x) {
      if (std::hypot((x - column) / halfWidth, (y - row) / halfHeight) > 1) continue;
      const int hu = volume.at(axisMap.voxelAt(plane, x, y, slice));
      result.lowest = result.voxels == 0 ? hu : std::min(result.lowest, hu);
      result.highest = result.voxels == 0 ? hu : std::max(result.highest, hu);
      sum += hu;
      squares += double(hu) * hu;
      ++result.voxels;
    }
  }
  if (result.voxels == 0) return std::nullopt;
  const double count = static_cast<double>(result.voxels);
  result.mean = sum / count;
  if (result.voxels > 1) result.deviation = std::sqrt(std::max(0.0, (squares - sum * result.mean) / (count - 1)));
  result.areaMm2 = count * axisMap.columnSpacingMm(plane) * axisMap.rowSpacingMm(plane);
  return result;
}

}  // namespace recontour
