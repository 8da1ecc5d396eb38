#include "core/phantom/tube_painter.h"

#include <cmath>
#include <numbers>

#include "core/phantom/random.h"

namespace recontour {

TubePainter::TubePainter(std::vector<Tube> tubes, const Options& options)
    : tubes_(std::move(tubes)), options_(options) {}

void TubePainter::paint(SliceCanvas& canvas) const {
  for (const auto& tube : tubes_) {
    canvas.eachInTube(tube, 0, Space::Displaced, [&](std::size_t at, const TubeHit&) {
      if (!options_.rule.allows(canvas, at)) return;
      if (options_.overFatOnly && !isFat(canvas.tissue[at])) return;
      if (!options_.overLabelled && canvas.label[at] != 0) return;
      canvas.set(at, options_.tissue);
    });
  }
}

std::vector<Tube> tubesOf(const Parameters& group, double stepMm, bool mirror) {
  std::vector<Tube> tubes;
  for (const auto& name : group.keys()) {
    const auto points = Tube::points(group, name);
    tubes.emplace_back(points, stepMm, Tube::Haustra{});
    if (mirror) tubes.emplace_back(Tube::mirrored(points), stepMm, Tube::Haustra{});
  }
  return tubes;
}

std::vector<Tube> mesentericTwigs(const Parameters& p, std::uint64_t seed, double stepMm) {
  const auto radii = p.list("radii", 2);      // at root and end
  const auto ellipse = p.list("ellipse", 2);  // half axes x and z
  const Point3 root = p.point("root"), centre = p.point("centre"), bend = p.point("bendSd");
  const int count = static_cast<int>(p.number("count"));
  RandomStream random(seed, "twigs");
  std::vector<Tube> twigs;
  for (int twig = 0; twig < count; ++twig) {
    const double angle = 2 * std::numbers::pi * (twig + random.uniform()) / count;
    const Point3 end =
        centre + Point3{ellipse[0] * std::cos(angle), bend.y * random.normal(), ellipse[1] * std::sin(angle)};
    const Point3 offset{bend.x * random.normal(), bend.y * random.normal(), bend.z * random.normal()};
    const Point3 middle = (root + end) * 0.5 + offset;
    twigs.emplace_back(std::vector<TubePoint>{{root, radii[0]}, {middle, (radii[0] + radii[1]) / 2}, {end, radii[1]}},
                       stepMm, Tube::Haustra{});
  }
  return twigs;
}

StrandPainter::StrandPainter(const Parameters& p) : thickness_(static_cast<float>(p.number("strandsBelow"))) {}

void StrandPainter::paint(SliceCanvas& canvas) const {
  for (std::size_t at = 0; at < canvas.pixels(); ++at) {
    const bool strand = std::abs(canvas.n5[at]) < thickness_ && canvas.n18[at] > 0;
    if (strand && canvas.tissue[at] == Tissue::VisceralFat && canvas.aboveDiaphragm[at] <= 0) {
      canvas.set(at, Tissue::Mesenteric);
    }
  }
}

}  // namespace recontour
