#include "core/image/uniform_bricks.h"

#include <cstring>

namespace recontour {

const LabelMap::BrickPointer& UniformBricks::of(Label label) {
  LabelMap::BrickPointer& brick = bricks_[label];
  if (label != 0 && brick.get() == nullptr) brick.writable().labels.fill(label);
  return brick;
}

void UniformBricks::share(LabelMap& map, std::size_t first, std::size_t last) {
  for (std::size_t number = first; number < last; ++number) {
    const LabelMap::Brick* brick = map.brick(number).get();
    if (brick == nullptr || voxelCount(map.brickBox(number).size()) != LabelMap::kBrickVoxels) continue;
    const Label* labels = brick->labels.data();
    const bool isUniform = std::memcmp(labels, labels + 1, LabelMap::kBrickVoxels - 1) == 0;
    if (isUniform) map.setBrick(number, of(labels[0]));
  }
}

}  // namespace recontour
