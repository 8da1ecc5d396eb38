#pragma once
#include <cstdint>
#include <vector>

#include "models/training/body_frame.h"
#include "models/training/convex_hull.h"
#include "models/training/radial_surface.h"
#include "models/training/random_field.h"

namespace recontour {

/// How deep a point lies under the three surfaces of the body, voxels along the ray from the axis; > 0 inside.
struct BodyDepths {
  float skin = 0;    ///< under the skin
  float muscle = 0;  ///< under the outer surface of the muscles
  float cavity = 0;  ///< inside the abdominal cavity
  float angle = 0;   ///< steps of RadialSurface
};

/// The abdominal cavity as the hull of the organs, a wall of muscle around it, fat and skin. Convex hulls of slices:
/// A. M. Andrew, Information Processing Letters 9(5), 1979.
class BodyOutline {
 public:
  BodyOutline(const DenseBox& labels, const BodyFrame& frame, std::uint64_t seed);
  BodyDepths depths(double x, double y, int z) const;
  double largestY() const { return backY_; }  ///< where the back lies on the table
  Box bounds() const;                         ///< of the skin

 private:
  void makeCavity(const DenseBox& labels);
  void makeMuscle(const DenseBox& labels, std::uint64_t seed);
  std::vector<FlatPoint> wallPoints(int z, double thickness, const SmoothField& field) const;
  void addBack(int z, std::vector<FlatPoint>& points) const;
  void addHips(int z, std::vector<FlatPoint>& points) const;
  void makeSkin(std::uint64_t seed);
  void flattenBack();
  Point3 onSurface(const RadialSurface& surface, int z, int angle) const;

  const BodyFrame& frame_;
  Size3 size_;
  RadialSurface cavity_, muscle_, skin_;
  double backY_ = 0;
};

}  // namespace recontour
