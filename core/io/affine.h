#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// World position (LPS, mm) of a voxel index i: axes[0] * i.x + axes[1] * i.y + axes[2] * i.z + origin.
struct Affine {
  std::array<Point3, 3> axes;  ///< one voxel's step along array axis x, y, z
  Point3 origin;
};

/// True when every number is finite and no axis has zero length.
bool isUsable(const Affine& affine);

/// Geometry of a file's affine. Axes that are not quite at right angles (cosine <= 1e-4, rounding of the header) are
/// made so, with a warning that names the angle where that moves anything by more than a hundredth of a millimetre.
/// @throws Error naming the file on shear, and on spacing or origin that is zero, not finite or absurd
Geometry geometryFromAffine(const std::filesystem::path& file, const Size3& size, const Affine& affine,
                            std::vector<std::string>& warnings);

/// Largest distance in mm between the corner voxels of two grids of equal size.
double cornerDistanceMm(const Geometry& a, const Geometry& b);

}  // namespace recontour
