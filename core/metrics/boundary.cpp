#include "core/metrics/boundary.h"

#include <utility>

#include "core/metrics/padded_slice.h"

namespace recontour {
namespace {

/// A row with its four neighbour rows, and where it lies.
struct Row {
  const Label *here, *below, *above;
  int stride;
  Index3 start;
};

/// True when no voxel of the word at x touches another label.
bool uniform(const Row& row, int x) {
  const Label* here = row.here + x;
  const std::uint64_t value = labelWord(here);
  return value == labelWord(here - 1) && value == labelWord(here + 1) && value == labelWord(here - row.stride) &&
         value == labelWord(here + row.stride) && value == labelWord(row.below + x) &&
         value == labelWord(row.above + x);
}

bool isBoundary(const Row& row, int x) {
  const Label* here = row.here + x;
  const Label label = *here;
  return here[-1] != label || here[1] != label || here[-row.stride] != label || here[row.stride] != label ||
         row.below[x] != label || row.above[x] != label;
}

void scanRow(const Row& row, int width, const LabelSet& wanted, VoxelLists& lists) {
  for (int x = 0; x < width; x += kLabelWord) {
    if (labelWord(row.here + x) == 0 || uniform(row, x)) continue;
    for (int i = x; i < x + kLabelWord; ++i) {
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
    above.read(map, box, z + 1);
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
