#pragma once
#include <array>
#include <string>

#include "core/image/geometry.h"

namespace recontour {

enum class Plane { Axial, Coronal, Sagittal };
inline constexpr std::array<Plane, 3> kPlanes = {Plane::Axial, Plane::Coronal, Plane::Sagittal};
const char* planeName(Plane plane);         ///< "axial", "coronal", "sagittal"
Plane planeNamed(const std::string& name);  ///< @throws Error for other names

/// How a plane's picture lies in the array: which array axis runs along columns (to the right), rows (down) and
/// through the slices, and whether it runs backwards there.
struct PlaneAxes {
  int columnAxis = 0, rowAxis = 1, sliceAxis = 2;
  bool columnFlipped = false, rowFlipped = false;
  bool sliceFlipped = false;  ///< slice number (counted towards L, P, H) runs against the array index
};

/// Letters at the four edges of a plane's picture; two of them ("RA") on oblique volumes.
struct EdgeLetters {
  std::string left, right, top, bottom;
};

/// Shows voxels in the patient's axes although the volume stays in file order: permutation and flips to the nearest
/// patient axes. Radiological: axial from the feet, coronal from the front (both R at the picture's left), sagittal
/// from the patient's left (A at the picture's left); head up in coronal and sagittal.
class AxisMap {
 public:
  AxisMap() = default;
  explicit AxisMap(const Geometry& geometry);

  const PlaneAxes& axes(Plane plane) const { return planes_[static_cast<std::size_t>(plane)]; }
  int columns(Plane plane) const { return geometry_.size[axes(plane).columnAxis]; }
  int rows(Plane plane) const { return geometry_.size[axes(plane).rowAxis]; }
  int slices(Plane plane) const { return geometry_.size[axes(plane).sliceAxis]; }
  double columnSpacingMm(Plane plane) const { return geometry_.spacing[axes(plane).columnAxis]; }
  double rowSpacingMm(Plane plane) const { return geometry_.spacing[axes(plane).rowAxis]; }
  double sliceSpacingMm(Plane plane) const { return geometry_.spacing[axes(plane).sliceAxis]; }

  /// Voxel of picture position (column, row) in slice number `slice`, each from 0.
  Index3 voxelAt(Plane plane, int column, int row, int slice) const;
  /// World position of a continuous picture position (integers are pixel centres).
  Point3 worldAt(Plane plane, double column, double row, double slice) const;
  /// Continuous picture position (x column, y row, z slice number) of a world position.
  Point3 pictureAt(Plane plane, const Point3& world) const;
  /// Slice number of the nearest slice, kept inside the volume.
  int sliceAt(Plane plane, const Point3& world) const;
  EdgeLetters letters(Plane plane) const;
  const Geometry& geometry() const { return geometry_; }

 private:
  Geometry geometry_;
  std::array<PlaneAxes, 3> planes_;
};

}  // namespace recontour
