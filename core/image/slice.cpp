#include "core/image/slice.h"

namespace recontour {
namespace {

/// The box of one slice in the array.
Box sliceBox(const Size3& size, const AxisMap& axisMap, Plane plane, int slice) {
  Box box{{0, 0, 0}, size};
  const int axis = axisMap.axes(plane).sliceAxis;
  box.lower[axis] = axisMap.voxelAt(plane, 0, 0, slice)[axis];
  box.upper[axis] = box.lower[axis] + 1;
  return box;
}

/// Copies picture rows from `source`, an array of `size` voxels whose slice axis holds one voxel at `depth`.
template <typename T>
Slice<T> gather(const T* source, const Size3& size, const AxisMap& axisMap, Plane plane, int depth) {
  const PlaneAxes& axes = axisMap.axes(plane);
  const std::ptrdiff_t strides[3] = {1, size.x, std::ptrdiff_t{size.x} * size.y};
  Slice<T> result{axisMap.columns(plane), axisMap.rows(plane), {}};
  result.pixels.resize(static_cast<std::size_t>(result.columns) * static_cast<std::size_t>(result.rows));
  const std::ptrdiff_t columnStep = axes.columnFlipped ? -strides[axes.columnAxis] : strides[axes.columnAxis];
  const std::ptrdiff_t rowStep = axes.rowFlipped ? -strides[axes.rowAxis] : strides[axes.rowAxis];
  const T* start = source + depth * strides[axes.sliceAxis];
  if (axes.columnFlipped) start += (result.columns - 1) * strides[axes.columnAxis];
  if (axes.rowFlipped) start += (result.rows - 1) * strides[axes.rowAxis];
  T* out = result.pixels.data();
  for (int row = 0; row < result.rows; ++row, start += rowStep) {
    const T* in = start;
    for (int column = 0; column < result.columns; ++column, in += columnStep) *out++ = *in;
  }
  return result;
}

}  // namespace

Slice<std::int16_t> extractSlice(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice) {
  const Box box = sliceBox(volume.size(), axisMap, plane, slice);
  return gather(volume.voxels().data(), volume.size(), axisMap, plane, box.lower[axisMap.axes(plane).sliceAxis]);
}

Slice<Label> extractSlice(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice) {
  const DenseBox dense = labels.copy(sliceBox(labels.size(), axisMap, plane, slice));
  return gather(dense.labels.data(), dense.size, axisMap, plane, 0);
}

}  // namespace recontour
