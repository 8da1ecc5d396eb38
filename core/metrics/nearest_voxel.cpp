#include "core/metrics/nearest_voxel.h"

#include <algorithm>
#include <cassert>

namespace recontour {
namespace {

constexpr std::size_t kLeafVoxels = 8;

int outside(int value, int lower, int upper) {
  return value < lower ? lower - value : value > upper ? value - upper : 0;
}

}  // namespace

NearestVoxel::NearestVoxel(std::span<const Index3> voxels, const Point3& spacingMm)
    : spacingMm_(spacingMm), voxels_(voxels.begin(), voxels.end()) {
  assert(!voxels_.empty());
  nodes_.reserve(4 * voxels_.size() / kLeafVoxels + 1);
  build(0, voxels_.size());
}

std::size_t NearestVoxel::build(std::size_t begin, std::size_t end) {
  Node node{voxels_[begin], voxels_[begin], begin, end};
  for (std::size_t i = begin; i < end; ++i) {
    for (int axis = 0; axis < 3; ++axis) {
      node.lower[axis] = std::min(node.lower[axis], voxels_[i][axis]);
      node.upper[axis] = std::max(node.upper[axis], voxels_[i][axis]);
    }
  }
  const std::size_t number = nodes_.size();
  nodes_.push_back(node);
  if (end - begin <= kLeafVoxels) return number;
  int widest = 0;
  for (int axis = 1; axis < 3; ++axis) {
    const auto extent = [&](int a) { return (node.upper[a] - node.lower[a]) * spacingMm_[a]; };
    if (extent(axis) > extent(widest)) widest = axis;
  }
  const std::size_t middle = begin + (end - begin) / 2;
  const auto at = [this](std::size_t i) { return voxels_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(begin), at(middle), at(end),
                   [widest](const Index3& a, const Index3& b) { return a[widest] < b[widest]; });
  build(begin, middle);
  const std::size_t right = build(middle, end);
  nodes_[number].right = right;
  return number;
}

double NearestVoxel::squared(int x, int y, int z) const {
  const double dz = z * spacingMm_.z, dy = y * spacingMm_.y, dx = x * spacingMm_.x;
  return dz * dz + dy * dy + dx * dx;
}

/// Never above the squared distance of any voxel of the node: the same arithmetic, and rounding keeps the order.
double NearestVoxel::bound(const Node& node, const Index3& from) const {
  return squared(outside(from.x, node.lower.x, node.upper.x), outside(from.y, node.lower.y, node.upper.y),
                 outside(from.z, node.lower.z, node.upper.z));
}

void NearestVoxel::visit(std::size_t number, Search& search) const {
  const Node& node = nodes_[number];
  if (node.right == 0) {
    for (std::size_t i = node.begin; i < node.end; ++i) {
      const Index3& at = voxels_[i];
      const double distance = squared(at.x - search.from.x, at.y - search.from.y, at.z - search.from.z);
      if (distance < search.best) search = {search.from, distance, i};
    }
    return;
  }
  std::size_t near = number + 1, far = node.right;
  double nearBound = bound(nodes_[near], search.from), farBound = bound(nodes_[far], search.from);
  if (farBound < nearBound) {
    std::swap(near, far);
    std::swap(nearBound, farBound);
  }
  if (nearBound < search.best) visit(near, search);
  if (farBound < search.best) visit(far, search);
}

double NearestVoxel::squaredDistance(const Index3& from, std::size_t& hint) const {
  hint = std::min(hint, voxels_.size() - 1);
  const Index3& guess = voxels_[hint];
  Search search{from, squared(guess.x - from.x, guess.y - from.y, guess.z - from.z), hint};
  visit(0, search);
  hint = search.nearest;
  return search.best;
}

}  // namespace recontour
