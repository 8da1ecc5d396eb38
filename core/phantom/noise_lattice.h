#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/phantom/parameters.h"
#include "core/phantom/phantom.h"

namespace recontour {

/// Smooth random field of mean 0 and SD 1: normal deviates on a cubic lattice, lightly smoothed, cubic B-spline
/// between. A node's value depends only on its place in the body frame, so the field is the same for any grid.
class NoiseLattice {
 public:
  struct Settings {
    double pitchFactor = 0;  ///< lattice pitch / size
    double smoothing = 0;    ///< weight of each neighbour along an axis, 0..0.25
    Point3 anchorMm;         ///< position of node (0, 0, 0)
  };
  static Settings settings(const Parameters& noise);

  /// @param sizeMm  size of the blobs, > 0
  /// @param cover   where the field will be asked for
  NoiseLattice(std::uint64_t key, double sizeMm, const Settings& settings, const BoundsMm& cover);

  /// Values at all (x, y) of the plane z, x fastest.
  void fillSlice(std::span<const double> xs, std::span<const double> ys, double z, std::span<float> out) const;

 private:
  struct Taps {
    int first = 0;  ///< index of the first of four nodes
    float weights[4] = {};
  };
  Taps taps(double position, int axis) const;
  void draw(std::uint64_t key);
  void smooth(int axis, float neighbour);
  std::size_t offset(int i, int j, int k) const;
  std::vector<float> collapseZ(double z) const;

  double pitchMm_;
  Point3 anchorMm_;
  Index3 first_;  ///< node number of the first stored node
  Size3 size_;
  std::vector<float> nodes_;
};

}  // namespace recontour
