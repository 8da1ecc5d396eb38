#include "models/training/convex_hull.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

double cross(const FlatPoint& o, const FlatPoint& a, const FlatPoint& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/// One half of the hull, from the first of sorted points to the last.
template <class Iterator>
void addChain(Iterator first, Iterator last, std::vector<FlatPoint>& hull) {
  const std::size_t start = hull.size();
  for (; first != last; ++first) {
    while (hull.size() >= start + 2 && cross(hull[hull.size() - 2], hull.back(), *first) <= 0) hull.pop_back();
    hull.push_back(*first);
  }
  hull.pop_back();  // starts the other half
}

}  // namespace

std::vector<FlatPoint> convexHull(std::vector<FlatPoint> points) {
  std::sort(points.begin(), points.end(),
            [](const FlatPoint& a, const FlatPoint& b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  std::vector<FlatPoint> hull;
  addChain(points.begin(), points.end(), hull);
  addChain(points.rbegin(), points.rend(), hull);
  return hull;
}

double distanceToHull(const std::vector<FlatPoint>& hull, const FlatPoint& centre, double angle) {
  const double dx = std::cos(angle), dy = std::sin(angle);
  double longest = 0;
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const FlatPoint &a = hull[i], &b = hull[(i + 1) % hull.size()];
    const double ex = b.x - a.x, ey = b.y - a.y, ax = a.x - centre.x, ay = a.y - centre.y;
    const double across = dx * ey - dy * ex;
    if (std::abs(across) < 1e-12) continue;
    const double along = (ax * ey - ay * ex) / across, part = (ax * dy - ay * dx) / across;
    if (along > longest && part >= -1e-9 && part <= 1 + 1e-9) longest = along;
  }
  return longest;
}

}  // namespace recontour
