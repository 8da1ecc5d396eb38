#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/image/label_map.h"
#include "models/training/organ_places.h"

namespace recontour {

/// Ball of a femoral head, in voxels.
struct FemoralHead {
  Point3 centre;
  double radius = 8;
};

/// One axial slice of a body frame; lengths in voxels.
struct FrameSlice {
  double height = 0;   ///< s: 0 at the femoral heads, 1 at the kidneys
  double midX = 0;     ///< mid line of the body
  double spineY = 0;   ///< centre of the vertebral bodies, of the sacrum below
  double centreY = 0;  ///< where rays to the body's surface start
};

/// Where a body's parts are to be expected around its organs. Taken from heads of femur and kidneys; where those are
/// missing, from what organs there are and a usual body.
class BodyFrame {
 public:
  explicit BodyFrame(const DenseBox& labels);

  const OrganPlaces& places() const { return places_; }
  int sliceCount() const { return static_cast<int>(slices_.size()); }
  /// Slices beyond the grid's are those at its ends.
  const FrameSlice& slice(int z) const;
  double height(double z) const { return (z - headZ_) / (kidneyZ_ - headZ_); }
  double zAt(double height) const { return headZ_ + height * (kidneyZ_ - headZ_); }
  /// Size of this body against a usual one, .85 .. 1.2: lengths in mm are multiplied by it.
  double scale() const { return scale_; }
  /// Half the distance of the femoral heads, voxels.
  double headHalfDistance() const { return headHalfDistance_; }
  /// Left, right; also where the label map lacks them.
  const std::array<FemoralHead, 2>& heads() const { return heads_; }
  /// y that bones behind organ voxels near the mid line start at in a slice, at least; voxels.
  double behindOrgans(int z) const { return behindOrgans_[static_cast<std::size_t>(z)]; }

 private:
  void findHeads(const DenseBox& labels);
  void findHeights();
  void findDepths();
  void findMidLine();
  void findBackOfOrgans(const DenseBox& labels);
  std::vector<double> spineDepths() const;
  void makeSlices();

  OrganPlaces places_;
  Size3 size_;
  double headZ_ = 0, kidneyZ_ = 1, headY_ = 0, kidneyY_ = 0;
  double headMidX_ = 0, kidneyMidX_ = 0;
  double headHalfDistance_ = 0, scale_ = 1;
  std::array<FemoralHead, 2> heads_;
  std::optional<Point3> headMiddle_;  ///< where a head is there
  std::vector<double> behindOrgans_;
  std::vector<FrameSlice> slices_;
};

/// Values in order of `at` between rows {at, value}; constant beyond them.
double interpolated(const std::vector<std::array<double, 2>>& rows, double at);

}  // namespace recontour
