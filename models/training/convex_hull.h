#pragma once
#include <vector>

namespace recontour {

/// A point of an axial slice, voxels.
struct FlatPoint {
  double x = 0, y = 0;
};

/// Corners of the smallest convex polygon around the points, in order. Source: Andrew's monotone chain, 1979.
std::vector<FlatPoint> convexHull(std::vector<FlatPoint> points);

/// How far a ray from `centre`, which lies inside, runs to the hull. @param angle  radians from x to y
double distanceToHull(const std::vector<FlatPoint>& hull, const FlatPoint& centre, double angle);

}  // namespace recontour
