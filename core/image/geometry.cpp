#include "core/image/geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace recontour {
namespace {

constexpr std::array<const char*, 3> kPositiveLetters = {"L", "P", "S"};
constexpr std::array<const char*, 3> kNegativeLetters = {"R", "A", "I"};

int nearestPatientAxis(const Point3& direction) {
  int best = 0;
  for (int axis = 1; axis < 3; ++axis) {
    if (std::abs(direction[axis]) > std::abs(direction[best])) best = axis;
  }
  return best;
}

}  // namespace

double dot(const Point3& a, const Point3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
double length(const Point3& a) { return std::sqrt(dot(a, a)); }

bool Box::contains(const Index3& at) const {
  return at.x >= lower.x && at.x < upper.x && at.y >= lower.y && at.y < upper.y && at.z >= lower.z && at.z < upper.z;
}

Box unite(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    result.lower[axis] = std::min(a.lower[axis], b.lower[axis]);
    result.upper[axis] = std::max(a.upper[axis], b.upper[axis]);
  }
  return result;
}

Box intersect(const Box& a, const Box& b) {
  Box result;
  for (int axis = 0; axis < 3; ++axis) {
    result.lower[axis] = std::max(a.lower[axis], b.lower[axis]);
    result.upper[axis] = std::min(a.upper[axis], b.upper[axis]);
  }
  return result.empty() ? Box{} : result;
}

Box grow(const Box& box, int margin) {
  if (box.empty()) return box;
  Box result = box;
  for (int axis = 0; axis < 3; ++axis) {
    result.lower[axis] -= margin;
    result.upper[axis] += margin;
  }
  return result;
}

Point3 Geometry::axisDirection(int axis) const {
  const auto column = static_cast<std::size_t>(axis);
  return {direction[column], direction[3 + column], direction[6 + column]};
}

Point3 Geometry::toWorld(const Point3& index) const {
  return origin + axisDirection(0) * (index.x * spacing.x) + axisDirection(1) * (index.y * spacing.y) +
         axisDirection(2) * (index.z * spacing.z);
}

Point3 Geometry::toWorld(const Index3& index) const {
  return toWorld(Point3{double(index.x), double(index.y), double(index.z)});
}

Point3 Geometry::toIndex(const Point3& world) const {
  const Point3 offset = world - origin;  // the inverse of an orthonormal matrix is its transpose
  return {dot(offset, axisDirection(0)) / spacing.x, dot(offset, axisDirection(1)) / spacing.y,
          dot(offset, axisDirection(2)) / spacing.z};
}

Index3 Geometry::nearestVoxel(const Point3& world) const {
  const Point3 index = toIndex(world);
  return {int(std::floor(index.x + 0.5)), int(std::floor(index.y + 0.5)), int(std::floor(index.z + 0.5))};
}

std::string orientationCode(const Geometry& geometry) {
  std::string code;
  for (int axis = 0; axis < 3; ++axis) {
    const Point3 direction = geometry.axisDirection(axis);
    const int patientAxis = nearestPatientAxis(direction);
    const auto letter = static_cast<std::size_t>(patientAxis);
    code += direction[patientAxis] > 0 ? kPositiveLetters[letter] : kNegativeLetters[letter];
  }
  return code;
}

bool sameGrid(const Geometry& a, const Geometry& b, double toleranceMm) {
  if (!(a.size == b.size)) return false;
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? a.size.x - 1 : 0, corner & 2 ? a.size.y - 1 : 0, corner & 4 ? a.size.z - 1 : 0};
    if (!(length(a.toWorld(at) - b.toWorld(at)) <= toleranceMm)) return false;  // not a number is never near
  }
  return true;
}

double obliquityDegrees(const Geometry& geometry) {
  double largest = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const Point3 direction = geometry.axisDirection(axis);
    const int patientAxis = nearestPatientAxis(direction);
    Point3 across = direction;
    across[patientAxis] = 0;
    // atan2, not acos: exact 0 for aligned axes and accurate for small angles
    largest = std::max(largest, std::atan2(length(across), std::abs(direction[patientAxis])));
  }
  return largest * 180.0 / std::numbers::pi;
}

}  // namespace recontour
