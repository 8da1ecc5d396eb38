#pragma once
#include <random>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// A map of background with `label` in `box`.
inline LabelMap mapWithBox(const Size3& size, const Box& box, Label label) {
  LabelMap map(size);
  const std::vector<Label> row(static_cast<std::size_t>(box.size().x), label);
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) map.writeRow(y, z, box.lower.x, row);
  }
  return map;
}

/// Labels 0..`labels` at random, in lumps of up to three voxels along x so that there is an inside too.
inline LabelMap randomMap(const Size3& size, int labels, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Label> dense(voxelCount(size));
  for (std::size_t i = 0; i < dense.size();) {
    const auto label = static_cast<Label>(random() % static_cast<unsigned>(labels + 1));
    for (unsigned run = 1 + random() % 3; run > 0 && i < dense.size(); --run) dense[i++] = label;
  }
  return LabelMap::fromDense(size, dense);
}

/// The map moved by whole voxels: out[at + by] = map[at], background moves in.
inline LabelMap shiftedMap(const LabelMap& map, const Index3& by) {
  const Size3 size = map.size();
  LabelMap shifted(size);
  std::vector<Label> row(static_cast<std::size_t>(size.x - by.x));
  for (int z = 0; z + by.z < size.z; ++z) {
    for (int y = 0; y + by.y < size.y; ++y) {
      map.readRow(y, z, 0, size.x - by.x, row.data());
      shifted.writeRow(y + by.y, z + by.z, by.x, row);
    }
  }
  return shifted;
}

/// One organ alone, grown by its 6-neighbours once.
inline LabelMap dilatedOrgan(const LabelMap& map, Label label) {
  const Box box = boundingBox(map, label), around = intersect(grow(box, 1), {{0, 0, 0}, map.size()});
  LabelMap dilated(map.size());
  const auto inside = [&](int x, int y, int z) { return box.contains({x, y, z}) && map.at({x, y, z}) == label; };
  for (int z = around.lower.z; z < around.upper.z; ++z) {
    for (int y = around.lower.y; y < around.upper.y; ++y) {
      std::vector<Label> row;
      for (int x = around.lower.x; x < around.upper.x; ++x) {
        const bool grown = inside(x, y, z) || inside(x - 1, y, z) || inside(x + 1, y, z) || inside(x, y - 1, z) ||
                           inside(x, y + 1, z) || inside(x, y, z - 1) || inside(x, y, z + 1);
        row.push_back(grown ? label : Label{0});
      }
      dilated.writeRow(y, z, around.lower.x, row);
    }
  }
  return dilated;
}

}  // namespace recontour
