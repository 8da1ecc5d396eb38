#include "core/phantom/organ_maker.h"

#include "core/phantom/random.h"
#include "core/phantom/solid_organ_painter.h"
#include "core/phantom/tube_painter.h"

namespace recontour {

OrganMaker::OrganMaker(const Parameters& parameters, const Variation& variation)
    : parameters_(parameters),
      organs_(parameters.group("organs")),
      variation_(variation),
      table_(OrganTable::named("word")),
      rule_(OrganRule::from(organs_)),
      step_(parameters.number("tubeStep")) {}

Label OrganMaker::label(const std::string& organ) const {
  const Organ* entry = table_.find(organ);
  if (entry == nullptr) organs_.fail(organ, "is not in the organ table");
  return entry->label;
}

EllipsoidUnion OrganMaker::shape(const std::string& organ) const {
  const EllipsoidUnion mean = EllipsoidUnion::from(group(organ));
  Point3 fixed = mean.centroid();
  if (group(organ).has("fixedZ")) fixed.z = group(organ).number("fixedZ");
  return mean.moved(variation_.shiftMm(organ), variation_.scale(organ), fixed);
}

OrganMaker::Painter OrganMaker::tubes(const std::string& vesselGroup, Tissue tissue) const {
  const Parameters vessels = parameters_.group("vessels").group(vesselGroup);
  OrganRule rule = rule_.anyHeight();
  rule.maxOutsideMm = static_cast<float>(vessels.number("outsideCavity"));
  const bool mirror = vessels.number("mirror") != 0;
  return std::make_unique<TubePainter>(tubesOf(vessels.group("lines"), step_, mirror),
                                       TubePainter::Options{tissue, rule});
}

OrganMaker::Painter OrganMaker::twigs() const {
  const Parameters mesentery = parameters_.group("vessels").group("mesentery");
  return std::make_unique<TubePainter>(mesentericTwigs(mesentery, variation_.seed(), step_),
                                       TubePainter::Options{Tissue::Mesenteric, rule_, true});
}

OrganMaker::Painter OrganMaker::liver() const {
  return std::make_unique<SolidOrganPainter>(
      shape("liver"), SolidOrganPainter::Options{.label = label("liver"), .content = Tissue::Liver, .rule = rule_});
}

OrganMaker::Painter OrganMaker::liverVessels() const {
  auto vessels = tubesOf(parameters_.group("vessels").group("liver"), step_, false);
  return std::make_unique<LiverVesselPainter>(std::move(vessels));
}

OrganMaker::Painter OrganMaker::spleen() const {
  return std::make_unique<SolidOrganPainter>(
      shape("spleen"), SolidOrganPainter::Options{.label = label("spleen"), .content = Tissue::Spleen, .rule = rule_});
}

OrganMaker::Painter OrganMaker::stomach() const {
  const double wall = group("stomach").number("wall");
  const auto gas = group("stomach").list("gasPart", 2);
  RandomStream random(variation_.seed(), "stomach gas");
  const double part = gas[0] + (gas[1] - gas[0]) * random.uniform();
  const EllipsoidUnion own = shape("stomach");
  SolidOrganPainter::Options options{.label = label("stomach"),
                                     .content = Tissue::StomachContent,
                                     .wall = Tissue::StomachWall,
                                     .wallMm = wall,
                                     .rule = rule_};
  options.gasAboveY = frontQuantile(own, wall, part);
  return std::make_unique<SolidOrganPainter>(own, options);
}

OrganMaker::Painter OrganMaker::pancreas() const {
  SolidOrganPainter::Options options{.label = label("pancreas"), .content = Tissue::Pancreas, .rule = rule_};
  options.lobulesAbove = static_cast<float>(group("pancreas").number("lobulesAbove"));
  return std::make_unique<SolidOrganPainter>(shape("pancreas"), options);
}

OrganMaker::Painter OrganMaker::gallbladder() const {
  return std::make_unique<SolidOrganPainter>(shape("gallbladder"),
                                             SolidOrganPainter::Options{.label = label("gallbladder"),
                                                                        .content = Tissue::Bile,
                                                                        .wall = Tissue::GallbladderWall,
                                                                        .wallMm = group("gallbladder").number("wall"),
                                                                        .rule = rule_});
}

OrganMaker::Painter OrganMaker::prostate() const {
  return std::make_unique<SolidOrganPainter>(shape("prostate"),
                                             SolidOrganPainter::Options{.content = Tissue::Prostate, .rule = rule_});
}

OrganMaker::Painter OrganMaker::bladder() const {
  return std::make_unique<SolidOrganPainter>(shape("bladder"),
                                             SolidOrganPainter::Options{.label = label("bladder"),
                                                                        .content = Tissue::Urine,
                                                                        .wall = Tissue::BladderWall,
                                                                        .wallMm = group("bladder").number("wall"),
                                                                        .rule = rule_});
}

OrganMaker::Painter OrganMaker::kidney(const std::string& organ) const {
  const std::vector<Label> neighbours{label("liver"), label("spleen")};
  return std::make_unique<KidneyPainter>(group(organ), group("kidneys"),
                                         KidneyPainter::Placement{variation_.shiftMm(organ), variation_.scale(organ)},
                                         label(organ), neighbours, rule_);
}

OrganMaker::Painter OrganMaker::femur(const std::string& organ) const {
  const EllipsoidUnion left = shape("head_of_femur_left");
  const bool isLeft = organ == "head_of_femur_left";
  return std::make_unique<FemurPainter>(isLeft ? left : left.mirrored(), group("head_of_femur_left"), label(organ));
}

}  // namespace recontour
