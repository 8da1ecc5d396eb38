#include "core/structures/flattened.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace recontour {
namespace {

std::array<std::size_t, 256> countVoxels(const LabelLayers& layers) {
  std::array<std::size_t, 256> counts{};
  for (const Label number : layers.numbers()) {
    const LabelMap& map = layers.layer(number);
    for (std::size_t brick = 0; brick < map.brickCount(); ++brick) {
      if (map.brick(brick).get() == nullptr) continue;
      for (const Label label : map.copy(map.brickBox(brick)).labels) ++counts[label];
    }
  }
  return counts;
}

/// Those that win first.
std::vector<Label> ranked(const std::vector<Label>& order, OverlapWinner winner,
                          const std::array<std::size_t, 256>& counts) {
  std::vector<Label> labels = order;
  for (int label = 1; label < 256; ++label)
    if (std::ranges::find(labels, label) == labels.end()) labels.push_back(static_cast<Label>(label));
  if (winner == OverlapWinner::Last) std::ranges::reverse(labels);
  if (winner == OverlapWinner::Smallest)
    std::ranges::stable_sort(labels, [&](Label a, Label b) { return counts[a] < counts[b]; });
  std::erase_if(labels, [&](Label label) { return counts[label] == 0; });
  return labels;
}

}  // namespace

Flattened flattened(const LabelLayers& layers, const std::vector<Label>& order, OverlapWinner winner,
                    double voxelVolumeMm3) {
  Flattened result{LabelMap(layers.size()), {}};
  std::map<std::pair<Label, Label>, std::size_t> lost;
  for (const Label label : ranked(order, winner, countVoxels(layers))) {
    const LabelMap& from = layers.of(label);
    for (std::size_t brick = 0; brick < from.brickCount(); ++brick) {
      if (from.brick(brick).get() == nullptr) continue;
      const Box box = from.brickBox(brick);
      DenseBox there = result.map.copy(box);
      const DenseBox mine = from.copy(box);
      for (std::size_t i = 0; i < there.labels.size(); ++i) {
        if (mine.labels[i] != label) continue;
        if (there.labels[i] == 0)
          there.labels[i] = label;
        else
          ++lost[{there.labels[i], label}];
      }
      result.map.write(box, there);
    }
  }
  for (const auto& [pair, voxels] : lost)
    result.losses.push_back({pair.first, pair.second, static_cast<double>(voxels) * voxelVolumeMm3 / 1000});
  return result;
}

}  // namespace recontour
