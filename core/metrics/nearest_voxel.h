#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// Finds the nearest of a fixed set of voxels; a k-d tree, so the cost follows the number of voxels, not the volume.
/// Exact: the result is the smallest of all distances as computed in double, summed in the order z, y, x.
class NearestVoxel {
 public:
  /// @param voxels     at least one
  /// @param spacingMm  along x, y, z
  NearestVoxel(std::span<const Index3> voxels, const Point3& spacingMm);

  /// Squared distance in mm^2 between the centres of `from` and of the nearest voxel of the set.
  /// @param hint  number of a voxel that may be near: in any state at first, then what the last call left there.
  ///              Calls for neighbouring voxels in turn are fastest.
  double squaredDistance(const Index3& from, std::size_t& hint) const;

 private:
  struct Node {
    Index3 lower, upper;     ///< both inside
    std::size_t begin, end;  ///< of voxels_
    std::size_t right = 0;   ///< second child; the first one follows its parent; 0 for a leaf
  };
  struct Search {
    Index3 from;
    double best;
    std::size_t nearest;
  };
  std::size_t build(std::size_t begin, std::size_t end);
  void visit(std::size_t node, Search& search) const;
  double squared(int x, int y, int z) const;
  double bound(const Node& node, const Index3& from) const;

  Point3 spacingMm_;
  std::vector<Index3> voxels_;
  std::vector<Node> nodes_;
};

}  // namespace recontour
