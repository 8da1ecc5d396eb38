#include "core/structures/contour_trace.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace recontour {
namespace {

/// Corner of a pixel, or in half pixels between: index space of a slice. Pixel (x, y) has its corners at x, x + 1.
struct Corner {
  double x = 0, y = 0;
  friend bool operator==(const Corner&, const Corner&) = default;
};
using Loop = std::vector<Corner>;

constexpr std::array<std::array<int, 2>, 4> kSteps = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
constexpr double kMostMoved = 0.3;  // pixels; centres are at least 0.354 away from the midpoint contour
constexpr double kStraight = 0.01;  // pixels that leaving a corner out may move a contour
constexpr int kSmoothingPasses = 4;

/// A slice's mask with a border of background, so that every pixel has neighbours.
class Mask {
 public:
  Mask(const DenseBox& box, int z, Label structure) : width_(box.size.x), height_(box.size.y) {
    const std::size_t count = voxelCount({width_, height_, 1});
    inside_.resize(count);
    for (std::size_t i = 0; i < count; ++i)
      inside_[i] = box.labels[static_cast<std::size_t>(z) * count + i] == structure;
  }
  bool at(int x, int y) const {
    return x >= 0 && y >= 0 && x < width_ && y < height_ &&
           inside_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)];
  }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  int width_, height_;
  std::vector<bool> inside_;
};

/// Walks along pixel edges with the inside on the right hand (y runs down), turning so that pixels that touch by a
/// corner alone stay apart.
class Tracer {
 public:
  explicit Tracer(const Mask& mask)
      : mask_(mask), walked_(static_cast<std::size_t>((mask.width() + 1) * (mask.height() + 1))) {}

  /// Corners of unit edges, one loop after the other.
  std::vector<Loop> loops() {
    std::vector<Loop> found;
    for (int y = 0; y < mask_.height(); ++y)
      for (int x = 0; x < mask_.width(); ++x)
        if (isEdge(x, y, 0) && !walked(x, y)) found.push_back(walk(x, y));
    return found;
  }

 private:
  /// Whether the unit edge from a corner in a direction has the inside on its right and the outside on its left.
  bool isEdge(int x, int y, int direction) const {
    switch (direction) {
      case 0:
        return mask_.at(x, y) && !mask_.at(x, y - 1);
      case 1:
        return mask_.at(x - 1, y) && !mask_.at(x, y);
      case 2:
        return mask_.at(x - 1, y - 1) && !mask_.at(x - 1, y);
      default:
        return mask_.at(x, y - 1) && !mask_.at(x - 1, y - 1);
    }
  }
  std::vector<bool>::reference walked(int x, int y) {
    return walked_[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask_.width() + 1) +
                   static_cast<std::size_t>(x)];
  }
  Loop walk(int startX, int startY) {
    Loop loop;
    int x = startX, y = startY, direction = 0;
    do {
      if (direction == 0) walked(x, y) = true;
      loop.push_back({double(x), double(y)});
      x += kSteps[static_cast<std::size_t>(direction)][0];
      y += kSteps[static_cast<std::size_t>(direction)][1];
      direction = turned(x, y, direction);
    } while (x != startX || y != startY || direction != 0);
    return loop;
  }
  /// Right first: around the same pixel.
  int turned(int x, int y, int direction) const {
    for (const int turn : {1, 0, 3})
      if (isEdge(x, y, (direction + turn) % 4)) return (direction + turn) % 4;
    return direction;  // not reached: every edge has one that goes on
  }

  const Mask& mask_;
  std::vector<bool> walked_;  ///< edges to the right, by their first corner: each loop has one
};

