#pragma once
#include <array>

#include "core/image/geometry.h"

namespace recontour {

/// Where a slice lies in the patient: a rectangle, in world mm.
struct PlaneFrame {
  std::array<Point3, 4> corners;
  std::array<double, 3> colour{1, 1, 1};  ///< 0..1
  std::array<bool, 4> goesOn{};  ///< beyond the edge that starts at this corner: not the scan's border, drawn dashed
  friend bool operator==(const PlaneFrame&, const PlaneFrame&) = default;
};

}  // namespace recontour
