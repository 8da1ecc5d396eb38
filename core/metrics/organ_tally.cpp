#include "core/metrics/organ_tally.h"

#include <utility>

#include "core/base/error.h"

namespace recontour {
namespace {

const LabelMap::Brick kBackground;

const LabelMap::Brick* brickOf(const LabelMap& map, std::size_t number) {
  return map.empty() ? nullptr : map.brick(number).get();
}

const Label* labelsOf(const LabelMap::Brick* brick) { return (brick ? brick : &kBackground)->labels.data(); }

/// Calls visit(offset in the brick) for the voxels of a brick of this size.
template <typename Visit>
void forEachOffset(const Size3& size, Visit visit) {
  constexpr int kEdge = LabelMap::kBrickEdge;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const auto row = static_cast<std::size_t>((z * kEdge + y) * kEdge);
      for (std::size_t x = 0; x < static_cast<std::size_t>(size.x); ++x) visit(row + x);
    }
  }
}

void markDifferences(const LabelMap::Brick* was, const LabelMap::Brick* is, const Size3& size,
                     std::bitset<256>& touched) {
  if (was == is) return;
  const Label *a = labelsOf(was), *b = labelsOf(is);
  forEachOffset(size, [&](std::size_t i) {
    if (a[i] != b[i]) touched.set(a[i]).set(b[i]);
  });
}

/// The same brick of the three maps; null is background.
struct Bricks {
  const LabelMap::Brick *before, *now, *reference;
  friend bool operator==(const Bricks&, const Bricks&) = default;
};

Bricks bricksOf(const OrganTally::Maps& maps, std::size_t number) {
  return {brickOf(maps.before, number), brickOf(maps.now, number),
          maps.reference ? brickOf(*maps.reference, number) : nullptr};
}

void count(std::array<OrganCounts, 256>& counts, const Bricks& bricks, const Size3& size, int sign) {
  if (bricks == Bricks{}) return;
  const Label *before = labelsOf(bricks.before), *now = labelsOf(bricks.now), *reference = labelsOf(bricks.reference);
  forEachOffset(size, [&](std::size_t i) {
    const Label a = before[i], b = now[i], r = reference[i];
    if (a != 0) counts[a].before += sign;
    if (b != 0) counts[b].now += sign;
    if (r != 0) counts[r].reference += sign;
    if (a != 0 && a == b) counts[a].beforeAndNow += sign;
    if (a != 0 && a == r) counts[a].beforeAndReference += sign;
    if (b != 0 && b == r) counts[b].nowAndReference += sign;
  });
}

void requireOneGrid(const OrganTally::Maps& maps, const LabelMap& last) {
  const Size3& size = maps.now.size();
  const bool same = maps.before.size() == size && (!maps.reference || maps.reference->size() == size) &&
                    (last.empty() || last.size() == size);
  if (!same) throw Error("label maps of different size cannot be counted together");
}

}  // namespace

OrganTally::Touched OrganTally::update(Maps maps) {
  requireOneGrid(maps, maps_.now);
  Touched touched;
  for (std::size_t number = 0; number < maps.now.brickCount(); ++number) {
    const Bricks was = bricksOf(maps_, number), is = bricksOf(maps, number);
    if (was == is) continue;
    const Size3 size = maps.now.brickBox(number).size();
    markDifferences(was.before, is.before, size, touched.before);
    markDifferences(was.now, is.now, size, touched.now);
    count(counts_, was, size, -1);
    count(counts_, is, size, 1);
  }
  maps_ = std::move(maps);  // keeps their bricks: a new brick never lies where one that was counted lay
  touched.before.reset(0);
  touched.now.reset(0);
  return touched;
}

}  // namespace recontour
