#include "core/metrics/boundary.h"

#include <cstring>
#include <utility>

namespace recontour {
namespace {

constexpr int kWord = 8;  // voxels looked at together

std::uint64_t word(const Label* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// One slice of the box with a rim of background, so that the image edge needs no case of its own. Rows are filled up
/// with background to whole words.
class PaddedSlice {
 public:
  explicit PaddedSlice(const Size3& size)
      : stride_((size.x + kWord - 1) / kWord * kWord + 2),
        labels_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(size.y + 2)) {}

  int stride() const { return stride_; }
  Label* row(int y) { return labels_.data() + static_cast<std::ptrdiff_t>(stride_) * (y + 1) + 1; }
  void clear() { std::fill(labels_.begin(), labels_.end(), Label{0}); }
  void read(const LabelMap& map, const Box& box, int z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      map.readRow(y, z, box.lower.x, box.upper.x, row(y - box.lower.y));
    }
  }

 private:
  int stride_;
  std::vector<Label> labels_;
};

/// A row with its four neighbour rows, and where it lies.
struct Row {
  const Label *here, *below, *above;
  int stride;
  Index3 start;
};

/// True when no voxel of the word at x touches another label.
bool uniform(const Row& row, int x) {
  const Label* here = row.here + x;
  const std::uint64_t value = word(here);
  return value == word(here - 1) && value == word(here + 1) && value == word(here - row.stride) &&
         value == word(here + row.stride) && value == word(row.below + x) && value == word(row.above + x);
}

bool isBoundary(const Row& row, int x) {
  const Label* here = row.here + x;
  const Label label = *here;
  return here[-1] != label || here[1] != label || here[-row.stride] != label || here[row.stride] != label ||
         row.below[x] != label || row.above[x] != label;
}

void scanRow(const Row& row, int width, const LabelSet& wanted, VoxelLists& lists) {
  for (int x = 0; x < width; x += kWord) {
    if (word(row.here + x) == 0 || uniform(row, x)) continue;
    for (int i = x; i < x + kWord; ++i) {
      const Label label = row.here[i];
      if (label == 0 || !wanted[label] || !isBoundary(row, i)) continue;
      lists[label].push_back({row.start.x + i, row.start.y, row.start.z});
    }
  }
}

}  // namespace

VoxelLists boundaryVoxels(const LabelMap& map, const Box& box, const LabelSet& wanted) {
  VoxelLists lists;
  const Size3 size = box.size();
  PaddedSlice below(size), here(size), above(size);
  if (!box.empty()) here.read(map, box, box.lower.z);
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    if (z + 1 < box.upper.z) {
      above.read(map, box, z + 1);
    } else {
      above.clear();
    }
    for (int y = 0; y < size.y; ++y) {
      const Index3 start{box.lower.x, box.lower.y + y, z};
      scanRow({here.row(y), below.row(y), above.row(y), here.stride(), start}, size.x, wanted, lists);
    }
    std::swap(below, here);
    std::swap(here, above);
  }
  return lists;
}

}  // namespace recontour
