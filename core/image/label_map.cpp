#include "core/image/label_map.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <iterator>
#include <utility>

#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr int kEdge = LabelMap::kBrickEdge;

int bricksAlong(int voxels) { return (voxels + kEdge - 1) / kEdge; }

/// Offset inside a brick of the voxel whose coordinates within it are the low bits of (x, y, z).
std::size_t offsetInBrick(int x, int y, int z) {
  return static_cast<std::size_t>(((z % kEdge) * kEdge + y % kEdge) * kEdge + x % kEdge);
}

bool allBackground(const Label* labels, int count) {
  return std::all_of(labels, labels + count, [](Label label) { return label == 0; });
}

}  // namespace

LabelMap::BrickPointer::BrickPointer(const BrickPointer& other) : brick_(other.brick_) {
  if (brick_ != nullptr) brick_->owners.fetch_add(1, std::memory_order_relaxed);
}

LabelMap::BrickPointer::BrickPointer(BrickPointer&& other) noexcept : brick_(std::exchange(other.brick_, nullptr)) {}

LabelMap::BrickPointer& LabelMap::BrickPointer::operator=(BrickPointer other) noexcept {
  std::swap(brick_, other.brick_);
  return *this;
}

LabelMap::BrickPointer::~BrickPointer() {
  if (brick_ != nullptr && brick_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete brick_;
}

LabelMap::Brick& LabelMap::BrickPointer::writable() {
  if (brick_ == nullptr) {
    brick_ = new Brick;
  } else if (brick_->owners.load(std::memory_order_acquire) > 1) {  // acquire: the last reader has finished
    BrickPointer own;
    own.brick_ = new Brick;
    own.brick_->labels = brick_->labels;
    std::swap(brick_, own.brick_);
  }
  return *brick_;
}

LabelMap::LabelMap(const Size3& size)
    : size_(size),
      brickGrid_{bricksAlong(size.x), bricksAlong(size.y), bricksAlong(size.z)},
      bricks_(voxelCount(brickGrid_)) {}

LabelMap LabelMap::fromDense(const Size3& size, std::span<const Label> labels) {
  assert(labels.size() == voxelCount(size));
  LabelMap map(size);
  const auto width = static_cast<std::size_t>(size.x);
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const auto row = static_cast<std::size_t>(z) * static_cast<std::size_t>(size.y) + static_cast<std::size_t>(y);
      map.writeRow(y, z, 0, labels.subspan(row * width, width));
    }
  }
  return map;
}

std::size_t LabelMap::brickNumber(int bx, int by, int bz) const {
  return static_cast<std::size_t>((bz * brickGrid_.y + by) * brickGrid_.x + bx);
}

Label LabelMap::at(const Index3& index) const {
  const Brick* brick = bricks_[brickNumber(index.x / kEdge, index.y / kEdge, index.z / kEdge)].get();
  return brick == nullptr ? Label{0} : brick->labels[offsetInBrick(index.x, index.y, index.z)];
}

void LabelMap::readRow(int y, int z, int x0, int x1, Label* out) const {
  for (int x = x0; x < x1;) {
    const int end = std::min(x1, (x / kEdge + 1) * kEdge);
    const Brick* brick = bricks_[brickNumber(x / kEdge, y / kEdge, z / kEdge)].get();
    const auto count = static_cast<std::size_t>(end - x);
    if (brick == nullptr) {
      std::memset(out, 0, count);
    } else {
      std::memcpy(out, &brick->labels[offsetInBrick(x, y, z)], count);
    }
    out += end - x;
    x = end;
  }
}

void LabelMap::writeRow(int y, int z, int x0, std::span<const Label> labels) {
  const int x1 = x0 + static_cast<int>(labels.size());
  const Label* in = labels.data();
  for (int x = x0; x < x1;) {
    const int end = std::min(x1, (x / kEdge + 1) * kEdge);
    BrickPointer& brick = bricks_[brickNumber(x / kEdge, y / kEdge, z / kEdge)];
    const std::size_t offset = offsetInBrick(x, y, z);
    const bool same = brick.get() == nullptr
                          ? allBackground(in, end - x)
                          : std::memcmp(&brick.get()->labels[offset], in, static_cast<std::size_t>(end - x)) == 0;
    if (!same) std::memcpy(&brick.writable().labels[offset], in, static_cast<std::size_t>(end - x));
    in += end - x;
    x = end;
  }
}

