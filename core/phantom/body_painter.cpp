#include "core/phantom/body_painter.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// 0 at `from`, 1 from `to` on.
double ramp(double value, double from, double to) { return std::clamp((value - from) / (to - from), 0.0, 1.0); }

}  // namespace

BodyPainter::BodyPainter(const Parameters& p, const Variation& variation)
    : fatMm_(variation.fatMm()),
      body_(p.group("outline"), fatMm_),
      cavity_(p.group("cavity"), 0),
      cavityRoughness_(p.group("cavity").number("roughness")),
      skin_(p.number("skin")),
      fatByHeight_(p.group("fat"), "byHeight", 1) {
  const Parameters fat = p.group("fat");
  fat_ = {fat.number("depth"), fat.number("roughness"), fat.list("rearFlank", 5), fat.list("front", 5),
          fat.list("back", 4)};
  const Parameters marbling = p.group("marbling");
  const auto wide = marbling.list("below", 3);
  marbling_ = {marbling.number("outsideCavity"), marbling.number("above"), wide[1], wide[2], wide[0],
               marbling.list("flankLine", 5)};
  crease_ = p.list("crease", 5);
}

double BodyPainter::fatDepth(double x, double y, double z, double noise) const {
  double depth = fat_.base + fatMm_ + fatByHeight_.at(z) + fat_.roughness * noise;
  const auto& flank = fat_.rearFlank;  // mm, |x| from to, y from to (0 at the first, full at the second)
  depth += flank[0] * ramp(std::abs(x), flank[1], flank[2]) * ramp(y, flank[3], flank[4]);
  const auto& front = fat_.front;  // mm, z from to, -y from to
  depth -= front[0] * ramp(z, front[1], front[2]) * ramp(-y, front[3], front[4]);
  const auto& back = fat_.back;  // mm, y above, |x| below, z above
  if (y > back[1] && std::abs(x) < back[2] && z > back[3]) depth -= back[0];
  return depth;
}

bool BodyPainter::inCrease(double x, double y, double z) const {
  // y from to, half width there, z below
  if (y <= crease_[0] || z >= crease_[4]) return false;
  return std::abs(x) < crease_[2] + (crease_[3] - crease_[2]) * ramp(y, crease_[0], crease_[1]);
}

Tissue BodyPainter::muscleAt(const SliceCanvas& canvas, std::size_t at, double x, double y) const {
  const double outside = -static_cast<double>(canvas.cavityDepth[at]);
  const double z = canvas.z();
  const double n9 = static_cast<double>(canvas.n9[at]);
  const bool speck = z < marbling_.wideBelowZ
                         ? n9 + marbling_.wideWeight * static_cast<double>(canvas.n18[at]) > marbling_.wideAbove
                         : n9 > marbling_.above;
  if (outside > marbling_.outsideCavity && speck) return Tissue::SubcutaneousFat;
  const auto& line = marbling_.line;  // outside, thickness, |x| above, z from, z to
  const bool flank = std::abs(x) > line[2] && z > line[3] && z < line[4];
  if (flank && std::abs(outside - line[0]) < line[1] / 2) return Tissue::SubcutaneousFat;
  return inCrease(x, y, z) ? Tissue::SubcutaneousFat : Tissue::Muscle;
}

void BodyPainter::paint(SliceCanvas& canvas) const {
  const double z = canvas.z();
  body_.fillDepth(canvas.xs(), canvas.ys(), z, canvas.bodyDepth);
  cavity_.fillDepth(canvas.xs(), canvas.ys(), z, canvas.cavityDepth);
  std::size_t at = 0;
  for (const double y : canvas.ys()) {
    for (const double x : canvas.xs()) {
      canvas.cavityDepth[at] += static_cast<float>(cavityRoughness_) * canvas.n18[at];
      const double depth = static_cast<double>(canvas.bodyDepth[at]);
      if (depth > 0) {
        const bool inFat = depth < fatDepth(x, y, z, static_cast<double>(canvas.n18[at]));
        canvas.tissue[at] = depth < skin_                ? Tissue::Skin
                            : canvas.cavityDepth[at] > 0 ? Tissue::VisceralFat
                            : inFat                      ? Tissue::SubcutaneousFat
                                                         : muscleAt(canvas, at, x, y);
      }
      ++at;
    }
  }
}

}  // namespace recontour
