#pragma once
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// Weights of a Gaussian sampled at -n..n, sum 1. @param deviation  voxels, > 0
std::vector<float> gaussianKernel(double deviation);

// Filters a volume (x fastest) along one axis in place; beyond the border its last voxel goes on.
void filterX(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights);
void filterY(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights);
void filterZ(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights);

/// Thick slices of a volume of thinner ones, side by side.
class SliceStack {
 public:
  /// @param thickness  of the thick slices in thin ones, > 1, so that there are no more of them than of thin ones
  /// @param phase      0..1: where the first slice starts, as a part of a thick slice before the volume
  SliceStack(const Size3& size, double thickness, double phase);
  /// Mean of what lies in each slice. @return  never more voxels than the volume has
  std::vector<float> averaged(const std::vector<float>& volume) const;
  /// Back on the thin slices, linear between the centres of the thick ones.
  std::vector<float> interpolated(const std::vector<float>& slices) const;

 private:
  double startOf(int slice) const { return (slice - phase_) * thickness_ - 0.5; }
  Size3 size_;
  double thickness_, phase_;
  int count_;
};

}  // namespace recontour
