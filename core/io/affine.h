#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/shear.h"

namespace recontour {

/// World position (LPS, mm) of a voxel index i: axes[0] * i.x + axes[1] * i.y + axes[2] * i.z + origin.
struct Affine {
  std::array<Point3, 3> axes;  ///< one voxel's step along array axis x, y, z
  Point3 origin;
};

/// True when every number is finite and no axis has zero length.
bool isUsable(const Affine& affine);

/// A file's grid, right-angled unless it says how it leans.
struct FileGrid {
  Geometry geometry;
  std::optional<Shear> shear;
};
/// Grid of a file's affine; where it leans, axis x keeps its direction and axis y its plane. Axes that are not quite at
/// right angles (cosine <= 1e-4, rounding of the header) are made so, with a warning that names the angle where that
/// moves anything by more than a hundredth of a millimetre.
/// @throws Error naming the file on a shear of more than 45 degrees, and on spacing or origin that is zero, not finite
///         or absurd
FileGrid gridFromAffine(const std::filesystem::path& file, const Size3& size, const Affine& affine,
                        std::vector<std::string>& warnings);
/// What is said of a grid that leans. @throws Error, unless `shear` is none
void refuseShear(const std::filesystem::path& file, const std::optional<Shear>& shear);
/// What refusals of grids that lean tell the user to do.
inline constexpr const char* kStraighten =
    "recontour-cli convert IN OUT --straighten writes a copy with right angles and tells what that changes";

/// Largest distance in mm between the corner voxels of two grids of equal size.
double cornerDistanceMm(const Geometry& a, const Geometry& b);

}  // namespace recontour
