#include "core/phantom/rib_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace recontour {

RibPainter::RibPainter(const Parameters& p, const Section& cavity) : rim_(p.number("rim")) {
  const auto ends = p.rows("ends", 1);
  for (std::size_t rib = 0; rib < ends.size(); ++rib) {
    for (const double side : {1.0, -1.0}) addRib(p, cavity, static_cast<int>(rib), ends[rib][0], side);
  }
}

void RibPainter::addRib(const Parameters& p, const Section& cavity, int number, double end, double side) {
  const auto height = p.list("height", 4);  // z of the first at the back, distance, fall to the front, its exponent
  const auto course =
      p.list("course", 4);  // part of the half circle it starts at, outside the cavity, least |x|, power
  const double radius = p.number("radius");
  const double cartilageFrom = p.number("cartilageFrom");
  constexpr double kPart = 0.02;
  std::vector<TubePoint> points;
  double boneLength = 0;
  for (double u = course[0]; u < end + kPart / 2; u += kPart) {
    const double angle = u * std::numbers::pi;
    const double z = height[0] + height[1] * number - height[2] * std::pow(std::sin(angle / 2), height[3]);
    const auto wall = cavity.outline(z);
    const double x = (wall.halfWidth + course[1]) * std::pow(std::abs(std::sin(angle)), course[3]);
    const double back = std::pow(std::abs(std::cos(angle)), course[3]) * (u < 0.5 ? 1 : -1);
    points.push_back({{side * std::max(course[2], x), wall.centreY + (wall.halfDepth + course[1]) * back, z}, radius});
    if (points.size() > 1 && u < cartilageFrom) boneLength += length(points.back().at - points[points.size() - 2].at);
  }
  ribs_.push_back({Tube(points, p.number("step"), {}), boneLength});
}

void RibPainter::paint(SliceCanvas& canvas) const {
  for (const auto& rib : ribs_) {
    canvas.eachInTube(rib.tube, 0, Space::Fixed, [&](std::size_t at, const TubeHit& hit) {
      if (canvas.bodyDepth[at] <= 0) return;
      const bool bone = static_cast<double>(hit.arc) < rib.boneLengthMm;
      canvas.set(at, bone ? boneAt(static_cast<double>(hit.depth), rim_) : Tissue::Cartilage);
    });
  }
}

}  // namespace recontour
