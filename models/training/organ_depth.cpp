#include "models/training/organ_depth.h"

#include <algorithm>

namespace recontour {

std::vector<std::uint8_t> organDepths(const Size3& size, const std::vector<Label>& labels, int deepest) {
  std::vector<std::uint8_t> depths(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) depths[i] = labels[i] != 0;
  const auto row = static_cast<std::size_t>(size.x), plane = row * static_cast<std::size_t>(size.y);
  for (std::uint8_t level = 1; level < deepest; ++level) {
    std::size_t at = 0;
    for (int z = 0; z < size.z; ++z) {
      for (int y = 0; y < size.y; ++y) {
        for (int x = 0; x < size.x; ++x, ++at) {
          if (depths[at] < level) continue;
          const auto same = [&](std::size_t other) { return labels[other] == labels[at] && depths[other] >= level; };
          const bool inside = (x == 0 || same(at - 1)) && (x + 1 == size.x || same(at + 1)) &&
                              (y == 0 || same(at - row)) && (y + 1 == size.y || same(at + row)) &&
                              (z == 0 || same(at - plane)) && (z + 1 == size.z || same(at + plane));
          if (inside) depths[at] = static_cast<std::uint8_t>(level + 1);
        }
      }
    }
  }
  return depths;
}

}  // namespace recontour
