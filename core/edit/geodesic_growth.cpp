#include "core/edit/geodesic_growth.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace recontour {
namespace {

constexpr int kHuSteps = 128;  // larger ones cost the same: an edge is an edge
constexpr std::size_t kAhead = 6;
constexpr int kFarthest = 0xfffe;

int stepBetween(std::int16_t a, std::int16_t b) { return std::min(std::abs(a - b), kHuSteps - 1); }

/// Which axes a step goes along, as bits.
std::size_t wayOf(const Index3& step) {
  return (step.x != 0 ? 1U : 0U) | (step.y != 0 ? 2U : 0U) | (step.z != 0 ? 4U : 0U);
}

}  // namespace

GeodesicGrowth::GeodesicGrowth(const Volume& volume, const Geometry& geometry, const Box& box,
                               const std::vector<bool>& passable, double reachMm, const GrowthCost& cost)
    : box_(box),
      padded_{box.size().x + 2, box.size().y + 2, box.size().z + 2},
      reach_(std::clamp(static_cast<int>(std::lround(reachMm / cost.unitMm)), 1, kFarthest)),
      voxels_(voxelCount(padded_)),
      label_(voxelCount(padded_)),
      open_(voxelCount(padded_)) {
  readHu(volume);
  prepareSteps(geometry, cost);
  openVoxels(passable);
}

void GeodesicGrowth::openVoxels(const std::vector<bool>& passable) {
  auto isOpen = passable.begin();
  for (int z = box_.lower.z; z < box_.upper.z; ++z) {
    for (int y = box_.lower.y; y < box_.upper.y; ++y) {
      std::size_t at = offset({box_.lower.x, y, z});
      for (int x = box_.lower.x; x < box_.upper.x; ++x, ++at, ++isOpen) {
        open_[at] = *isOpen ? 1 : 0;
        voxels_[at].cost = static_cast<std::uint16_t>(*isOpen ? reach_ + 1 : 0);
      }
    }
  }
}

std::size_t GeodesicGrowth::offset(const Index3& voxel) const {
  return (static_cast<std::size_t>(voxel.z - box_.lower.z + 1) * static_cast<std::size_t>(padded_.y) +
          static_cast<std::size_t>(voxel.y - box_.lower.y + 1)) *
             static_cast<std::size_t>(padded_.x) +
         static_cast<std::size_t>(voxel.x - box_.lower.x + 1);
}

/// The mean of 3 x 3 voxels in x and y: noise would make every way long.
void GeodesicGrowth::readHu(const Volume& volume) {
  const Box grid{{}, volume.size()};
  const Box area = intersect(grow(box_, 1), grid);
  const auto width = static_cast<std::size_t>(area.size().x);
  std::vector<int> sums(width);
  for (int z = box_.lower.z; z < box_.upper.z; ++z) {
    for (int y = box_.lower.y; y < box_.upper.y; ++y) {
      const int y0 = std::max(y - 1, 0), y1 = std::min(y + 1, grid.upper.y - 1);
      std::ranges::fill(sums, 0);
      for (int row = y0; row <= y1; ++row) {
        const std::int16_t* from = volume.voxels().data() + volume.offset({area.lower.x, row, z});
        for (std::size_t x = 0; x < width; ++x) sums[x] += from[x];
      }
      averageRow(sums, y1 - y0 + 1, box_.lower.x - area.lower.x, &voxels_[offset({box_.lower.x, y, z})]);
    }
  }
}

/// @param sums  of `rows` rows; @param first  the one above the first voxel of the box
void GeodesicGrowth::averageRow(const std::vector<int>& sums, int rows, int first, Voxel* to) const {
  const int last = static_cast<int>(sums.size()) - 1;
  for (int x = first; x < first + box_.size().x; ++x, ++to) {
    const int before = x > 0 ? sums[static_cast<std::size_t>(x - 1)] : 0;
    const int after = x < last ? sums[static_cast<std::size_t>(x + 1)] : 0;
    const int columns = 1 + (x > 0 ? 1 : 0) + (x < last ? 1 : 0);
    to->hu = static_cast<std::int16_t>((before + sums[static_cast<std::size_t>(x)] + after) / (rows * columns));
  }
}

