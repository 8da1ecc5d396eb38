#include "core/edit/lasso_tool.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

struct Corner {
  double column, row;
};

/// Where a row of pixel centres crosses the closed line, from left to right.
std::vector<double> crossings(const std::vector<Corner>& corners, double row) {
  std::vector<double> columns;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Corner &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if ((a.row <= row) == (b.row <= row)) continue;  // a corner on the row counts with one of its two lines
    columns.push_back(a.column + (row - a.row) / (b.row - a.row) * (b.column - a.column));
  }
  std::ranges::sort(columns);
  return columns;
}

/// Paints picture columns first..last of a picture row; each is a row of the array where the columns run along x.
Box paintPictureRow(EditTransaction& edit, const AxisMap& axisMap, const PointerSample& on, int row, int first,
                    int last, Label label) {
  Box changed;
  if (first > last) return changed;
  const Index3 a = axisMap.voxelAt(on.plane, first, row, on.slice), b = axisMap.voxelAt(on.plane, last, row, on.slice);
  if (a.y == b.y && a.z == b.z) return edit.paintRow(a.y, a.z, std::min(a.x, b.x), std::max(a.x, b.x), label);
  for (int column = first; column <= last; ++column) {
    const Index3 at = axisMap.voxelAt(on.plane, column, row, on.slice);
    changed = unite(changed, edit.paintRow(at.y, at.z, at.x, at.x, label));
  }
  return changed;
}

}  // namespace

Box LassoTool::press(const PointerSample& at, EditTransaction&) {
  corners_ = {at};
  return {};
}

Box LassoTool::drag(const PointerSample& to, EditTransaction&) {
  corners_.push_back(to);
  return {};
}

Box LassoTool::release(EditTransaction& edit) {
  constexpr double kRounding = 1e-9;
  const AxisMap axisMap(edit.geometry());
  const PointerSample& on = corners_.front();
  std::vector<Corner> corners;
  double top = axisMap.rows(on.plane), bottom = -1;
  for (const PointerSample& corner : corners_) {
    const Point3 at = axisMap.pictureAt(on.plane, corner.pointMm);
    corners.push_back({at.x, at.y});
    top = std::min(top, at.y);
    bottom = std::max(bottom, at.y);
  }
  const int lastRow = std::min(axisMap.rows(on.plane) - 1, static_cast<int>(std::floor(bottom)));
  const int lastColumn = axisMap.columns(on.plane) - 1;
  Box changed;
  for (int row = std::max(0, static_cast<int>(std::ceil(top))); row <= lastRow; ++row) {
    const std::vector<double> columns = crossings(corners, row);
    for (std::size_t i = 0; i + 1 < columns.size(); i += 2) {
      const int first = std::max(0, static_cast<int>(std::ceil(columns[i] - kRounding)));
      const int last = std::min(lastColumn, static_cast<int>(std::floor(columns[i + 1] + kRounding)));
      changed = unite(changed, paintPictureRow(edit, axisMap, on, row, first, last, written_));
    }
  }
  return changed;
}

}  // namespace recontour
