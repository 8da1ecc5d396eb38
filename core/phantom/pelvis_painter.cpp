#include "core/phantom/pelvis_painter.h"

#include <algorithm>
#include <cmath>

namespace recontour {

PelvisPainter::PelvisPainter(const Parameters& p)
    : socketCentre_(p.point("socketCentre")),
      shell_(p.list("socketShell", 4)),
      cartilage_(p.list("socketCartilage", 2)),
      opening_(p.list("socketOpening", 4)),
      rim_(p.number("rim")),
      symphysisCentre_(p.point("symphysisCentre")),
      symphysisHalf_(p.point("symphysisHalf")) {
  const Parameters bones = p.group("bones");
  for (const auto& name : bones.keys()) {
    const auto points = Tube::points(bones, name);
    bones_.emplace_back(points, p.number("step"), Tube::Haustra{});
    bones_.emplace_back(Tube::mirrored(points), p.number("step"), Tube::Haustra{});
  }
}

void PelvisPainter::paint(SliceCanvas& canvas) const {
  for (const auto& bone : bones_) {
    canvas.eachInTube(bone, 0, Space::Fixed, [&](std::size_t at, const TubeHit& hit) {
      if (canvas.bodyDepth[at] > 0) canvas.set(at, boneAt(static_cast<double>(hit.depth), rim_));
    });
  }
  paintSocket(canvas, 1);
  paintSocket(canvas, -1);
  paintSymphysis(canvas);
}

void PelvisPainter::paintSocket(SliceCanvas& canvas, double side) const {
  const Point3 centre{side * socketCentre_.x, socketCentre_.y, socketCentre_.z};
  const Point3 open{side * opening_[0], opening_[1], opening_[2]};
  const Point3 reach{shell_[1], shell_[1], shell_[1]};
  canvas.each({centre - reach, centre + reach}, Space::Fixed, [&](std::size_t at, const Point3& p) {
    const Point3 d = p - centre;
    const double r = length(d);
    if (r < cartilage_[0] || r > shell_[1] || dot(d, open) > opening_[3] * r) return;
    const bool hard = r < shell_[2] || r > shell_[3];  // shell: inner, outer radius, hard within, hard beyond
    canvas.set(at, r < cartilage_[1] ? Tissue::Cartilage : hard ? Tissue::Cortical : Tissue::Trabecular);
  });
}

void PelvisPainter::paintSymphysis(SliceCanvas& canvas) const {
  canvas.each({symphysisCentre_ - symphysisHalf_, symphysisCentre_ + symphysisHalf_}, Space::Fixed,
              [&](std::size_t at, const Point3&) {
                if (canvas.bodyDepth[at] > 0) canvas.set(at, Tissue::Cartilage);
              });
}

IliumPainter::IliumPainter(const Parameters& p, Part part)
    : part_(part),
      ends_(p, "ends", 4),
      halfThickness_(p, "halfThickness", 1),
      muscleThickness_(p, "iliacus", 1),
      bow_(p.number("bow")),
      rim_(p.number("rim")),
      minBodyDepth_(p.number("iliacusBodyDepth")) {}

IliumPainter::Line IliumPainter::lineAt(double z) const {
  constexpr int kPieces = 24;
  const Point3 inner{ends_.at(z, 0), ends_.at(z, 1), 0};
  const Point3 chord = Point3{ends_.at(z, 2), ends_.at(z, 3), 0} - inner;
  const Point3 outward = Point3{-chord.y, chord.x, 0} * (1 / length(chord));
  Line line;
  for (int piece = 0; piece <= kPieces; ++piece) {
    const double t = static_cast<double>(piece) / kPieces;
    line.points.push_back(inner + chord * t + outward * (bow_ * 4 * t * (1 - t)));
    line.halfThickness.push_back(halfThickness_.at(t));
  }
  return line;
}

BoundsMm IliumPainter::reach(const Line& line, double muscle) const {
  BoundsMm box{line.points.front(), line.points.front()};
  for (const auto& point : line.points) {
    for (int axis = 0; axis < 2; ++axis) {
      box.lower[axis] = std::min(box.lower[axis], point[axis]);
      box.upper[axis] = std::max(box.upper[axis], point[axis]);
    }
  }
  const double margin = muscle + *std::max_element(line.halfThickness.begin(), line.halfThickness.end());
  return {box.lower - Point3{margin, margin, 0}, box.upper + Point3{margin, margin, 0}};
}

IliumPainter::Nearest IliumPainter::nearest(const Line& line, double x, double y) {
  const Point3 p{x, y, 0};
  const std::size_t pieces = line.points.size() - 1;
  Nearest best{1e9, 0, false};
  double closest = 1e9;
  for (std::size_t i = 0; i < pieces; ++i) {
    const Point3 along = line.points[i + 1] - line.points[i];
    const Point3 d = p - line.points[i];
    const double t = std::clamp(dot(d, along) / dot(along, along), 0.0, 1.0);
    const double distance = length(d - along * t);
    if (distance >= closest) continue;
    closest = distance;
    const double half = line.halfThickness[i] + t * (line.halfThickness[i + 1] - line.halfThickness[i]);
    const bool inner = d.x * -along.y + d.y * along.x < 0;
    best = {distance - half, (static_cast<double>(i) + t) / static_cast<double>(pieces), inner};
  }
  return best;
}

void IliumPainter::paint(SliceCanvas& canvas) const {
  const double z = canvas.z();
  if (z < ends_.first() || z > ends_.last()) return;
  const Line line = lineAt(z);
  const double toTop = ends_.last() - z;
  const double muscle = muscleThickness_.at(z);
  const BoundsMm box = reach(line, muscle);
  const BoundsMm bothSides{{-box.upper.x, box.lower.y, z}, {box.upper.x, box.upper.y, z}};
  canvas.each(bothSides, Space::Fixed, [&](std::size_t at, const Point3& p) {
    if (std::abs(p.x) < box.lower.x || static_cast<double>(canvas.bodyDepth[at]) <= minBodyDepth_) return;
    const Nearest near = nearest(line, std::abs(p.x), p.y);
    if (part_ == Part::Bone) {
      if (near.outside < 0) canvas.set(at, boneAt(std::min(-near.outside, toTop), rim_));
    } else if (near.inner && near.outside < muscle && near.along > 0 && near.along < 1) {
      if (!isSkeleton(canvas.tissue[at])) canvas.set(at, Tissue::Muscle);
    }
  });
}

}  // namespace recontour
