#pragma once
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/resample.h"
#include "core/image/volume.h"

namespace recontour {

/// How a grid leans: its voxel (x, y, z) lies where voxel (x + xy y + xz z, y + yz z, z) of a straight grid would. So
/// each slice of it lies in a slice of the straight grid, shifted and sheared within it (gantry tilt, sheared axes).
struct Shear {
  double xy = 0, xz = 0, yz = 0;  ///< in voxels a voxel
  double degrees = 0;             ///< largest angle off a right one, for people
};

/// What a reader does with a file whose grid leans.
enum class LeaningGrid { Refused, Allowed };

/// Where a voxel of the leaning grid lies, counted in voxels of a straight grid with the same first voxel.
inline Point3 straightIndex(const Index3& at, const Shear& shear) {
  return {at.x + shear.xy * at.y + shear.xz * at.z, at.y + shear.yz * at.z, double(at.z)};
}

/// A grid with right angles that holds all of a leaning one.
struct StraightGrid {
  Geometry geometry;
  Index3 lower;  ///< its first voxel, counted from that of the leaning grid
};
/// @param leaning  origin, size and spacing of the leaning grid, with the directions of the straight one
StraightGrid straightGrid(const Geometry& leaning, const Shear& shear);

inline constexpr std::int16_t kOutsideHu = -1024;  ///< of straightened voxels that the scan did not reach

/// Voxels of a leaning grid on the straight one, interpolated linearly within each slice.
Volume straightened(const Volume& leaning, const Shear& shear, const StraightGrid& straight);
/// The same of labels: each voxel takes the label of the nearest one; background outside.
LabelMap straightened(const LabelMap& leaning, const Shear& shear, const StraightGrid& straight);

/// What straightening did to HU: by how much they differ when they are brought back, in voxels above -500 HU that
/// do not lie at a slice's border.
struct HuLoss {
  double mean = 0, largest = 0;
};
HuLoss straighteningLoss(const Volume& leaning, const Shear& shear, const Volume& straight, const StraightGrid& grid);
/// The same of each label. @param voxelMl  of either grid: straightening keeps it
std::vector<ResamplingLoss> straighteningLoss(const LabelMap& leaning, const Shear& shear, const LabelMap& straight,
                                              const StraightGrid& grid, double voxelMl);

}  // namespace recontour
