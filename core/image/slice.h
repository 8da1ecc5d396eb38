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
/// The same into a slice that is there, whose memory is used again.
void extractSlice(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice, Slice<Label>& out);

/// Reads slices of one volume again and again, as scrolling does. Across the array's fastest axis the voxels of a slice
/// lie far apart and each costs a cache line; its neighbours lie in the same lines and are read along.
class SliceReader {
 public:
  void read(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice, Slice<std::int16_t>& out);

 private:
  static constexpr int kTogether = 16;  ///< half a cache line: more would save little and make one step slow
  void fill(int firstX);
  Volume volume_;                   ///< that `slab_` belongs to
  int firstX_ = -1;                 ///< of the slices in `slab_`; negative when there are none
  std::vector<std::int16_t> slab_;  ///< kTogether slices (y, z), y fastest
};

}  // namespace recontour