void GeodesicGrowth::prepareSteps(const Geometry& geometry, const GrowthCost& cost) {
  for (int way = 0; way < 8; ++way) {
    const Point3 step{(way & 1) * geometry.spacing.x, (way >> 1 & 1) * geometry.spacing.y,
                      (way >> 2) * geometry.spacing.z};
    auto& costs = stepCosts_.emplace_back(kHuSteps);
    for (int hu = 0; hu < kHuSteps; ++hu) {
      const double units = length(step) * (1 + std::pow(hu / cost.edgeHu, 2)) / cost.unitMm;
      costs[static_cast<std::size_t>(hu)] = static_cast<std::uint16_t>(std::clamp(std::lround(units), 1L, 0xffffL));
    }
  }
  std::size_t longest = 0;
  for (const auto& costs : stepCosts_) longest = std::max<std::size_t>(longest, costs.back());
  buckets_.resize(std::bit_ceil(longest + 1));
  std::size_t count = 0;
  for (int z = -1; z <= 1; ++z) {
    for (int y = -1; y <= 1; ++y) {
      for (int x = -1; x <= 1; ++x) {
        const std::ptrdiff_t to = (z * static_cast<std::ptrdiff_t>(padded_.y) + y) * padded_.x + x;
        if (to != 0 && (z == 0 || (x == 0 && y == 0))) neighbours_[count++] = {to, stepCosts_[wayOf({x, y, z})].data()};
      }
    }
  }
}

int GeodesicGrowth::stepCost(const Index3& from, const Index3& to) const {
  const auto& costs = stepCosts_[wayOf({to.x - from.x, to.y - from.y, to.z - from.z})];
  return costs[static_cast<std::size_t>(stepBetween(voxels_[offset(from)].hu, voxels_[offset(to)].hu))];
}

bool GeodesicGrowth::addSeed(const Index3& voxel, Label label) {
  const std::size_t at = offset(voxel);
  if (open_[at] == 0) return true;
  if (voxels_[at].cost == 0) return label_[at] == label;
  voxels_[at].cost = 0;
  label_[at] = label;
  push(at, 0);
  return true;
}

/// All ways first, without a branch, then the few that are better: branches that cannot be foretold cost more than
/// needless sums.
void GeodesicGrowth::relaxFrom(std::size_t at) {
  Voxel* const voxels = voxels_.data();
  const Voxel from = voxels[at];
  std::array<int, kNeighbours> ways;
  std::uint32_t better = 0;
  for (std::size_t n = 0; n < kNeighbours; ++n) {
    const Voxel to = voxels[at + static_cast<std::size_t>(neighbours_[n].offset)];
    ways[n] = from.cost + neighbours_[n].costs[stepBetween(from.hu, to.hu)];
    better |= static_cast<std::uint32_t>(ways[n] <= to.cost) << n;
  }
  const Label label = label_[at];
  for (; better != 0; better &= better - 1) {
    const auto n = static_cast<std::size_t>(std::countr_zero(better));
    const std::size_t next = at + static_cast<std::size_t>(neighbours_[n].offset);
    if (ways[n] > reach_ || (ways[n] == voxels[next].cost && label >= label_[next])) continue;
    voxels[next].cost = static_cast<std::uint16_t>(ways[n]);
    label_[next] = label;
    push(next, ways[n]);
  }
}

/// A voxel's neighbours lie in as many places of memory as there are rows of them.
void GeodesicGrowth::fetch(std::uint32_t at) const {
  for (const std::size_t row : {0U, 1U, 7U, 9U})
    __builtin_prefetch(&voxels_[at + static_cast<std::size_t>(neighbours_[row].offset)]);
}

Box GeodesicGrowth::settle() {
  const auto row = static_cast<std::uint32_t>(padded_.x), slice = row * static_cast<std::uint32_t>(padded_.y);
  std::uint32_t lowX = row, lowY = slice, lowZ = UINT32_MAX, highX = 0, highY = 0, highZ = 0;
  for (std::size_t cost = 0; waiting_ > 0; ++cost) {
    auto& bucket = buckets_[cost & (buckets_.size() - 1)];
    waiting_ -= bucket.size();
    for (std::size_t i = 0; i < bucket.size(); ++i) {  // none adds to its own bucket
      if (i + kAhead < bucket.size()) fetch(bucket[i + kAhead]);
      const std::uint32_t at = bucket[i];
      if (voxels_[at].cost != cost) continue;  // a cheaper way was found
      const std::uint32_t z = at / slice, inSlice = at - z * slice, y = inSlice / row, x = inSlice - y * row;
      lowX = std::min(lowX, x);
      lowY = std::min(lowY, y);
      lowZ = std::min(lowZ, z);
      highX = std::max(highX, x);
      highY = std::max(highY, y);
      highZ = std::max(highZ, z);
      relaxFrom(at);
    }
    bucket.clear();
  }
  if (highZ == 0) return {};  // the rim is never entered
  const Index3 low{static_cast<int>(lowX), static_cast<int>(lowY), static_cast<int>(lowZ)};
  const Index3 high{static_cast<int>(highX), static_cast<int>(highY), static_cast<int>(highZ)};
  const Index3& l = box_.lower;
  return {{low.x - 1 + l.x, low.y - 1 + l.y, low.z - 1 + l.z}, {high.x + l.x, high.y + l.y, high.z + l.z}};
}

}  // namespace recontour
