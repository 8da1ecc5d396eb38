#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// Number of an organ in its OrganTable; 0 is background.
using Label = std::uint8_t;

/// Labels of a box as a plain array, (x, y, z), x fastest.
struct DenseBox {
  Size3 size;
  std::vector<Label> labels;
};

/// Labels of a whole grid in bricks of 32^3 voxels that copies share until one of them writes (copy on write), so a
/// copy costs a table of pointers and a map that is mostly background little memory. Missing bricks are background.
///
/// A value: one thread may change it while others read their own copies.
class LabelMap {
 public:
  static constexpr int kBrickEdge = 32;
  static constexpr int kBrickVoxels = kBrickEdge * kBrickEdge * kBrickEdge;

  /// Shared content of one brick; counts its owners itself, since shared_ptr's count may not be read for "am I alone".
  struct Brick {
    std::atomic<int> owners{1};
    std::array<Label, kBrickVoxels> labels{};
  };
  /// Owning pointer to a brick; null means all background.
  class BrickPointer {
   public:
    BrickPointer() = default;
    BrickPointer(const BrickPointer& other);
    BrickPointer(BrickPointer&& other) noexcept;
    BrickPointer& operator=(BrickPointer other) noexcept;
    ~BrickPointer();
    const Brick* get() const { return brick_; }
    /// The brick for writing: made when missing, copied when shared.
    Brick& writable();
    friend bool operator==(const BrickPointer& a, const BrickPointer& b) { return a.brick_ == b.brick_; }

   private:
    Brick* brick_ = nullptr;
  };

  LabelMap() = default;
  explicit LabelMap(const Size3& size);
  /// @param labels  voxelCount(size) values, x fastest
  static LabelMap fromDense(const Size3& size, std::span<const Label> labels);

  const Size3& size() const { return size_; }
  bool empty() const { return bricks_.empty(); }  ///< true for a map without a grid
  Label at(const Index3& index) const;

  /// Copies labels x0 <= x < x1 of row (y, z) to `out`.
  void readRow(int y, int z, int x0, int x1, Label* out) const;
  /// Writes labels from x0 on in row (y, z). Bricks whose labels stay the same are not copied.
  void writeRow(int y, int z, int x0, std::span<const Label> labels);
  /// Labels of `box`, which must lie inside the grid.
  DenseBox copy(const Box& box) const;
  /// Calls visit(brick, part) for each brick that is there, with the part of `box` that lies in it.
  template <typename Visit>
  void forEachBrickIn(const Box& box, Visit visit) const {
    if (box.empty()) return;
    for (int z = box.lower.z / kBrickEdge; z <= (box.upper.z - 1) / kBrickEdge; ++z) {
      for (int y = box.lower.y / kBrickEdge; y <= (box.upper.y - 1) / kBrickEdge; ++y) {
        for (int x = box.lower.x / kBrickEdge; x <= (box.upper.x - 1) / kBrickEdge; ++x) {
          const std::size_t number = brickNumber(x, y, z);
          if (const Brick* brick = bricks_[number].get()) visit(*brick, intersect(box, brickBox(number)));
        }
      }
    }
  }
  /// Writes `labels` over `box` (same size), which must lie inside the grid.
  void write(const Box& box, const DenseBox& labels);
  /// The whole map as one array; for export and hand-over, not for editing.
  std::vector<Label> toDense() const;

  // Bricks, for undo, comparison and events.
  Size3 brickGrid() const { return brickGrid_; }
  std::size_t brickCount() const { return bricks_.size(); }
  const BrickPointer& brick(std::size_t number) const { return bricks_[number]; }
  void setBrick(std::size_t number, const BrickPointer& brick) { bricks_[number] = brick; }
  /// Voxels of brick `number`, cut at the grid's border.
  Box brickBox(std::size_t number) const;

  /// Equal size and equal labels; shared bricks are not looked into.
  friend bool operator==(const LabelMap& a, const LabelMap& b);

 private:
  std::size_t brickNumber(int bx, int by, int bz) const;
  Size3 size_;
  Size3 brickGrid_;
  std::vector<BrickPointer> bricks_;
};

/// Calls visit(box, labels of a, labels of b) for each brick in which either map of one grid has labels.
template <typename Visit>
void forEachBrickOfEither(const LabelMap& a, const LabelMap& b, Visit visit) {
  for (std::size_t number = 0; number < a.brickCount(); ++number) {
    if (a.brick(number).get() == nullptr && b.brick(number).get() == nullptr) continue;
    const Box box = a.brickBox(number);
    visit(box, a.copy(box), b.copy(box));
  }
}

/// Voxels of each label (index 0..255).
std::array<std::int64_t, 256> labelCounts(const LabelMap& map);
/// Smallest box that holds every voxel of `label`; empty when there is none.
Box boundingBox(const LabelMap& map, Label label);
/// SHA-256 (64 hex digits) over size (3 int32) and all labels, x fastest: equal maps have equal hashes.
std::string labelMapHash(const LabelMap& map);

}  // namespace recontour
