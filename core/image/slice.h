#pragma once
#include <cstdint>
#include <vector>

#include "core/image/axis_map.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

/// One slice as it is looked at: row by row from the top, columns from the left.
template <typename T>
struct Slice {
  int columns = 0, rows = 0;
  std::vector<T> pixels;
  T at(int column, int row) const {
    return pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  }
};

/// CT numbers (HU) of slice number `slice` (see AxisMap), 0 <= slice < slices(plane).
Slice<std::int16_t> extractSlice(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice);
/// Labels of the same.
Slice<Label> extractSlice(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice);

}  // namespace recontour
