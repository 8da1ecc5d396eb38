#pragma once
#include <optional>

#include "core/image/axis_map.h"
#include "core/image/volume.h"

namespace recontour {

/// HU of the voxels of a region.
struct HuStatistics {
  double mean = 0, deviation = 0;  ///< of the sample (n - 1); 0 for one voxel
  int lowest = 0, highest = 0;
  std::int64_t voxels = 0;
  double areaMm2 = 0;  ///< of these voxels' pixels
};

/// A line or an ellipse that someone drew on a slice to measure.
struct SliceMeasurement {
  bool ellipse = false;
  Plane plane = Plane::Axial;
  int slice = 0;
  Point3 fromMm = {}, toMm = {};        ///< ends of the line, or opposite corners of the ellipse's box
  std::optional<HuStatistics> hu = {};  ///< of the ellipse
  double lengthMm() const { return length(toMm - fromMm); }
};

/// Of the ellipse that two opposite corners of its box span on a slice, by voxel centres. None where it holds no voxel.
std::optional<HuStatistics> ellipseStatistics(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice,
                                              const Point3& cornerMm, const Point3& otherMm);

}  // namespace recontour
