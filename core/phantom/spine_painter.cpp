#include "core/phantom/spine_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace recontour {
namespace {

double square(double value) { return value * value; }

constexpr double kReachX = 70, kReachFront = 60, kReachBack = 90;  // box around all of it, mm

BoundsMm around(double centreY, double z) {
  return {{-kReachX, centreY - kReachFront, z}, {kReachX, centreY + kReachBack, z}};
}

}  // namespace

SpinePainter::SpinePainter(const Parameters& p)
    : centreY_(p, "centreY", 1),
      sacrumWidth_(p.group("sacrum"), "halfWidth", 1),
      sacrumThickness_(p.group("sacrum"), "halfThickness", 1) {
  const auto v = p.list("vertebra", 9);
  vertebra_ = {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]};
  processes_ = {p.list("canal", 3), p.list("arch", 3), p.list("spinous", 6), p.list("transverse", 7)};
  backMuscle_ = p.list("backMuscle", 5);
  const Parameters sacrum = p.group("sacrum");
  wingCurve_ = sacrum.number("wingCurve");
  sacrumRim_ = sacrum.number("rim");
  foramina_ = sacrum.list("foramina", 2);
  for (const auto& row : sacrum.rows("foraminaZ", 1)) foraminaZ_.push_back(row[0]);
}

void SpinePainter::paint(SliceCanvas& canvas) const {
  paintBackMuscles(canvas);
  if (canvas.z() >= vertebra_.fromZ) paintVertebra(canvas);
  paintSacrum(canvas);
}

void SpinePainter::paintBackMuscles(SliceCanvas& canvas) const {
  // radii x y, behind the spine's centre, z above, depth in the body above
  const auto& muscle = backMuscle_;
  if (canvas.z() < muscle[3]) return;
  const double centre = centreY_.at(canvas.z()) + muscle[2];
  canvas.each(around(centre, canvas.z()), Space::Fixed, [&](std::size_t at, const Point3& p) {
    if (square(p.x / muscle[0]) + square((p.y - centre) / muscle[1]) >= 1) return;
    if (isFat(canvas.tissue[at]) && static_cast<double>(canvas.bodyDepth[at]) > muscle[4]) {
      canvas.set(at, Tissue::Muscle);
    }
  });
}

void SpinePainter::paintVertebra(SliceCanvas& canvas) const {
  const double z = canvas.z();
  const double periods = (z - vertebra_.baseZ) / vertebra_.period;
  const double phase = periods - std::floor(periods);
  const double centre = centreY_.at(z);
  canvas.each(around(centre, z), Space::Fixed, [&](std::size_t at, const Point3& p) {
    if (canvas.tissue[at] == Tissue::Air || canvas.tissue[at] == Tissue::Skin) return;
    const Tissue tissue = vertebraAt(std::abs(p.x), p.y - centre, phase, z);
    if (tissue != Tissue::Air) canvas.set(at, tissue);
  });
}

Tissue SpinePainter::vertebraAt(double x, double y, double phase, double z) const {
  const auto& canal = processes_.canal;  // radii x y, behind the centre
  if (square(x / canal[0]) + square((y - canal[2]) / canal[1]) < 1) return Tissue::Canal;
  const Tissue body = bodyAt(x, y, phase);
  return body != Tissue::Air ? body : processAt(x, y, phase, z);
}

Tissue SpinePainter::bodyAt(double x, double y, double phase) const {
  const bool disc = phase < vertebra_.discPart;
  const double along = disc ? 0 : (phase - vertebra_.discPart) / (1 - vertebra_.discPart);
  const double waist = 1 - vertebra_.waist * std::sin(std::numbers::pi * along);
  const double r = std::sqrt(square(x / (vertebra_.radiusX * waist)) + square(y / (vertebra_.radiusY * waist)));
  if (r >= 1) return Tissue::Air;
  if (disc) return Tissue::Disc;
  const double toEnd = std::min(phase - vertebra_.discPart, 1 - phase) * vertebra_.period;
  return r > vertebra_.rim || toEnd < vertebra_.endPlate ? Tissue::Cortical : Tissue::Trabecular;
}

Tissue SpinePainter::processAt(double x, double y, double phase, double z) const {
  const auto& canal = processes_.canal;
  const auto& arch = processes_.arch;  // times the canal's radii, phase from to
  const double r = std::sqrt(square(x / canal[0]) + square((y - canal[2]) / canal[1]));
  if (r < arch[0] && phase > arch[1] && phase < arch[2]) return Tissue::Cortical;
  const auto& spinous = processes_.spinous;  // half width, y from to, phase from to, rim
  if (x < spinous[0] && y > spinous[1] && y < spinous[2] && phase > spinous[3] && phase < spinous[4]) {
    return boneAt(spinous[0] - x, spinous[5]);
  }
  const auto& side = processes_.transverse;  // |x| to, |x| to above z, that z, y, phase, radius, rim
  const double reach = z > side[2] ? side[1] : side[0];
  const double beyond = std::max(0.0, x - reach + side[5]);
  const double distance =
      std::sqrt(square(beyond) + square(y - side[3]) + square((phase - side[4]) * vertebra_.period));
  return distance < side[5] ? boneAt(side[5] - distance, side[6]) : Tissue::Air;
}

void SpinePainter::paintSacrum(SliceCanvas& canvas) const {
  const double z = canvas.z();
  if (z < sacrumWidth_.first() || z > sacrumWidth_.last()) return;
  const double width = sacrumWidth_.at(z);
  const double thickness = sacrumThickness_.at(z);
  const double centre = centreY_.at(z);
  canvas.each(around(centre, z), Space::Fixed, [&](std::size_t at, const Point3& p) {
    const double x = std::abs(p.x);
    const double y = p.y - centre - wingCurve_ * x;
    const double r = std::cbrt(square(x / width) * x / width + square(y / thickness) * std::abs(y) / thickness);
    const double depth = (1 - r) * std::min(width, thickness);
    if (depth <= 0 || canvas.tissue[at] == Tissue::Air) return;
    const auto inForamen = [&](double height) {  // |x|, radius
      return square(x - foramina_[0]) + square(z - height) < square(foramina_[1]);
    };
    const bool hole = std::any_of(foraminaZ_.begin(), foraminaZ_.end(), inForamen);
    canvas.set(at, hole ? Tissue::VisceralFat : boneAt(depth, sacrumRim_));
  });
}

}  // namespace recontour
