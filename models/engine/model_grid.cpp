#include "models/engine/model_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/engine/parallel.h"

namespace recontour {
namespace {

struct Extent {
  Point3 low, high;
};

Extent worldExtent(const Geometry& ct) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Extent extent{{kInfinity, kInfinity, kInfinity}, {-kInfinity, -kInfinity, -kInfinity}};
  for (int corner = 0; corner < 8; ++corner) {
    Point3 index;
    for (int axis = 0; axis < 3; ++axis) index[axis] = (corner >> axis & 1) != 0 ? ct.size[axis] - 0.5 : -0.5;
    const Point3 world = ct.toWorld(index);
    for (int axis = 0; axis < 3; ++axis) {
      extent.low[axis] = std::min(extent.low[axis], world[axis]);
      extent.high[axis] = std::max(extent.high[axis], world[axis]);
    }
  }
  return extent;
}

/// Neighbours and weight of a continuous index on one axis; false when it is outside by more than half a voxel.
struct Between {
  int lower = 0, upper = 0;
  float fraction = 0;
  bool set(double index, int size) {
    constexpr double kSlack = 1e-6;  // rounding must not turn an edge into air
    if (index < -0.5 - kSlack || index > size - 0.5 + kSlack) return false;
    const double inside = std::clamp(index, 0.0, double(size - 1));
    lower = static_cast<int>(inside);
    upper = std::min(lower + 1, size - 1);
    fraction = static_cast<float>(inside - lower);
    return true;
  }
};

float mix(float a, float b, float fraction) { return a + (b - a) * fraction; }

float interpolate(const Volume& volume, const Point3& index, float outsideHu) {
  Between x, y, z;
  const Size3& size = volume.size();
  if (!x.set(index.x, size.x) || !y.set(index.y, size.y) || !z.set(index.z, size.z)) return outsideHu;
  const auto row = [&](int yy, int zz) {
    return mix(volume.at({x.lower, yy, zz}), volume.at({x.upper, yy, zz}), x.fraction);
  };
  const float near = mix(row(y.lower, z.lower), row(y.upper, z.lower), y.fraction);
  const float far = mix(row(y.lower, z.upper), row(y.upper, z.upper), y.fraction);
  return mix(near, far, z.fraction);
}

/// Half to even; noise in the extent must not decide a tie.
int roundedRatio(double length, double spacing) {
  const double halves = 2 * length / spacing;
  const bool nearTie = std::abs(halves - std::nearbyint(halves)) < 1e-6;
  return static_cast<int>(std::nearbyint((nearTie ? std::nearbyint(halves) : halves) / 2));
}

}  // namespace

Geometry modelGrid(const Geometry& ct, const ModelManifest& manifest) {
  const Extent extent = worldExtent(ct);
  Geometry grid;
  grid.spacing = manifest.spacingMm;
  grid.direction = {};
  for (int axis = 0; axis < 3; ++axis) {
    const auto at = static_cast<std::size_t>(axis);
    const int world = manifest.worldAxis[at];
    const double sign = manifest.worldSign[at];
    const double spacing = manifest.spacingMm[axis];
    const double length = extent.high[world] - extent.low[world];
    grid.size[axis] = std::max(1, roundedRatio(length, spacing));
    grid.direction[static_cast<std::size_t>(world) * 3 + at] = sign;
    const double centre = (extent.high[world] + extent.low[world]) / 2;
    grid.origin[world] = centre - sign * spacing * (grid.size[axis] - 1) / 2;
  }
  return grid;
}

IndexMap::IndexMap(const Geometry& from, const Geometry& to) : origin(to.toIndex(from.origin)) {
  for (int axis = 0; axis < 3; ++axis) {
    Index3 neighbour;
    neighbour[axis] = 1;
    step[static_cast<std::size_t>(axis)] = to.toIndex(from.toWorld(neighbour)) - origin;
  }
}

std::vector<float> resampleHu(const Volume& volume, const Geometry& ct, const Geometry& grid, float outsideHu,
                              int threads) {
  const IndexMap map(grid, ct);
  std::vector<float> result(voxelCount(grid.size));
  parallelFor(threads, grid.size.z, [&](int z) {
    float* out = result.data() + static_cast<std::size_t>(z) * static_cast<std::size_t>(grid.size.x * grid.size.y);
    for (int y = 0; y < grid.size.y; ++y) {
      const Point3 row = map.origin + map.step[1] * y + map.step[2] * z;
      for (int x = 0; x < grid.size.x; ++x) *out++ = interpolate(volume, row + map.step[0] * x, outsideHu);
    }
  });
  return result;
}

}  // namespace recontour
