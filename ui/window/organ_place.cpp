#include "ui/window/organ_place.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace recontour {
namespace {

/// Calls visit(index in the box) for each voxel of the organ.
template <typename Visit>
void forEachVoxel(const DenseBox& box, Label organ, Visit visit) {
  std::size_t i = 0;
  for (int z = 0; z < box.size.z; ++z) {
    for (int y = 0; y < box.size.y; ++y) {
      for (int x = 0; x < box.size.x; ++x, ++i) {
        if (box.labels[i] == organ) visit(Index3{x, y, z});
      }
    }
  }
}

/// Count and centroid of an organ's voxels in one slice.
struct SliceSum {
  double count = 0;
  Point3 sum;
};

std::vector<SliceSum> sumsAlong(const DenseBox& box, Label organ, int axis) {
  std::vector<SliceSum> slices(static_cast<std::size_t>(box.size[axis]));
  forEachVoxel(box, organ, [&](const Index3& at) {
    SliceSum& slice = slices[static_cast<std::size_t>(at[axis])];
    slice.count += 1;
    slice.sum = slice.sum + Point3{double(at.x), double(at.y), double(at.z)};
  });
  return slices;
}

/// The organ's voxel of slice `slice` (across `axis`) that is nearest to a position in the box, in mm.
Index3 nearestVoxel(const DenseBox& box, Label organ, int axis, int slice, const Point3& to, const Point3& spacing) {
  Index3 nearest;
  double least = std::numeric_limits<double>::max();
  forEachVoxel(box, organ, [&](const Index3& at) {
    if (at[axis] != slice) return;
    const Point3 way{(at.x - to.x) * spacing.x, (at.y - to.y) * spacing.y, (at.z - to.z) * spacing.z};
    if (dot(way, way) >= least) return;
    least = dot(way, way);
    nearest = at;
  });
  return nearest;
}

/// Takes the coordinates for which keep(axis, voxel) holds from `from`, the others from `to`.
template <typename Keep>
Point3 mixed(const Geometry& grid, const Point3& from, const Point3& to, Keep keep) {
  Point3 index = grid.toIndex(from);
  const Point3 target = grid.toIndex(to);
  for (int a = 0; a < 3; ++a) {
    if (!keep(a, static_cast<int>(std::lround(index[a])))) index[a] = target[a];
  }
  return grid.toWorld(index);
}

}  // namespace

std::optional<OrganPlace> placeOfOrgan(const LabelMap& labels, const AxisMap& axisMap, Label organ) {
  if (labels.empty()) return std::nullopt;
  OrganPlace place{boundingBox(labels, organ), {}, {}};
  if (place.box.empty()) return std::nullopt;
  const DenseBox dense = labels.copy(place.box);
  const int axis = axisMap.axes(Plane::Axial).sliceAxis;
  for (int a = 0; a < 3; ++a)
    place.present[static_cast<std::size_t>(a)].resize(static_cast<std::size_t>(dense.size[a]));
  forEachVoxel(dense, organ, [&](const Index3& at) {
    for (int a = 0; a < 3; ++a) place.present[static_cast<std::size_t>(a)][static_cast<std::size_t>(at[a])] = true;
  });
  const auto sums = sumsAlong(dense, organ, axis);
  const auto largest = std::max_element(sums.begin(), sums.end(), [](auto& a, auto& b) { return a.count < b.count; });
  const Point3 centroid = largest->sum * (1 / largest->count);
  const int slice = static_cast<int>(largest - sums.begin());
  Index3 centre = nearestVoxel(dense, organ, axis, slice, centroid, axisMap.geometry().spacing);
  for (int a = 0; a < 3; ++a) centre[a] += place.box.lower[a];
  place.centre = axisMap.geometry().toWorld(centre);
  return place;
}

Point3 broughtInto(const OrganPlace& place, const AxisMap& axisMap, const Point3& from) {
  return mixed(axisMap.geometry(), from, place.centre, [&](int axis, int voxel) {
    const auto& present = place.present[static_cast<std::size_t>(axis)];
    const int inBox = voxel - place.box.lower[axis];
    return inBox >= 0 && inBox < static_cast<int>(present.size()) && present[static_cast<std::size_t>(inBox)];
  });
}

Point3 broughtInto(const Box& box, const AxisMap& axisMap, const Point3& from) {
  const Index3 middle{(box.lower.x + box.upper.x) / 2, (box.lower.y + box.upper.y) / 2,
                      (box.lower.z + box.upper.z) / 2};
  const auto inside = [&](int axis, int voxel) { return voxel >= box.lower[axis] && voxel < box.upper[axis]; };
  return mixed(axisMap.geometry(), from, axisMap.geometry().toWorld(middle), inside);
}

}  // namespace recontour
