#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace recontour {

/// Voxel position or size along the array axes (x, y, z), x fastest in memory.
struct Index3 {
  int x = 0, y = 0, z = 0;
  int operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
  int& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
  friend bool operator==(const Index3&, const Index3&) = default;
};
using Size3 = Index3;

/// A point or vector in mm, world axes LPS (x to the patient's left, y to the back, z to the head), or in voxels
/// (continuous index) where a name says so.
struct Point3 {
  double x = 0, y = 0, z = 0;
  double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
  double& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
  friend bool operator==(const Point3&, const Point3&) = default;
};

inline Point3 operator+(const Point3& a, const Point3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Point3 operator-(const Point3& a, const Point3& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Point3 operator*(const Point3& a, double f) { return {a.x * f, a.y * f, a.z * f}; }
double dot(const Point3& a, const Point3& b);
double length(const Point3& a);

inline std::size_t voxelCount(const Size3& size) {
  return static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y) * static_cast<std::size_t>(size.z);
}

/// A box of voxels, `lower` inside, `upper` one past the end. Empty unless upper > lower on every axis.
struct Box {
  Index3 lower, upper;
  bool empty() const { return upper.x <= lower.x || upper.y <= lower.y || upper.z <= lower.z; }
  Size3 size() const { return empty() ? Size3{} : Size3{upper.x - lower.x, upper.y - lower.y, upper.z - lower.z}; }
  bool contains(const Index3& at) const;
  friend bool operator==(const Box&, const Box&) = default;
};
/// The smallest box that holds both; an empty one adds nothing.
Box unite(const Box& a, const Box& b);
Box intersect(const Box& a, const Box& b);
/// `box` grown by `margin` voxels on every side.
Box grow(const Box& box, int margin);

/// Where a voxel grid lies in the patient. World is LPS, mm.
struct Geometry {
  Size3 size;                                                  ///< voxels, each >= 1
  Point3 spacing{1, 1, 1};                                     ///< mm, > 0
  Point3 origin;                                               ///< world position of the centre of voxel (0, 0, 0)
  std::array<double, 9> direction{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< row-major 3 x 3, orthonormal; column a = world
                                                               ///< direction of array axis a

  Box box() const { return {{0, 0, 0}, size}; }
  double voxelVolumeMm3() const { return spacing.x * spacing.y * spacing.z; }
  /// Unit world vector of array axis 0, 1 or 2.
  Point3 axisDirection(int axis) const;
  /// World position of a continuous voxel index (integers are voxel centres).
  Point3 toWorld(const Point3& index) const;
  Point3 toWorld(const Index3& index) const;
  /// Continuous voxel index of a world position; may lie outside the grid.
  Point3 toIndex(const Point3& world) const;
  /// Index of the voxel whose cell holds the world position; may lie outside the grid.
  Index3 nearestVoxel(const Point3& world) const;
  friend bool operator==(const Geometry&, const Geometry&) = default;
};

/// Letters of the patient directions that array axes x, y, z run to, e.g. "LPS" for the identity, "RAS", "LAS".
std::string orientationCode(const Geometry& geometry);

/// True when both grids have the same size and no corner voxel differs by more than `toleranceMm`.
bool sameGrid(const Geometry& a, const Geometry& b, double toleranceMm = 0.01);

/// Largest angle in degrees between an array axis and its nearest patient axis; 0 for axis-aligned grids.
double obliquityDegrees(const Geometry& geometry);

}  // namespace recontour
