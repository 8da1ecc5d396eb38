#pragma once
// Private to ui/views: the field whose surface an organ's brick shows.
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

/// How much of each sample is the organ, blurred; over the samples of one brick and as many round it as a surface with
/// normals needs. Samples lie on a grid of their own: sample i stands for voxels i step .. (i + 1) step - 1. Outside
/// the volume there is no organ.
class BrickField {
 public:
  /// Voxels beyond a brick that its surface depends on.
  static Index3 reach(const Index3& step);

  BrickField(const LabelMap& labels, Label label, const Box& brick, const Index3& step);
  /// No surface runs through the brick.
  bool uniform() const { return uniform_; }
  /// Samples of which the surface has cells: the brick's, with the first of the next brick, or one beyond the volume.
  const Box& samples() const { return samples_; }
  /// On the organ's side of one half inside it, on the other side outside it.
  float value(const Index3& sample) const;
  /// Of the blur, per sample step; points into the organ.
  Point3 gradient(const Index3& sample) const;

 private:
  void fill(const LabelMap& labels, Label label);
  void blur(int axis);
  std::size_t offset(const Index3& sample) const;
  Index3 step_;
  Box samples_, held_;
  std::vector<float> raw_, blurred_;
  bool uniform_ = true;
};

}  // namespace recontour
