#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/phantom/parameters.h"
#include "core/phantom/phantom.h"

namespace recontour {

/// An ellipsoid turned by R = Rz(a) Ry(b) Rx(c).
class Ellipsoid {
 public:
  Ellipsoid(const Point3& centre, const Point3& radii, const Point3& degrees);
  /// (1 - |q / r|) min(r) with q = R^T (p - centre): > 0 inside, near the surface about the distance to it in mm.
  double depth(const Point3& p) const;
  Point3 local(const Point3& p) const;  ///< q / r
  /// Box that holds every point with depth > -margin.
  BoundsMm bounds(double marginMm) const;
  /// z of the upper surface over (x, y), of the ellipsoid with radii larger by `inflateMm`.
  std::optional<double> topAt(double x, double y, double inflateMm) const;
  Ellipsoid moved(const Point3& shift, double scale, const Point3& fixed) const;  ///< scaled about `fixed`, then moved
  Ellipsoid mirrored() const;                                                     ///< at x = 0
  const Point3& centre() const { return centre_; }
  const Point3& radii() const { return radii_; }

 private:
  Point3 centre_, radii_, degrees_;
  double minRadius_;
  std::array<Point3, 3> axes_;  ///< unit vectors of the ellipsoid's axes in the world: columns of R
};

/// Smooth union: depth = k ln(sum exp(depth_i / k)).
class EllipsoidUnion {
 public:
  EllipsoidUnion(std::vector<Ellipsoid> parts, double blendMm);
  /// Reads `shape` ("cx cy cz rx ry rz a b c; ...") and `blend` of an organ's group.
  static EllipsoidUnion from(const Parameters& organ);
  double depth(const Point3& p) const;
  BoundsMm bounds(double marginMm) const;
  EllipsoidUnion moved(const Point3& shift, double scale, const Point3& fixed) const;
  EllipsoidUnion mirrored() const;
  Point3 centroid() const;  ///< of the parts, weighted by volume
  const std::vector<Ellipsoid>& parts() const { return parts_; }

 private:
  std::vector<Ellipsoid> parts_;
  double blendMm_;
};

}  // namespace recontour
