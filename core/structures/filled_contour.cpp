#include "core/structures/filled_contour.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// Where edges cross the rows of pixel centres. Both directions of an edge give the same number, so that the two sides
/// of a keyhole's channel cancel out.
std::vector<std::vector<double>> crossingsOf(const std::vector<Point3>& corners, int y0, int rows) {
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < corners.size(); ++i) {
    Point3 low = corners[i], high = corners[(i + 1) % corners.size()];
    if (low.y > high.y || (low.y == high.y && low.x > high.x)) std::swap(low, high);
    if (low.y >= y0 + rows) continue;
    const int first = std::max(y0, static_cast<int>(std::ceil(std::max(low.y, y0 - 1.0))));
    for (int y = first; y < y0 + rows && y < high.y; ++y)
      crossings[static_cast<std::size_t>(y - y0)].push_back(low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x));
  }
  for (auto& row : crossings) std::ranges::sort(row);
  return crossings;
}

int clampedCeil(double value, int most) { return static_cast<int>(std::clamp(std::ceil(value), 0.0, double(most))); }

double distanceFromEdge(const Point3& point, const Point3& a, const Point3& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const double part = square > 0 ? std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / square, 0.0, 1.0) : 0;
  return std::hypot(a.x + part * dx - point.x, a.y + part * dy - point.y);
}

}  // namespace

bool FilledContour::at(int x, int y) const {
  if (x < x0 || y < y0 || x >= x0 + width || y >= y0 + height) return false;
  return inside[static_cast<std::size_t>(y - y0) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(x - x0)] != 0;
}

bool FilledContour::holds(const FilledContour& other) const {
  const bool inRectangle = other.x0 >= x0 && other.y0 >= y0 && other.x0 + other.width <= x0 + width &&
                           other.y0 + other.height <= y0 + height;
  if (!inRectangle) return false;
  for (int y = other.y0; y < other.y0 + other.height; ++y)
    for (int x = other.x0; x < other.x0 + other.width; ++x)
      if (other.at(x, y) && !at(x, y)) return false;
  return true;
}

FilledContour filledContour(const std::vector<Point3>& corners, const Size3& size) {
  const auto [left, right] = std::ranges::minmax_element(corners, {}, &Point3::x);
  const auto [top, bottom] = std::ranges::minmax_element(corners, {}, &Point3::y);
  FilledContour result;
  result.x0 = clampedCeil(left->x, size.x);
  result.y0 = clampedCeil(top->y, size.y);
  result.width = std::max(0, clampedCeil(right->x, size.x) - result.x0);
  result.height = std::max(0, clampedCeil(bottom->y, size.y) - result.y0);
  result.inside.resize(static_cast<std::size_t>(result.width) * static_cast<std::size_t>(result.height));
  const auto crossings = crossingsOf(corners, result.y0, result.height);
  for (std::size_t row = 0; row < crossings.size(); ++row) {
    for (std::size_t i = 0; i + 1 < crossings[row].size(); i += 2) {
      const int from = std::max(result.x0, clampedCeil(crossings[row][i], size.x));
      const int to = std::min(result.x0 + result.width, clampedCeil(crossings[row][i + 1], size.x));
      for (int x = from; x < to; ++x)
        result.inside[row * static_cast<std::size_t>(result.width) + static_cast<std::size_t>(x - result.x0)] = 1;
    }
  }
  result.count = static_cast<std::size_t>(std::ranges::count(result.inside, 1));
  result.corners = &corners;
  return result;
}

bool runsAlong(const std::vector<Point3>& inner, const std::vector<Point3>& outer) {
  constexpr double kNearPixels = 0.5;
  return std::ranges::all_of(inner, [&](const Point3& point) {
    for (std::size_t i = 0; i < outer.size(); ++i)
      if (distanceFromEdge(point, outer[i], outer[(i + 1) % outer.size()]) <= kNearPixels) return true;
    return false;
  });
}

}  // namespace recontour
