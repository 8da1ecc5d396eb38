#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// Eight labels as one number, to look at them together.
inline std::uint64_t labelWord(const Label* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
inline constexpr int kLabelWord = 8;

/// One slice of a box with a rim of background, so that the image edge needs no case of its own. Rows are filled up
/// with background to whole words.
class PaddedSlice {
 public:
  explicit PaddedSlice(const Size3& size)
      : stride_((size.x + kLabelWord - 1) / kLabelWord * kLabelWord + 2),
        labels_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(size.y + 2)) {}

  int stride() const { return stride_; }
  /// Row y of the box, also the rim's -1 and size.y; [-1] and [size.x] are rim.
  const Label* row(int y) const { return labels_.data() + offset(y); }
  /// Slice z of the map; background outside the box.
  void read(const LabelMap& map, const Box& box, int z) {
    if (z < box.lower.z || z >= box.upper.z) return std::fill(labels_.begin(), labels_.end(), Label{0}), void();
    for (int y = box.lower.y; y < box.upper.y; ++y)
      map.readRow(y, z, box.lower.x, box.upper.x, labels_.data() + offset(y - box.lower.y));
  }

 private:
  std::ptrdiff_t offset(int y) const { return static_cast<std::ptrdiff_t>(stride_) * (y + 1) + 1; }
  int stride_;
  std::vector<Label> labels_;
};

}  // namespace recontour
