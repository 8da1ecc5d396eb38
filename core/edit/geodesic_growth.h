#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

/// What a way from voxel to voxel costs: its length, times 1 + (step of HU / `edgeHu`)^2 of the HU smoothed in the
/// slice. Costs are whole numbers of `unitMm`, at least 1, so equal inputs give equal labels everywhere.
struct GrowthCost {
  double unitMm = 0.25;
  double edgeHu = 20;  ///< a step as large as this doubles a way
};

/// Labels that grow from seeds in a box of a CT, each voxel taken by the seed that is nearest along the cheapest way
/// (a shortest-path forest, as GrowCut ends in: Vezhnevets 2005, Zhu 2014); of equal ways the lower label wins. Seeds
/// reach no farther than `reachMm`. Costs are small whole numbers, so the queue is an array of buckets (Dial 1969).
///
/// Seeds that come later are settled where they change anything, which costs what they change. Any thread.
class GeodesicGrowth {
 public:
  /// @param box      inside the grid; @param passable  voxelCount(box.size()) of them, x fastest: voxels that may
  /// change
  GeodesicGrowth(const Volume& volume, const Geometry& geometry, const Box& box, const std::vector<bool>& passable,
                 double reachMm, const GrowthCost& cost = {});

  /// A seed counts from the next settle() on. A voxel that is not passable is none.
  /// @return false when it is a seed of another label already; it keeps that
  bool addSeed(const Index3& voxel, Label label);
  /// Grows what was added. @return the box in which labels may have changed
  Box settle();

  const Box& box() const { return box_; }
  bool reached(const Index3& voxel) const { return voxels_[offset(voxel)].cost <= reach_ && open_[offset(voxel)] == 1; }
  Label labelAt(const Index3& voxel) const { return label_[offset(voxel)]; }  ///< where it was reached

  // What a peer needs to do the same in another way.
  int reachUnits() const { return reach_; }
  /// Cost of the way between two neighbours of the box: the 8 of the same z and those above and below.
  int stepCost(const Index3& from, const Index3& to) const;

 private:
  static constexpr std::size_t kNeighbours = 10;
  /// Cost and HU stand side by side: both are looked at together.
  struct Voxel {
    std::uint16_t cost = 0;  ///< nothing is cheaper: closed voxels are never entered
    std::int16_t hu = 0;
  };
  struct Neighbour {
    std::ptrdiff_t offset;
    const std::uint16_t* costs;  ///< by step of HU
  };
  std::size_t offset(const Index3& voxel) const;
  void readHu(const Volume& volume);
  void averageRow(const std::vector<int>& sums, int rows, int first, Voxel* to) const;
  void openVoxels(const std::vector<bool>& passable);
  void prepareSteps(const Geometry& geometry, const GrowthCost& cost);
  void fetch(std::uint32_t at) const;
  void relaxFrom(std::size_t at);
  void push(std::size_t at, int cost) {
    buckets_[static_cast<std::size_t>(cost) & (buckets_.size() - 1)].push_back(static_cast<std::uint32_t>(at));
    ++waiting_;
  }

  // Arrays hold the box with a rim of one voxel that is never entered, so neighbours need no test of bounds.
  Box box_;
  Size3 padded_;
  int reach_;
  std::vector<Voxel> voxels_;
  std::vector<Label> label_;
  std::vector<std::uint8_t> open_;                     ///< 1 where a label may come
  std::vector<std::vector<std::uint16_t>> stepCosts_;  ///< by way: bit a is set where axis a is stepped along
  std::array<Neighbour, kNeighbours> neighbours_;
  std::vector<std::vector<std::uint32_t>> buckets_;  ///< in a ring, a power of two that no step is longer than
  std::size_t waiting_ = 0;                          ///< in all of them
};

}  // namespace recontour
