#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include <vtkSmartPointer.h>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

class vtkPolyData;

namespace recontour {

/// The smooth surface of one organ, meshed in pieces of a brick each, so that after an edit only the bricks round it
/// are meshed again. Flying edges on the blurred organ; the blur is held on the right side of one half in every voxel,
/// so the surface runs between the voxels inside and those outside, and thin parts stay. Normals come from the blur
/// itself. Very large organs are sampled at half resolution along finely sampled axes.
///
/// Used by one thread at a time.
class OrganMesh {
 public:
  /// Brings the surface up to date. @return it in world mm (LPS) with normals; null when the map has no voxel of it
  vtkSmartPointer<vtkPolyData> update(const LabelMap& labels, const Geometry& geometry, Label label);
  std::size_t bricksMeshed() const { return bricksMeshed_; }  ///< by the last update

  struct Piece {
    std::vector<float> points, normals;  ///< x, y, z of each
    std::vector<std::int32_t> corners;   ///< three of each triangle
  };

 private:
  /// Forgets what is of another grid or resolution.
  void begin(const LabelMap& labels, const Geometry& geometry, Label label);
  /// Bricks whose surface depends on a voxel that has changed.
  std::vector<bool> staleBricks(const LabelMap& labels, Label label) const;
  LabelMap labels_;  ///< that were meshed
  Geometry geometry_;
  Index3 step_{0, 0, 0};                 ///< voxels a sample; 0 before the first update
  std::map<std::size_t, Piece> pieces_;  ///< by brick number
  std::size_t bricksMeshed_ = 0;
};

}  // namespace recontour
