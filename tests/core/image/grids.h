#pragma once
#include <array>
#include <cmath>
#include <string_view>

#include "core/image/geometry.h"

namespace recontour {

/// Direction of the patient towards `letter`, one of L R P A S I.
inline Point3 towards(char letter) {
  switch (letter) {
    case 'L':
      return {1, 0, 0};
    case 'R':
      return {-1, 0, 0};
    case 'P':
      return {0, 1, 0};
    case 'A':
      return {0, -1, 0};
    case 'S':
      return {0, 0, 1};
    default:
      return {0, 0, -1};
  }
}

/// The grid whose array axes run to the letters of `code`, e.g. "RAS", and that covers the same patient volume whatever
/// the code: `lps` gives its size and spacing along L, P and S, and the origin of the LPS grid.
inline Geometry gridAlong(std::string_view code, const Geometry& lps) {
  Geometry grid;
  grid.origin = lps.origin;
  for (int axis = 0; axis < 3; ++axis) {
    const Point3 direction = towards(code[static_cast<std::size_t>(axis)]);
    const int patient = direction.x != 0 ? 0 : direction.y != 0 ? 1 : 2;
    grid.size[axis] = lps.size[patient];
    grid.spacing[axis] = lps.spacing[patient];
    for (int row = 0; row < 3; ++row) grid.direction[static_cast<std::size_t>(row * 3 + axis)] = direction[row];
    if (direction[patient] < 0) grid.origin[patient] += (lps.size[patient] - 1) * lps.spacing[patient];
  }
  return grid;
}

/// `grid` turned about the world's z axis (the patient's long axis) and its origin.
inline Geometry turned(Geometry grid, double degrees) {
  const double angle = degrees * std::acos(-1.0) / 180.0, c = std::cos(angle), s = std::sin(angle);
  for (std::size_t column = 0; column < 3; ++column) {
    const double x = grid.direction[column], y = grid.direction[3 + column];
    grid.direction[column] = c * x - s * y;
    grid.direction[3 + column] = s * x + c * y;
  }
  return grid;
}

/// 4 x 5 x 6 voxels of 1 x 2 x 3 mm, not at the world's origin.
inline Geometry smallLps() {
  Geometry grid;
  grid.size = {4, 5, 6};
  grid.spacing = {1, 2, 3};
  grid.origin = {10, 20, 30};
  return grid;
}

inline constexpr std::array<std::string_view, 8> kCodes = {"LPS", "RAS", "LAS", "LPI", "RAI", "SLP", "PSL", "AIR"};

}  // namespace recontour
