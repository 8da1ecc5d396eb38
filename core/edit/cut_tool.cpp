#include "core/edit/cut_tool.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/edit/organ_cut.h"
#include "core/edit/picture_polygon.h"
#include "core/image/islands.h"

namespace recontour {
namespace {

constexpr double kStepPx = 0.25;  // pixels that follow one another touch at least at a corner

/// Voxels of the slice that the line runs over, in its order.
std::vector<Index3> voxelsOf(const std::vector<PointerSample>& path, const AxisMap& axisMap) {
  const Plane plane = path.front().plane;
  std::vector<Index3> voxels;
  PicturePoint last = picturePoint(axisMap, plane, path.front().pointMm);
  for (const PointerSample& sample : path) {
    const PicturePoint next = picturePoint(axisMap, plane, sample.pointMm);
    const double way = std::hypot(next.column - last.column, next.row - last.row);
    const int steps = std::max(1, static_cast<int>(std::ceil(way / kStepPx)));
    for (int i = 1; i <= steps; ++i) {
      const int column = static_cast<int>(std::lround(last.column + (next.column - last.column) * i / steps));
      const int row = static_cast<int>(std::lround(last.row + (next.row - last.row) * i / steps));
      if (column < 0 || row < 0 || column >= axisMap.columns(plane) || row >= axisMap.rows(plane)) continue;
      const Index3 voxel = axisMap.voxelAt(plane, column, row, path.front().slice);
      if (voxels.empty() || !(voxels.back() == voxel)) voxels.push_back(voxel);
    }
    last = next;
  }
  return voxels;
}

Label organUnder(const std::vector<Index3>& line, const LabelMap& labels, Label active) {
  std::array<int, 256> counts{};
  for (const Index3& voxel : line) ++counts[labels.at(voxel)];
  counts[0] = 0;
  const auto most = std::ranges::max_element(counts);
  return *most > 0 ? static_cast<Label>(most - counts.begin()) : active;
}

/// Numbers of the parts that touch voxels of the line, which belong to none.
std::set<int> partsBeside(const std::vector<Index3>& wall, const OrganCut& cut, const std::vector<int>& numbers) {
  std::set<int> parts;
  for (const Index3& voxel : wall) {
    for (int axis = 0; axis < 3; ++axis) {
      for (const int step : {-1, 1}) {
        Index3 next = voxel;
        next[axis] += step;
        if (!cut.box.contains(next)) continue;
        parts.insert(numbers[cut.placeOf(next)]);
      }
    }
  }
  parts.erase(0);
  return parts;
}

}  // namespace

Box CutTool::release(EditTransaction& edit) {
  const AxisMap axisMap(edit.geometry());
  const PointerSample& on = path_.front();
  const std::vector<Index3> line = voxelsOf(path_, axisMap);
  const Label split = organUnder(line, edit.labels(), settings_.organ);
  OrganCut cut{boundingBox(edit.labels(), split), {}};
  if (!settings_.throughSlices) cut.box = intersect(cut.box, slicesBox(edit.geometry(), on.plane, on.slice, on.slice));
  if (cut.box.empty() || line.empty()) return {};
  cut.dense = edit.labels().copy(cut.box);
  const int axis = axisMap.axes(on.plane).sliceAxis;
  std::vector<Index3> wall;  // of the organ, on every slice that is cut
  for (Index3 voxel : line) {
    for (voxel[axis] = cut.box.lower[axis]; voxel[axis] < cut.box.upper[axis]; ++voxel[axis]) {
      if (!cut.box.contains(voxel) || edit.labels().at(voxel) != split) continue;
      wall.push_back(voxel);
      cut.dense.labels[cut.placeOf(voxel)] = 0;
    }
  }
  const auto numbers = islandNumbers(cut.dense, split);
  const std::set<int> beside = partsBeside(wall, cut, numbers);
  if (beside.size() < 2) return {};
  const int larger = *beside.begin(), smaller = *std::next(beside.begin());  // counted by size
  const int given = settings_.givesLarger ? larger : smaller;
  const Label becomes = split == settings_.organ ? Label{0} : settings_.organ;
  const DenseBox before = edit.labels().copy(cut.box);
  DenseBox after = before;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == given) after.labels[i] = becomes;
  }
  return edit.write(cut.box, after);
}

}  // namespace recontour