double area(const Loop& loop) {
  double twice = 0;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const Corner &a = loop[i], &b = loop[(i + 1) % loop.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

bool holds(const Loop& loop, const Corner& point) {
  bool inside = false;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const Corner &a = loop[i], &b = loop[(i + 1) % loop.size()];
    if ((a.y <= point.y) == (b.y <= point.y)) continue;
    if (point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

Loop midpoints(const Loop& unitEdges) {
  Loop loop;
  for (std::size_t i = 0; i < unitEdges.size(); ++i) {
    const Corner &a = unitEdges[i], &b = unitEdges[(i + 1) % unitEdges.size()];
    loop.push_back({(a.x + b.x) / 2, (a.y + b.y) / 2});
  }
  return loop;
}

/// Each corner stays within kMostMoved of where it was, and so does every point between.
Loop smoothed(const Loop& loop) {
  Loop now = loop;
  for (int pass = 0; pass < kSmoothingPasses; ++pass) {
    Loop next = now;
    for (std::size_t i = 0; i < now.size(); ++i) {
      const Corner &before = now[(i + now.size() - 1) % now.size()], &after = now[(i + 1) % now.size()];
      const double x = now[i].x / 2 + (before.x + after.x) / 4, y = now[i].y / 2 + (before.y + after.y) / 4;
      const double dx = x - loop[i].x, dy = y - loop[i].y, moved = std::hypot(dx, dy);
      const double part = moved > kMostMoved ? kMostMoved / moved : 1;
      next[i] = {loop[i].x + dx * part, loop[i].y + dy * part};
    }
    now = std::move(next);
  }
  return now;
}

/// How far a corner lies from the line between two others.
double distanceFromLine(const Corner& point, const Corner& a, const Corner& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (length == 0) return std::hypot(point.x - a.x, point.y - a.y);
  return std::abs(dx * (point.y - a.y) - dy * (point.x - a.x)) / length;
}

/// Leaves corners out as long as all that were left out lie near the line in their place.
Loop withoutStraight(const Loop& loop, double tolerance) {
  constexpr std::size_t kLongest = 64;
  Loop kept = {loop.front()};
  for (std::size_t i = 0; i < loop.size();) {
    std::size_t next = i + 1;
    const auto isStraightTo = [&](std::size_t to) {
      for (std::size_t between = i + 1; between < to; ++between)
        if (distanceFromLine(loop[between], loop[i], loop[to % loop.size()]) > tolerance) return false;
      return true;
    };
    while (next + 1 <= loop.size() && next - i < kLongest && isStraightTo(next + 1)) ++next;
    if (next < loop.size()) kept.push_back(loop[next]);
    i = next;
  }
  return kept;
}

/// A region's outline with its holes.
struct Region {
  Loop outline;
  std::vector<Loop> holes;
};

/// A hole and the shortest way to what it can be tied to.
struct Tie {
  Loop hole;
  std::size_t at = 0;  ///< corner of the hole
  Corner to;
  double length = std::numeric_limits<double>::infinity();

  void look(const Loop& corners) {
    for (const Corner& corner : corners) {
      for (std::size_t i = 0; i < hole.size(); ++i) {
        const double apart = std::hypot(corner.x - hole[i].x, corner.y - hole[i].y);
        if (apart < length) {
          length = apart;
          to = corner;
          at = i;
        }
      }
    }
  }
};

/// Ties the nearest hole first, so that no channel crosses another hole.
Loop keyholed(const Region& region) {
  Loop loop = region.outline;
  std::vector<Tie> ties;
  for (const Loop& hole : region.holes) ties.emplace_back().hole = hole;
  for (Tie& tie : ties) tie.look(loop);
  while (!ties.empty()) {
    const auto nearest = std::ranges::min_element(ties, {}, &Tie::length);
    Tie tie = std::move(*nearest);
    ties.erase(nearest);
    std::rotate(tie.hole.begin(), tie.hole.begin() + static_cast<std::ptrdiff_t>(tie.at), tie.hole.end());
    for (Tie& other : ties) other.look(tie.hole);
    tie.hole.push_back(tie.hole.front());
    tie.hole.push_back(tie.to);
    loop.insert(std::ranges::find(loop, tie.to) + 1, tie.hole.begin(), tie.hole.end());
  }
  return loop;
}

/// Loops around the inside turn one way, those around holes the other way.
std::vector<Region> regionsOf(const std::vector<Loop>& loops) {
  std::vector<Region> regions;
  for (const Loop& loop : loops)
    if (area(loop) > 0) regions.push_back({loop, {}});
  for (const Loop& loop : loops) {
    if (area(loop) > 0) continue;
    const Corner inside{loop[0].x + 0.5, loop[0].y + 0.5};  // of the pixel right of its first edge, which runs in +x
    Region* around = nullptr;
    for (Region& region : regions) {
      const bool nearer = around == nullptr || area(region.outline) < area(around->outline);
      if (nearer && holds(region.outline, inside)) around = &region;
    }
    if (around != nullptr) around->holes.push_back(loop);
  }
  return regions;
}

Loop shaped(const Loop& unitEdges, ContourEdge edge) {
  return edge == ContourEdge::VoxelEdge ? withoutStraight(unitEdges, 0)
                                        : withoutStraight(smoothed(midpoints(unitEdges)), kStraight);
}

Contour inWorld(const Loop& loop, const Box& box, int z, const Geometry& grid) {
  Contour contour;
  for (const Corner& corner : loop)
    contour.pointsMm.push_back(
        grid.toWorld(Point3{corner.x + box.lower.x - 0.5, corner.y + box.lower.y - 0.5, double(z)}));
  return contour;
}

}  // namespace

std::vector<Contour> contoursOf(const LabelMap& map, Label structure, const Geometry& grid, const ContourStyle& style) {
  std::vector<Contour> contours;
  const Box box = boundingBox(map, structure);
  if (box.empty()) return contours;
  const DenseBox dense = map.copy(box);
  for (int z = 0; z < dense.size.z; ++z) {
    const Mask mask(dense, z, structure);
    for (Region& region : regionsOf(Tracer(mask).loops())) {
      region.outline = shaped(region.outline, style.edge);
      for (Loop& hole : region.holes) hole = shaped(hole, style.edge);
      const bool keyhole = style.holes == ContourHoles::Keyhole;
      contours.push_back(inWorld(keyhole ? keyholed(region) : region.outline, box, box.lower.z + z, grid));
      if (keyhole) continue;
      for (const Loop& hole : region.holes) contours.push_back(inWorld(hole, box, box.lower.z + z, grid));
    }
  }
  return contours;
}

}  // namespace recontour
