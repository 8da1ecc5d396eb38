#pragma once
#include <vector>

#include "core/phantom/parameters.h"
#include "core/phantom/phantom.h"

namespace recontour {

/// A point of a tube's centre line.
struct TubePoint {
  Point3 at;
  double radiusMm = 0;
};

/// Where a point lies with respect to a tube.
struct TubeHit {
  float depth = 0;    ///< radius minus distance to the centre line, mm; > 0 inside
  float arc = 0;      ///< arc length of the nearest centre line point, mm
  float yOffset = 0;  ///< y minus that of the centre line; < 0 in front
};

/// A tube along a Catmull-Rom spline through points with radii.
class Tube {
 public:
  struct Haustra {
    double height = 0;    ///< the radius swings by this part of it
    double periodMm = 1;  ///< of the swing along the tube
  };
  struct Segment {
    Point3 from, along;  ///< `along` reaches the segment's end
    double inverseSquare = 0;
    float radius = 0, radiusChange = 0, arc = 0, arcChange = 0;
    BoundsMm bounds;  ///< of the tube's part
  };

  Tube(const std::vector<TubePoint>& points, double stepMm, const Haustra& haustra);
  /// Reads "x y z r; ..." of a member. @param stepMm length of the straight pieces
  static std::vector<TubePoint> points(const Parameters& parameters, const std::string& key);
  static std::vector<TubePoint> mirrored(std::vector<TubePoint> points);

  const std::vector<Segment>& segments() const { return segments_; }
  double lengthMm() const { return lengthMm_; }
  /// Where `p` lies with respect to one segment (a capsule with changing radius).
  static TubeHit hit(const Segment& segment, const Point3& p);

 private:
  std::vector<Segment> segments_;
  double lengthMm_ = 0;
};

}  // namespace recontour