namespace {

/// Copies the voxels of `part`, which lie in one brick, to their place in `dense`, which holds those of `box`.
void copyPart(const LabelMap::Brick& brick, const Box& part, const Box& box, DenseBox& dense) {
  const auto count = static_cast<std::size_t>(part.upper.x - part.lower.x);
  for (int z = part.lower.z; z < part.upper.z; ++z) {
    const auto slice = static_cast<std::size_t>(z - box.lower.z) * static_cast<std::size_t>(dense.size.y);
    for (int y = part.lower.y; y < part.upper.y; ++y) {
      const std::size_t row =
          (slice + static_cast<std::size_t>(y - box.lower.y)) * static_cast<std::size_t>(dense.size.x);
      Label* out = &dense.labels[row + static_cast<std::size_t>(part.lower.x - box.lower.x)];
      const Label* in = &brick.labels[offsetInBrick(part.lower.x, y, z)];
      if (count == 1) {  // a sagittal slice
        *out = *in;
      } else {
        std::memcpy(out, in, count);
      }
    }
  }
}

}  // namespace

DenseBox LabelMap::copy(const Box& box) const {
  DenseBox dense{box.size(), std::vector<Label>(voxelCount(box.size()))};
  forEachBrickIn(box, [&](const Brick& brick, const Box& part) { copyPart(brick, part, box, dense); });
  return dense;
}

void LabelMap::write(const Box& box, const DenseBox& labels) {
  const auto width = static_cast<std::size_t>(labels.size.x);
  std::span<const Label> rest = labels.labels;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y, rest = rest.subspan(width)) {
      writeRow(y, z, box.lower.x, rest.first(width));
    }
  }
}

std::vector<Label> LabelMap::toDense() const { return copy({{0, 0, 0}, size_}).labels; }

Box LabelMap::brickBox(std::size_t number) const {
  const int n = static_cast<int>(number);
  const Index3 brick{n % brickGrid_.x, n / brickGrid_.x % brickGrid_.y, n / (brickGrid_.x * brickGrid_.y)};
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.lower[axis] = brick[axis] * kEdge;
    box.upper[axis] = std::min(size_[axis], box.lower[axis] + kEdge);
  }
  return box;
}

bool operator==(const LabelMap& a, const LabelMap& b) {
  if (!(a.size_ == b.size_)) return false;
  for (std::size_t number = 0; number < a.bricks_.size(); ++number) {
    if (a.bricks_[number] == b.bricks_[number]) continue;
    const Box box = a.brickBox(number);
    if (a.copy(box).labels != b.copy(box).labels) return false;
  }
  return true;
}

namespace {

bool isUniform(std::span<const Label> labels) {
  return std::memcmp(labels.data(), labels.data() + 1, labels.size() - 1) == 0;
}

/// Most bricks hold one label alone, and so do most pieces of the others; that is seen much faster than counted.
void addCounts(std::span<const Label> labels, std::array<std::int64_t, 256>& counts) {
  if (isUniform(labels)) {
    counts[labels[0]] += static_cast<std::int64_t>(labels.size());
  } else if (labels.size() <= kEdge) {
    for (const Label label : labels) ++counts[label];
  } else {
    for (; !labels.empty(); labels = labels.subspan(std::min<std::size_t>(kEdge, labels.size())))
      addCounts(labels.first(std::min<std::size_t>(kEdge, labels.size())), counts);
  }
}

}  // namespace

std::array<std::int64_t, 256> labelCounts(const LabelMap& map) {
  std::array<std::int64_t, 256> counts{};
  std::int64_t counted = 0;
  for (std::size_t number = 0; number < map.brickCount(); ++number) {
    if (map.brick(number).get() == nullptr) continue;
    const DenseBox dense = map.copy(map.brickBox(number));
    addCounts(dense.labels, counts);
    counted += static_cast<std::int64_t>(dense.labels.size());
  }
  counts[0] += static_cast<std::int64_t>(voxelCount(map.size())) - counted;
  return counts;
}

Box boundingBox(const LabelMap& map, Label label) {
  Box result;
  for (std::size_t number = 0; number < map.brickCount(); ++number) {
    if (map.brick(number).get() == nullptr && label != 0) continue;
    const Box box = map.brickBox(number);
    const DenseBox dense = map.copy(box);
    const Label* row = dense.labels.data();
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y, row += dense.size.x) {
        const Label* end = row + dense.size.x;
        const Label* first = std::find(row, end, label);
        if (first == end) continue;
        const Label* last = std::find(std::reverse_iterator(end), std::reverse_iterator(first), label).base();
        result = unite(result, {{box.lower.x + int(first - row), y, z}, {box.lower.x + int(last - row), y + 1, z + 1}});
      }
    }
  }
  return result;
}

std::string labelMapHash(const LabelMap& map) {
  Sha256 hash;
  const std::array<std::int32_t, 3> size = {map.size().x, map.size().y, map.size().z};
  hash.update(std::as_bytes(std::span(size)));
  for (int z = 0; z < map.size().z; ++z) {
    const DenseBox slice = map.copy({{0, 0, z}, {map.size().x, map.size().y, z + 1}});
    hash.update(std::as_bytes(std::span(slice.labels)));
  }
  return toHex(hash.finish());
}

}  // namespace recontour
