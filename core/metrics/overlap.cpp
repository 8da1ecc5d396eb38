#include "core/metrics/overlap.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace recontour {
namespace {

const LabelMap::Brick kBackground;

std::uint64_t word(const Label* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// End of the run of equal label pairs that starts at x.
int runEnd(const Label* a, const Label* b, int x, int width) {
  constexpr std::uint64_t kEveryByte = 0x0101010101010101;
  const Label labelA = a[x], labelB = b[x];
  while (x + 8 <= width && word(a + x) == labelA * kEveryByte && word(b + x) == labelB * kEveryByte) x += 8;
  while (x < width && a[x] == labelA && b[x] == labelB) ++x;
  return x;
}

void include(Box& box, int x0, int x1, int y, int z) {
  if (box.upper.z == 0) {  // still empty: every box that holds a voxel ends beyond slice 0
    box = {{x0, y, z}, {x1, y + 1, z + 1}};
    return;
  }
  box.lower = {std::min(box.lower.x, x0), std::min(box.lower.y, y), std::min(box.lower.z, z)};
  box.upper = {std::max(box.upper.x, x1), std::max(box.upper.y, y + 1), std::max(box.upper.z, z + 1)};
}

/// Adds a run x0 <= x < x1 of row (y, z) with one label in each map.
void addRun(OverlapCounts& counts, Label labelA, Label labelB, int x0, int x1, int y, int z) {
  if (labelA != 0) {
    LabelOverlap& overlap = counts.labels[labelA];
    overlap.inA += x1 - x0;
    if (labelA == labelB) overlap.inBoth += x1 - x0;
    include(overlap.box, x0, x1, y, z);
  }
  if (labelB != 0) {
    counts.labels[labelB].inB += x1 - x0;
    include(counts.labels[labelB].box, x0, x1, y, z);
  }
}

void addBrick(OverlapCounts& counts, const LabelMap::Brick& brickA, const LabelMap::Brick& brickB, const Box& box) {
  constexpr int kEdge = LabelMap::kBrickEdge;
  const Size3 size = box.size();
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const auto row = static_cast<std::size_t>((z * kEdge + y) * kEdge);
      const Label* a = &brickA.labels[row];
      const Label* b = &brickB.labels[row];
      for (int x = 0; x < size.x;) {
        const int end = runEnd(a, b, x, size.x);
        addRun(counts, a[x], b[x], box.lower.x + x, box.lower.x + end, box.lower.y + y, box.lower.z + z);
        x = end;
      }
    }
  }
}

}  // namespace

OverlapCounts countOverlap(const LabelMap& a, const LabelMap& b) {
  if (!(a.size() == b.size())) throw Error("label maps of different size cannot be compared");
  OverlapCounts counts;
  for (std::size_t number = 0; number < a.brickCount(); ++number) {
    const LabelMap::Brick* brickA = a.brick(number).get();
    const LabelMap::Brick* brickB = b.brick(number).get();
    if (brickA == nullptr && brickB == nullptr) continue;
    addBrick(counts, brickA ? *brickA : kBackground, brickB ? *brickB : kBackground, a.brickBox(number));
  }
  return counts;
}

std::optional<double> dice(const LabelOverlap& overlap) {
  const std::int64_t sum = overlap.inA + overlap.inB;
  if (sum == 0) return std::nullopt;
  return 2.0 * static_cast<double>(overlap.inBoth) / static_cast<double>(sum);
}

std::optional<double> dice(const LabelMap& a, const LabelMap& b, Label label) {
  return dice(countOverlap(a, b)[label]);
}

}  // namespace recontour
