#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/image/axis_map.h"
#include "core/image/label_map.h"

namespace recontour {

/// Where an organ lies.
struct OrganPlace {
  Box box;
  /// By array axis: on which slices of the box, counted from its lower end, the organ lies.
  std::array<std::vector<bool>, 3> present;
  Point3 centre;  ///< LPS mm, a voxel of the organ: in its largest axial slice, nearest to that slice's centroid
};

/// Reads only the organ's box, a few ms. @return none when the map lacks it
std::optional<OrganPlace> placeOfOrgan(const LabelMap& labels, const AxisMap& axisMap, Label organ);

/// The position nearest to `from` that has a part of the organ on the slice across each array axis: coordinates whose
/// slice has one stay, the others go to the organ's centre.
Point3 broughtInto(const OrganPlace& place, const AxisMap& axisMap, const Point3& from);
/// The same for a box; coordinates outside it go to its centre.
Point3 broughtInto(const Box& box, const AxisMap& axisMap, const Point3& from);

}  // namespace recontour
