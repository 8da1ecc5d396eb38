#include "core/image/label_difference.h"

namespace recontour {
namespace {

Label kindOf(Label before, Label now) {
  if (before == now) return 0;
  if (before == 0) return kAddedVoxel;
  return now == 0 ? kRemovedVoxel : kRelabelledVoxel;
}

/// Calls visit(box, labels before, labels now) for each brick in which the maps of one grid differ.
template <typename Visit>
void forEachDifferingBrick(const LabelMap& before, const LabelMap& now, Visit visit) {
  for (std::size_t number = 0; number < now.brickCount(); ++number) {
    if (before.brick(number) == now.brick(number)) continue;
    const Box box = now.brickBox(number);
    const DenseBox a = before.copy(box), b = now.copy(box);
    if (a.labels != b.labels) visit(box, a, b);
  }
}

}  // namespace

LabelMap labelDifference(const LabelMap& before, const LabelMap& now) {
  const LabelMap& ground = before.empty() ? LabelMap(now.size()) : before;
  LabelMap difference(now.size());
  forEachDifferingBrick(ground, now, [&](const Box& box, const DenseBox& a, DenseBox b) {
    for (std::size_t i = 0; i < b.labels.size(); ++i) b.labels[i] = kindOf(a.labels[i], b.labels[i]);
    difference.write(box, b);
  });
  return difference;
}

SlicesByAxis differingSlices(const LabelMap& before, const LabelMap& now) {
  const LabelMap& ground = before.empty() ? LabelMap(now.size()) : before;
  SlicesByAxis slices;
  for (int axis = 0; axis < 3; ++axis)
    slices[static_cast<std::size_t>(axis)].resize(static_cast<std::size_t>(now.size()[axis]));
  const auto mark = [&](int axis, int slice) {
    slices[static_cast<std::size_t>(axis)][static_cast<std::size_t>(slice)] = true;
  };
  forEachDifferingBrick(ground, now, [&](const Box& box, const DenseBox& a, const DenseBox& b) {
    std::size_t i = 0;
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y) {
        for (int x = box.lower.x; x < box.upper.x; ++x, ++i) {
          if (a.labels[i] == b.labels[i]) continue;
          mark(0, x);
          mark(1, y);
          mark(2, z);
        }
      }
    }
  });
  return slices;
}

}  // namespace recontour
