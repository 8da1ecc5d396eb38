#include "core/image/axis_map.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace recontour {
namespace {

/// Patient direction (axis 0 L, 1 P, 2 S) with its sense.
struct PatientDirection {
  int axis;
  bool positive;
};

/// What a plane's picture shows to the right and down; slices count towards L, P, H.
struct PlaneView {
  PatientDirection right, down;
  int through;
};

constexpr std::array<PlaneView, 3> kViews = {{
    {{0, true}, {1, true}, 2},   // axial: L right, P down
    {{0, true}, {2, false}, 1},  // coronal: L right, F down
    {{1, true}, {2, false}, 0},  // sagittal: P right, F down
}};

/// The array axis for each patient axis: the permutation whose directions fit best, so that no axis is used twice even
/// at 45 degrees.
std::array<int, 3> bestPermutation(const Geometry& geometry) {
  std::array<int, 3> order = {0, 1, 2}, best = order;
  double bestFit = -1;
  do {
    double fit = 0;
    for (int patient = 0; patient < 3; ++patient) {
      fit += std::abs(geometry.axisDirection(order[static_cast<std::size_t>(patient)])[patient]);
    }
    if (fit > bestFit + 1e-12) {
      bestFit = fit;
      best = order;
    }
  } while (std::ranges::next_permutation(order).found);
  return best;
}

double fromPicture(double position, int count, bool flipped) { return flipped ? count - 1 - position : position; }

std::string lettersAlong(const Point3& direction) {
  constexpr std::array<const char*, 3> kPositive = {"L", "P", "H"};
  constexpr std::array<const char*, 3> kNegative = {"R", "A", "F"};
  constexpr double kVisible = 0.0872;  // 5 degrees: less is not worth a second letter
  std::array<std::size_t, 3> order = {0, 1, 2};
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return std::abs(direction[int(a)]) > std::abs(direction[int(b)]); });
  std::string text;
  for (const auto axis : order) {
    const double part = direction[int(axis)];
    if (text.empty() || (text.size() < 2 && std::abs(part) > kVisible))
      text += part > 0 ? kPositive[axis] : kNegative[axis];
  }
  return text;
}

}  // namespace

const char* planeName(Plane plane) {
  constexpr std::array<const char*, 3> kNames = {"axial", "coronal", "sagittal"};
  return kNames[static_cast<std::size_t>(plane)];
}

Plane planeNamed(const std::string& name) {
  for (const Plane plane : kPlanes) {
    if (name == planeName(plane)) return plane;
  }
  throw Error("plane \"" + name + "\" is none of axial, coronal, sagittal");
}

AxisMap::AxisMap(const Geometry& geometry) : geometry_(geometry) {
  const auto arrayAxis = bestPermutation(geometry);
  const auto flipped = [&](PatientDirection wanted) {
    const double along = geometry.axisDirection(arrayAxis[static_cast<std::size_t>(wanted.axis)])[wanted.axis];
    return (along > 0) != wanted.positive;
  };
  for (std::size_t plane = 0; plane < 3; ++plane) {
    const PlaneView& view = kViews[plane];
    planes_[plane] = {arrayAxis[static_cast<std::size_t>(view.right.axis)],
                      arrayAxis[static_cast<std::size_t>(view.down.axis)],
                      arrayAxis[static_cast<std::size_t>(view.through)],
                      flipped(view.right),
                      flipped(view.down),
                      flipped({view.through, true})};
  }
}

Index3 AxisMap::voxelAt(Plane plane, int column, int row, int slice) const {
  const PlaneAxes& a = axes(plane);
  Index3 voxel;
  voxel[a.columnAxis] = a.columnFlipped ? columns(plane) - 1 - column : column;
  voxel[a.rowAxis] = a.rowFlipped ? rows(plane) - 1 - row : row;
  voxel[a.sliceAxis] = a.sliceFlipped ? slices(plane) - 1 - slice : slice;
  return voxel;
}

Point3 AxisMap::worldAt(Plane plane, double column, double row, double slice) const {
  const PlaneAxes& a = axes(plane);
  Point3 index;
  index[a.columnAxis] = fromPicture(column, columns(plane), a.columnFlipped);
  index[a.rowAxis] = fromPicture(row, rows(plane), a.rowFlipped);
  index[a.sliceAxis] = fromPicture(slice, slices(plane), a.sliceFlipped);
  return geometry_.toWorld(index);
}

Point3 AxisMap::pictureAt(Plane plane, const Point3& world) const {
  const PlaneAxes& a = axes(plane);
  const Point3 index = geometry_.toIndex(world);
  return {fromPicture(index[a.columnAxis], columns(plane), a.columnFlipped),
          fromPicture(index[a.rowAxis], rows(plane), a.rowFlipped),
          fromPicture(index[a.sliceAxis], slices(plane), a.sliceFlipped)};
}

int AxisMap::sliceAt(Plane plane, const Point3& world) const {
  const int nearest = static_cast<int>(std::floor(pictureAt(plane, world).z + 0.5));
  return std::clamp(nearest, 0, std::max(0, slices(plane) - 1));
}

EdgeLetters AxisMap::letters(Plane plane) const {
  const PlaneAxes& a = axes(plane);
  const Point3 right = geometry_.axisDirection(a.columnAxis) * (a.columnFlipped ? -1.0 : 1.0);
  const Point3 down = geometry_.axisDirection(a.rowAxis) * (a.rowFlipped ? -1.0 : 1.0);
  return {lettersAlong(right * -1.0), lettersAlong(right), lettersAlong(down * -1.0), lettersAlong(down)};
}

}  // namespace recontour
