#include "core/image/slice.h"

#include <algorithm>
#include <cstring>

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

/// How a picture walks through an array with these strides: from its first pixel, and on by columns and rows.
struct Walk {
  std::ptrdiff_t start = 0, column = 0, row = 0;
};

Walk walkOf(const PlaneAxes& axes, const Size3& size, const std::ptrdiff_t (&strides)[3]) {
  Walk walk;
  walk.column = strides[axes.columnAxis] * (axes.columnFlipped ? -1 : 1);
  walk.row = strides[axes.rowAxis] * (axes.rowFlipped ? -1 : 1);
  if (axes.columnFlipped) walk.start += (size[axes.columnAxis] - 1) * strides[axes.columnAxis];
  if (axes.rowFlipped) walk.start += (size[axes.rowAxis] - 1) * strides[axes.rowAxis];
  return walk;
}

template <typename T>
void setSize(Slice<T>& slice, const AxisMap& axisMap, Plane plane) {
  slice.columns = axisMap.columns(plane);
  slice.rows = axisMap.rows(plane);
  slice.pixels.resize(static_cast<std::size_t>(slice.columns) * static_cast<std::size_t>(slice.rows));
}

/// Copies the picture's pixels from an array.
void gather(const std::int16_t* source, const Walk& walk, Slice<std::int16_t>& out) {
  std::int16_t* pixel = out.pixels.data();
  for (int row = 0; row < out.rows; ++row) {
    const std::int16_t* in = source + walk.start + row * walk.row;
    if (walk.column == 1) {
      pixel = std::copy_n(in, out.columns, pixel);
      continue;
    }
    for (int column = 0; column < out.columns; ++column, in += walk.column) *pixel++ = *in;
  }
}

/// Writes the labels of `part`, which lie in one brick, to their places in the picture.
/// @param out  pixel of voxel (0, 0, 0)
void scatter(const LabelMap::Brick& brick, const Box& part, const std::ptrdiff_t (&steps)[3], Label* out) {
  constexpr int kEdge = LabelMap::kBrickEdge;
  const auto width = static_cast<std::size_t>(part.upper.x - part.lower.x);
  for (int z = part.lower.z; z < part.upper.z; ++z) {
    for (int y = part.lower.y; y < part.upper.y; ++y) {
      const Label* in =
          &brick.labels[static_cast<std::size_t>((z % kEdge * kEdge + y % kEdge) * kEdge + part.lower.x % kEdge)];
      Label* to = out + part.lower.x * steps[0] + y * steps[1] + z * steps[2];
      if (steps[0] == 1) {
        std::memcpy(to, in, width);
      } else {
        for (std::size_t x = 0; x < width; ++x, to += steps[0]) *to = in[x];
      }
    }
  }
}

void readDirectly(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice, Slice<std::int16_t>& out) {
  setSize(out, axisMap, plane);
  const Size3& size = volume.size();
  const std::ptrdiff_t strides[3] = {1, size.x, std::ptrdiff_t{size.x} * size.y};
  const int axis = axisMap.axes(plane).sliceAxis;
  const std::ptrdiff_t depth = sliceBox(size, axisMap, plane, slice).lower[axis] * strides[axis];
  gather(volume.voxels().data() + depth, walkOf(axisMap.axes(plane), size, strides), out);
}

}  // namespace

Slice<std::int16_t> extractSlice(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice) {
  Slice<std::int16_t> out;
  readDirectly(volume, axisMap, plane, slice, out);
  return out;
}

Slice<Label> extractSlice(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice) {
  Slice<Label> out;
  extractSlice(labels, axisMap, plane, slice, out);
  return out;
}

void extractSlice(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice, Slice<Label>& out) {
  setSize(out, axisMap, plane);
  std::memset(out.pixels.data(), 0, out.pixels.size());
  const PlaneAxes& axes = axisMap.axes(plane);
  // Steps through the picture for a step along each array axis; the slice axis stays where it is.
  std::ptrdiff_t steps[3] = {0, 0, 0};
  steps[axes.columnAxis] = axes.columnFlipped ? -1 : 1;
  steps[axes.rowAxis] = axes.rowFlipped ? -out.columns : out.columns;
  Label* first = out.pixels.data();
  if (axes.columnFlipped) first += out.columns - 1;
  if (axes.rowFlipped) first += std::ptrdiff_t{out.rows - 1} * out.columns;
  const Box box = sliceBox(labels.size(), axisMap, plane, slice);
  labels.forEachBrickIn(box,
                        [&](const LabelMap::Brick& brick, const Box& part) { scatter(brick, part, steps, first); });
}

void SliceReader::read(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice, Slice<std::int16_t>& out) {
  const PlaneAxes& axes = axisMap.axes(plane);
  if (axes.sliceAxis != 0) return readDirectly(volume, axisMap, plane, slice, out);
  const int x = axisMap.voxelAt(plane, 0, 0, slice).x, first = x / kTogether * kTogether;
  if (volume.voxels().data() != volume_.voxels().data()) firstX_ = -1;
  volume_ = volume;
  if (firstX_ != first) fill(first);
  setSize(out, axisMap, plane);
  const Size3& size = volume.size();
  const std::ptrdiff_t strides[3] = {0, 1, size.y};
  const std::ptrdiff_t plate = std::ptrdiff_t{size.y} * size.z;
  gather(slab_.data() + (x - first) * plate, walkOf(axes, size, strides), out);
}

/// Row after row, the voxels firstX.. of each to their slices; in blocks, so that both sides stay in the cache.
void SliceReader::fill(int firstX) {
  const Size3& size = volume_.size();
  const auto plate = static_cast<std::size_t>(size.y) * static_cast<std::size_t>(size.z);
  const auto count = static_cast<std::size_t>(std::min(kTogether, size.x - firstX));
  slab_.resize(plate * kTogether);
  const std::int16_t* rows = volume_.voxels().data() + firstX;
  const auto width = static_cast<std::size_t>(size.x);
  for (std::size_t block = 0; block < plate; block += kTogether) {
    const std::size_t end = std::min(plate, block + kTogether);
    for (std::size_t x = 0; x < count; ++x) {
      for (std::size_t row = block; row < end; ++row) slab_[x * plate + row] = rows[row * width + x];
    }
  }
  firstX_ = firstX;
}

}  // namespace recontour
