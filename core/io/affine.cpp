#include "core/io/affine.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr double kLargestShear = 1e-4;  // cosine between two axes
constexpr double kLargestDegrees = 45;
constexpr double kSilentShear = 1e-5;  // moves the end of a 500 mm axis by 0.005 mm
constexpr double kSmallestSpacingMm = 1e-3, kLargestSpacingMm = 1e3;
constexpr double kFarthestOriginMm = 1e6;

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

Point3 cross(const Point3& a, const Point3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

bool isFinite(const Point3& p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z); }

/// Nearest orthonormal axes: the average with the inverse transpose converges to the polar factor.
/// Source: N. J. Higham, SIAM J. Sci. Stat. Comput. 7(4), 1986, pp. 1160-1174.
void orthonormalise(std::array<Point3, 3>& axes) {
  for (int round = 0; round < 4; ++round) {
    const std::array<Point3, 3> old = axes;
    const double determinant = dot(old[0], cross(old[1], old[2]));
    for (std::size_t a = 0; a < 3; ++a) {
      const Point3 inverse = cross(old[(a + 1) % 3], old[(a + 2) % 3]) * (1 / determinant);
      axes[a] = (old[a] + inverse) * 0.5;
    }
  }
}

void checkNumbers(const std::filesystem::path& file, const Affine& affine) {
  constexpr std::array<const char*, 3> kNames = {"x", "y", "z"};
  for (std::size_t a = 0; a < 3; ++a) {
    const double spacing = length(affine.axes[a]);
    if (!(spacing >= kSmallestSpacingMm && spacing <= kLargestSpacingMm)) {
      throw Error(file, std::string("spacing along ") + kNames[a] + " is " + text(spacing) + " mm",
                  "a CT has spacings from 0.001 to 1000 mm");
    }
    const double origin = affine.origin[static_cast<int>(a)];
    if (!(std::abs(origin) <= kFarthestOriginMm)) {
      throw Error(file, std::string("origin along ") + kNames[a] + " is " + text(origin) + " mm");
    }
  }
}

double largestCosine(const std::array<Point3, 3>& axes) {
  return std::max({std::abs(dot(axes[0], axes[1])), std::abs(dot(axes[0], axes[2])), std::abs(dot(axes[1], axes[2]))});
}

void setDirections(Geometry& geometry, const std::array<Point3, 3>& axes) {
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t row = 0; row < 3; ++row) geometry.direction[row * 3 + a] = axes[a][int(row)] + 0.0;  // no -0
  }
}

/// Right angles by Gram and Schmidt, and what is left over as shear: a voxel keeps its volume.
FileGrid leaning(Geometry geometry, const Affine& affine, double degrees) {
  const auto& [x, y, z] = affine.axes;
  std::array<Point3, 3> axes;
  axes[0] = x * (1 / geometry.spacing.x);
  const double yAlongX = dot(y, axes[0]), zAlongX = dot(z, axes[0]);
  const Point3 straightY = y - axes[0] * yAlongX;
  geometry.spacing.y = length(straightY);
  axes[1] = straightY * (1 / geometry.spacing.y);
  const double zAlongY = dot(z, axes[1]);
  const Point3 straightZ = z - axes[0] * zAlongX - axes[1] * zAlongY;
  geometry.spacing.z = length(straightZ);
  axes[2] = straightZ * (1 / geometry.spacing.z);
  setDirections(geometry, axes);
  return {geometry,
          Shear{yAlongX / geometry.spacing.x, zAlongX / geometry.spacing.x, zAlongY / geometry.spacing.y, degrees}};
}

}  // namespace

bool isUsable(const Affine& affine) {
  const auto& [x, y, z] = affine.axes;
  return isFinite(x) && isFinite(y) && isFinite(z) && isFinite(affine.origin) && length(x) > 0 && length(y) > 0 &&
         length(z) > 0;
}

FileGrid gridFromAffine(const std::filesystem::path& file, const Size3& size, const Affine& affine,
                        std::vector<std::string>& warnings) {
  checkNumbers(file, affine);
  Geometry geometry;
  geometry.size = size;
  geometry.origin = affine.origin;
  std::array<Point3, 3> axes;
  for (int a = 0; a < 3; ++a) {
    const Point3& step = affine.axes[static_cast<std::size_t>(a)];
    geometry.spacing[a] = length(step);
    axes[static_cast<std::size_t>(a)] = step * (1 / geometry.spacing[a]);
  }
  const double shear = largestCosine(axes);
  const double degrees = std::asin(std::min(shear, 1.0)) * 180 / std::numbers::pi;
  if (degrees > kLargestDegrees) throw Error(file, "its axes are sheared by " + text(degrees) + " degrees");
  if (shear > kLargestShear) return leaning(geometry, affine, degrees);
  if (shear > kSilentShear) {
    warnings.push_back("The axes are " + text(degrees) + " degrees off a right angle; made orthogonal.");
  }
  orthonormalise(axes);
  setDirections(geometry, axes);
  return {geometry, std::nullopt};
}

void refuseShear(const std::filesystem::path& file, const std::optional<Shear>& shear) {
  if (shear) throw Error(file, "its axes are sheared by " + text(shear->degrees) + " degrees", kStraighten);
}

double cornerDistanceMm(const Geometry& a, const Geometry& b) {
  double largest = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? a.size.x - 1 : 0, corner & 2 ? a.size.y - 1 : 0, corner & 4 ? a.size.z - 1 : 0};
    largest = std::max(largest, length(a.toWorld(at) - b.toWorld(at)));
  }
  return largest;
}

}  // namespace recontour
