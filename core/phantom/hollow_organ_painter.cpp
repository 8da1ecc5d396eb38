#include "core/phantom/hollow_organ_painter.h"

#include <algorithm>
#include <cmath>

#include "core/phantom/random.h"

namespace recontour {
namespace {

constexpr std::size_t kPointsPerRow = 6;

}  // namespace

HollowOrganPainter::HollowOrganPainter(std::vector<Tube> tubes, const Options& options)
    : tubes_(std::move(tubes)), options_(options) {}

void HollowOrganPainter::paint(SliceCanvas& canvas) const {
  for (const auto& tube : tubes_) {
    canvas.eachInTube(tube, options_.fatMm, Space::Displaced, [&](std::size_t at, const TubeHit& hit) {
      if (!mayPaint(canvas, at)) return;
      if (hit.depth > 0) {
        canvas.set(at, tissueAt(canvas, at, hit), options_.label);
      } else if (canvas.label[at] != options_.label) {
        canvas.set(at, Tissue::VisceralFat);
      }
    });
  }
}

bool HollowOrganPainter::mayPaint(const SliceCanvas& canvas, std::size_t at) const {
  if (!options_.rule.allows(canvas, at)) return false;
  if (!options_.overMuscle && canvas.tissue[at] == Tissue::Muscle) return false;
  return std::find(options_.spared.begin(), options_.spared.end(), canvas.label[at]) == options_.spared.end();
}

Tissue HollowOrganPainter::tissueAt(const SliceCanvas& canvas, std::size_t at, const TubeHit& hit) const {
  if (hit.depth < static_cast<float>(options_.wallMm)) return options_.wall;
  return isGas(canvas, at, hit) ? Tissue::Gas : options_.content;
}

bool HollowOrganPainter::isGas(const SliceCanvas& canvas, std::size_t at, const TubeHit& hit) const {
  const auto piece = static_cast<std::size_t>(static_cast<double>(hit.arc) / options_.gasPieceMm);
  if (piece < options_.gasLimits.size() && hit.yOffset < options_.gasLimits[piece]) return true;
  if (options_.bubblesAbove && canvas.n5[at] > *options_.bubblesAbove) return true;
  if (!options_.gasCoreDepth || hit.depth <= *options_.gasCoreDepth || canvas.n9[at] <= options_.gasCoreNoise)
    return false;
  return !options_.gasCoreInFront || hit.yOffset < 0;
}

std::vector<TubePoint> bowelLoops(const Parameters& p, const Variation& variation) {
  const auto rows = p.rows("rows", 3);       // z, half width, y
  const auto turn = p.list("turn", 4);       // row before which the extra point comes, its x y z
  const auto wave = p.list("wave", 4);       // y by, per point; z by, per point
  const auto radius = p.list("radius", 2);   // mean, SD
  const double beyond = p.number("beyond");  // further on the left
  const Point3 jitter = variation.isMean() ? Point3{} : p.point("jitterSd");
  RandomStream places(variation.seed(), "bowel loops"), radii(variation.seed(), "bowel radius");
  const auto draw = [&](const Point3& at) {
    const Point3 moved =
        at + Point3{jitter.x * places.normal(), jitter.y * places.normal(), jitter.z * places.normal()};
    return TubePoint{moved, radius[0] + radius[1] * radii.normal()};
  };
  std::vector<TubePoint> points;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (static_cast<double>(row) == turn[0]) points.push_back(draw({turn[1], turn[2], turn[3]}));
    const double width = rows[row][1];
    for (std::size_t k = 0; k < kPointsPerRow; ++k) {
      const std::size_t along = row % 2 == 0 ? k : kPointsPerRow - 1 - k;
      const double x = -width + (2 * width + beyond) * static_cast<double>(along) / (kPointsPerRow - 1);
      const double y = rows[row][2] + wave[0] * std::sin(wave[1] * static_cast<double>(k));
      const double z = rows[row][0] + wave[2] * std::sin(wave[3] * static_cast<double>(k) + static_cast<double>(row));
      points.push_back(draw({x, y, z}));
    }
  }
  return points;
}

}  // namespace recontour
