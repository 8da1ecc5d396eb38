#include "core/phantom/solid_organ_painter.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

Ellipsoid placed(const Ellipsoid& ellipsoid, const KidneyPainter::Placement& placement, const Point3& centre) {
  return ellipsoid.moved(placement.shiftMm, placement.scale, centre);
}

Ellipsoid kidneyBody(const Parameters& kidney) { return EllipsoidUnion::from(kidney).parts().front(); }

Ellipsoid kidneySinus(const Parameters& kidney) {
  const auto row = kidney.list("sinus", 9);
  return {{row[0], row[1], row[2]}, {row[3], row[4], row[5]}, {row[6], row[7], row[8]}};
}

}  // namespace

SolidOrganPainter::SolidOrganPainter(EllipsoidUnion shape, const Options& options)
    : shape_(std::move(shape)), options_(options) {}

void SolidOrganPainter::paint(SliceCanvas& canvas) const {
  canvas.eachInside(shape_, 0, Space::Displaced, [&](std::size_t at, const Point3& p, double depth) {
    if (!options_.rule.allows(canvas, at)) return;
    Tissue tissue = options_.content;
    if (depth < options_.wallMm) {
      tissue = options_.wall;
    } else if (options_.gasAboveY && p.y < *options_.gasAboveY) {
      tissue = Tissue::Gas;
    } else if (options_.lobulesAbove && canvas.n5[at] > *options_.lobulesAbove) {
      tissue = Tissue::VisceralFat;
    }
    canvas.set(at, tissue, options_.label);
  });
}

double frontQuantile(const EllipsoidUnion& shape, double wallMm, double part) {
  constexpr double kStepMm = 4;
  const BoundsMm box = shape.bounds(0);
  std::vector<double> ys;
  for (double z = box.lower.z; z < box.upper.z; z += kStepMm) {
    for (double y = box.lower.y; y < box.upper.y; y += kStepMm) {
      for (double x = box.lower.x; x < box.upper.x; x += kStepMm) {
        if (shape.depth({x, y, z}) > wallMm) ys.push_back(y);
      }
    }
  }
  if (ys.empty()) return box.lower.y;
  std::sort(ys.begin(), ys.end());
  return ys[static_cast<std::size_t>(part * static_cast<double>(ys.size() - 1))];
}

void LiverVesselPainter::paint(SliceCanvas& canvas) const {
  for (const auto& vessel : vessels_) {
    canvas.eachInTube(vessel, 0, Space::Displaced, [&](std::size_t at, const TubeHit&) {
      if (canvas.tissue[at] == Tissue::Liver) canvas.tissue[at] = Tissue::LiverVessel;
    });
  }
}

KidneyPainter::KidneyPainter(const Parameters& kidney, const Parameters& shared, const Placement& placement,
                             Label label, const std::vector<Label>& liverAndSpleen, const OrganRule& rule)
    : body_(placed(kidneyBody(kidney), placement, kidneyBody(kidney).centre())),
      sinus_(placed(kidneySinus(kidney), placement, kidneyBody(kidney).centre())),
      label_(label),
      liverAndSpleen_(liverAndSpleen),
      rule_(rule),
      fatMm_(shared.number("fat")),
      fatInOrgansMm_(shared.number("fatInLiverAndSpleen")),
      pelvisDepth_(shared.number("pelvisDepth")),
      corticalMm_(shared.number("cortex")),
      pyramids_(shared.list("pyramids", 3)) {
  const double radius = shared.number("veinRadius");
  vein_.emplace_back(std::vector<TubePoint>{{sinus_.centre(), radius}, {kidney.point("veinEnd"), radius}},
                     shared.number("step"), Tube::Haustra{});
}

void KidneyPainter::paint(SliceCanvas& canvas) const {
  paintFat(canvas);
  canvas.eachInside(body_, 0, Space::Displaced, [&](std::size_t at, const Point3& p, double depth) {
    if (!rule_.allows(canvas, at)) return;
    const Tissue tissue = tissueAt(p, depth);
    const bool sinus = tissue == Tissue::KidneySinus || tissue == Tissue::Fluid;
    canvas.set(at, tissue, sinus ? Label{0} : label_);
  });
  canvas.eachInTube(vein_.front(), 0, Space::Displaced, [&](std::size_t at, const TubeHit&) {
    if (rule_.allows(canvas, at) && canvas.label[at] == 0) canvas.set(at, Tissue::Vein);
  });
}

void KidneyPainter::paintFat(SliceCanvas& canvas) const {
  canvas.eachInside(body_, fatMm_, Space::Displaced, [&](std::size_t at, const Point3&, double depth) {
    if (!rule_.allows(canvas, at)) return;
    const bool organ =
        std::find(liverAndSpleen_.begin(), liverAndSpleen_.end(), canvas.label[at]) != liverAndSpleen_.end();
    if (!organ || depth > -fatInOrgansMm_) canvas.set(at, Tissue::VisceralFat);
  });
}

Tissue KidneyPainter::tissueAt(const Point3& p, double depth) const {
  const double inSinus = sinus_.depth(p);
  if (inSinus > 0) return inSinus > pelvisDepth_ ? Tissue::Fluid : Tissue::KidneySinus;
  if (depth <= corticalMm_) return Tissue::KidneyCortex;
  const Point3 q = body_.local(p);
  const double dz = q.z * body_.radii().z;
  const double azimuth = std::atan2(q.y * body_.radii().y, q.x * body_.radii().x);
  const bool pyramid = std::sin(dz / pyramids_[0]) + std::sin(pyramids_[1] * azimuth) > pyramids_[2];
  return pyramid ? Tissue::KidneyMedulla : Tissue::KidneyCortex;
}

FemurPainter::FemurPainter(EllipsoidUnion shape, const Parameters& p, Label label)
    : shape_(std::move(shape)), label_(label), rim_(p.number("rim")), lowestZ_(p.number("lowestZ")) {}

void FemurPainter::paint(SliceCanvas& canvas) const {
  if (canvas.z() < lowestZ_) return;
  canvas.eachInside(shape_, 0, Space::Fixed, [&](std::size_t at, const Point3&, double depth) {
    if (canvas.bodyDepth[at] > 0) canvas.set(at, depth < rim_ ? Tissue::Cortical : Tissue::FemoralHead, label_);
  });
}

}  // namespace recontour
