// The part of OrganMaker that makes tubes with content.
#include "core/phantom/organ_maker.h"
#include "core/phantom/random.h"

namespace recontour {
namespace {

std::size_t pieces(double lengthMm, double pieceMm) { return static_cast<std::size_t>(lengthMm / pieceMm) + 1; }

}  // namespace

HollowOrganPainter::Options OrganMaker::hollow(const std::string& organ) const {
  HollowOrganPainter::Options options;
  options.label = label(organ);
  options.wallMm = group(organ).number("wall");
  options.rule = rule_;
  return options;
}

OrganMaker::Painter OrganMaker::hollowTube(const std::string& organ, const std::vector<TubePoint>& points,
                                           const HollowOrganPainter::Options& options) const {
  const auto haustra = group(organ).list("haustra", 2);
  std::vector<Tube> tubes{Tube(points, step_, {haustra[0], haustra[1]})};
  return std::make_unique<HollowOrganPainter>(std::move(tubes), options);
}

OrganMaker::Painter OrganMaker::intestine() const {
  auto options = hollow("intestine");
  options.rule = rule_.insideCavity();
  options.wall = Tissue::IntestineWall;
  options.content = Tissue::IntestineContent;
  options.overMuscle = false;
  const auto points = bowelLoops(group("intestine"), variation_);
  const auto gas = group("intestine").list("gas", 3);  // piece length, every which piece, limit
  RandomStream random(variation_.seed(), "intestine gas");
  const auto every = static_cast<std::size_t>(gas[1]);
  const auto first = static_cast<std::size_t>(random.uniform() * gas[1]);
  options.gasPieceMm = gas[0];
  const double length = Tube(points, step_, {}).lengthMm();
  for (std::size_t piece = 0; piece < pieces(length, gas[0]); ++piece) {
    options.gasLimits.push_back(piece % every == first ? static_cast<float>(gas[2]) : kNoGas);
  }
  return hollowTube("intestine", points, options);
}

OrganMaker::Painter OrganMaker::colon() const {
  auto options = hollow("colon");
  options.rule = rule_.insideCavity();
  options.content = Tissue::Stool;
  options.bubblesAbove = static_cast<float>(group("colon").number("bubblesAbove"));
  const auto points = Tube::points(group("colon"), "line");
  const auto gas = group("colon").list("gas", 3);  // piece length, part of the pieces, limit
  RandomStream random(variation_.seed(), "colon gas");
  options.gasPieceMm = gas[0];
  const double length = Tube(points, step_, {}).lengthMm();
  for (std::size_t piece = 0; piece < pieces(length, gas[0]); ++piece) {
    options.gasLimits.push_back(random.uniform() < gas[1] ? static_cast<float>(gas[2]) : kNoGas);
  }
  return hollowTube("colon", points, options);
}

OrganMaker::Painter OrganMaker::duodenum() const {
  auto options = hollow("duodenum");
  options.content = Tissue::Fluid;
  const auto gas = group("duodenum").list("gas", 2);  // length from the start, limit
  options.gasPieceMm = gas[0];
  options.gasLimits = {static_cast<float>(gas[1])};
  return hollowTube("duodenum", Tube::points(group("duodenum"), "line"), options);
}

OrganMaker::Painter OrganMaker::esophagus() const {
  auto options = hollow("esophagus");
  options.rule = rule_.anyHeight();
  const auto core = group("esophagus").list("gasCore", 2);  // deeper than, noise above
  options.gasCoreDepth = static_cast<float>(core[0]);
  options.gasCoreNoise = static_cast<float>(core[1]);
  options.spared = {label("stomach"), label("liver")};
  return hollowTube("esophagus", Tube::points(group("esophagus"), "line"), options);
}

OrganMaker::Painter OrganMaker::rectum() const {
  auto options = hollow("rectum");
  options.content = Tissue::RectalContent;
  options.fatMm = group("rectum").number("fat");
  const auto core = group("rectum").list("gasCore", 2);
  options.gasCoreDepth = static_cast<float>(core[0]);
  options.gasCoreNoise = static_cast<float>(core[1]);
  options.gasCoreInFront = true;
  options.spared = {label("colon")};  // it begins where the colon's first point is
  return hollowTube("rectum", Tube::points(group("rectum"), "line"), options);
}

OrganMaker::Painter OrganMaker::adrenals() const {
  HollowOrganPainter::Options options;
  options.label = label("adrenal");
  options.wall = options.content = Tissue::Adrenal;
  options.rule = rule_;
  const Parameters limbs = group("adrenal").group("limbs");
  const auto radius = group("adrenal").list("radius", 2);  // times, plus
  std::vector<Tube> tubes;
  for (const auto& name : limbs.keys()) {
    auto points = Tube::points(limbs, name);
    for (auto& point : points) point.radiusMm = point.radiusMm * radius[0] + radius[1];
    tubes.emplace_back(points, step_, Tube::Haustra{});
  }
  return std::make_unique<HollowOrganPainter>(std::move(tubes), options);
}

}  // namespace recontour
