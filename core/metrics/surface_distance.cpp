#include "core/metrics/surface_distance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/metrics/boundary.h"
#include "core/metrics/nearest_voxel.h"

namespace recontour {
namespace {

double squaredMm(const Index3& a, const Index3& b, const Point3& spacingMm) {
  const double dz = (a.z - b.z) * spacingMm.z, dy = (a.y - b.y) * spacingMm.y, dx = (a.x - b.x) * spacingMm.x;
  return dz * dz + dy * dy + dx * dx;
}

/// Numbers of the voxels of `from` that `to` lacks: most are in both after a small revision, and need no search.
std::vector<std::size_t> lacking(const std::vector<Index3>& from, const std::vector<Index3>& to) {
  std::vector<std::size_t> numbers;
  auto twin = to.begin();
  for (std::size_t i = 0; i < from.size(); ++i) {
    while (twin != to.end() && comesBefore(*twin, from[i])) ++twin;
    if (twin == to.end() || !(*twin == from[i])) numbers.push_back(i);
  }
  return numbers;
}

/// The voxels of `to` among which the nearest one of each query is. One query's nearest voxel is at most its distance
/// and the way there from any other query.
std::vector<Index3> within(const std::vector<Index3>& to, const std::vector<Index3>& from,
                           const std::vector<std::size_t>& queries, const Point3& spacingMm) {
  const Index3 first = from[queries.front()];
  Index3 lower = first, upper = first;
  for (const std::size_t query : queries) {
    for (int a = 0; a < 3; ++a) {
      lower[a] = std::min(lower[a], from[query][a]);
      upper[a] = std::max(upper[a], from[query][a]);
    }
  }
  double least = std::numeric_limits<double>::max();
  for (const Index3& at : to) least = std::min(least, squaredMm(at, first, spacingMm));
  const double reachMm = std::sqrt(least) + std::sqrt(squaredMm(lower, upper, spacingMm));
  for (int a = 0; a < 3; ++a) {
    const int voxels = static_cast<int>(reachMm / spacingMm[a]) + 1;
    lower[a] -= voxels;
    upper[a] += voxels;
  }
  std::vector<Index3> near;
  std::ranges::copy_if(to, std::back_inserter(near), [&](const Index3& at) {
    return at.x >= lower.x && at.x <= upper.x && at.y >= lower.y && at.y <= upper.y && at.z >= lower.z &&
           at.z <= upper.z;
  });
  return near;
}

}  // namespace

std::vector<double> distancesMm(const std::vector<Index3>& from, const std::vector<Index3>& to,
                                const Point3& spacingMm) {
  std::vector<double> distances(from.size(), 0.0);
  const std::vector<std::size_t> queries = lacking(from, to);
  if (queries.empty()) return distances;
  const NearestVoxel nearest(within(to, from, queries, spacingMm), spacingMm);
  std::size_t hint = 0;
  for (const std::size_t query : queries) distances[query] = std::sqrt(nearest.squaredDistance(from[query], hint));
  return distances;
}

}  // namespace recontour
