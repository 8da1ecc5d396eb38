#pragma once
#include <cstddef>
#include <vector>

namespace recontour {

/// A surface around the body's axis: distance in voxels from each slice's centre by angle.
class RadialSurface {
 public:
  static constexpr int kAngles = 180;  ///< angle 0 to the patient's left, a quarter on to the back
  RadialSurface() = default;
  explicit RadialSurface(int slices) : radii_(static_cast<std::size_t>(slices * kAngles)) {}
  float& at(int z, int angle) { return radii_[index(z, angle)]; }
  float at(int z, int angle) const { return radii_[index(z, angle)]; }
  /// Linear between angles. @param angle  in steps of a circle's kAngles-th, 0 .. kAngles
  float radius(int z, float angle) const;
  /// Gaussian along angles and slices, SD in steps.
  void smooth(double angles, double slices);

 private:
  static std::size_t index(int z, int angle) { return static_cast<std::size_t>(z * kAngles + angle); }
  void smoothSlices(double deviation);
  void smoothAngles(double deviation);
  std::vector<float> radii_;
};

}  // namespace recontour
