#include "models/engine/body_box.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace recontour {
namespace {

constexpr float kBodyHu = -300;

struct Part {
  Box box;
  std::size_t voxels = 0;
};

class PartFinder {
 public:
  PartFinder(std::span<const float> hu, const Size3& size) : size_(size), open_(hu.size()) {
    std::ranges::transform(hu, open_.begin(), [](float value) { return value > kBodyHu ? 1 : 0; });
  }
  /// Walks over the part that holds `start` and closes it; no voxels when it is closed already.
  Part take(const Index3& start) {
    Part part;
    visit(start, part);
    while (!waiting_.empty()) {
      const Index3 at = waiting_.back();
      waiting_.pop_back();
      for (int axis = 0; axis < 3; ++axis) {
        for (const int step : {-1, 1}) {
          Index3 next = at;
          next[axis] += step;
          if (next[axis] >= 0 && next[axis] < size_[axis]) visit(next, part);
        }
      }
    }
    return part;
  }

 private:
  void visit(const Index3& at, Part& part) {
    std::uint8_t& open = open_[(std::size_t(at.z) * std::size_t(size_.y) + std::size_t(at.y)) * std::size_t(size_.x) +
                               std::size_t(at.x)];
    if (open == 0) return;
    open = 0;
    ++part.voxels;
    part.box = unite(part.box, {at, {at.x + 1, at.y + 1, at.z + 1}});
    waiting_.push_back(at);
  }
  Size3 size_;
  std::vector<std::uint8_t> open_;
  std::vector<Index3> waiting_;
};

}  // namespace

Box bodyBox(std::span<const float> hu, const Size3& size) {
  PartFinder finder(hu, size);
  Part largest{{{0, 0, 0}, size}, 0};
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        const Part part = finder.take({x, y, z});
        if (part.voxels > largest.voxels) largest = part;
      }
    }
  }
  return largest.box;
}

}  // namespace recontour
