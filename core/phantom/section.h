#pragma once
#include <span>

#include "core/phantom/table.h"

namespace recontour {

/// A body-like shape given by half width, front and back over z: a superellipse in every axial plane.
class Section {
 public:
  struct Outline {
    double halfWidth = 0, centreY = 0, halfDepth = 0;
  };
  /// Reads `section` ("z halfWidth front back; ...") and `exponent`. @param growMm  added on all sides
  Section(const Parameters& parameters, double growMm);
  Outline outline(double z) const;
  /// (1 - |.|) min(half width, half depth) at all (x, y) of the plane z, x fastest: > 0 inside, mm near the surface.
  void fillDepth(std::span<const double> xs, std::span<const double> ys, double z, std::span<float> out) const;

 private:
  Table table_;
  double exponent_;
  double growMm_;
};

}  // namespace recontour
