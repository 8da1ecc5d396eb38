#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "models/training/organ_depth.h"
#include "models/training/painters.h"

namespace recontour {
namespace {

/// What fills a part of a hollow organ: gas in front, as the patient lies on the back, the rest behind.
struct Filling {
  Tissue content = Tissue::Fluid;
  double gas = 0;  ///< part of the depth from front to back
  bool collapsed = false;
};

/// How likely an organ's fillings are. The content changes along the organ with two smooth fields.
struct Habits {
  Tissue wall = Tissue::BowelWall;
  double collapsed = 0;  ///< chance of a part to be collapsed
  double gasMean = 0, gasSpread = 0;
  bool stool = false, food = false, folds = false;
};

Habits habitsOf(Label organ) {
  switch (organ) {
    case word::kStomach:
      return {Tissue::StomachWall, 0.08, 0.25, 0.2, false, true, false};
    case word::kDuodenum:
      return {Tissue::BowelWall, 0.45, -0.1, 0.25, false, false, true};
    case word::kIntestine:
      return {Tissue::BowelWall, 0.25, -0.2, 0.3, false, false, true};
    case word::kColon:
      return {Tissue::ColonWall, 0.12, 0.35, 0.5, true, false, false};
    case word::kRectum:
      return {Tissue::RectumWall, 0.3, 0.1, 0.4, true, false, false};
    case word::kEsophagus:
      return {Tissue::EsophagusWall, 0.75, 0.3, 0.4, false, false, false};
    default:
      return {Tissue::BladderWall, 0, -5, 0, false, false, false};
  }
}

/// Lumen voxels of one organ in a slice that hang together.
struct Pocket {
  std::vector<Index3> voxels;
  Point3 centroid;
  int front = 0, back = 0;
};

class HollowOrganPainter {
 public:
  HollowOrganPainter(Patient& patient, Label organ, const std::vector<std::uint8_t>& depths);
  void paint();

 private:
  bool inLumen(std::size_t at, int x, int y, int z) const;
  void paintSlice(int z, std::vector<char>& seen);
  Pocket pocketFrom(const Index3& start, std::vector<char>& seen) const;
  Filling fillingAt(const Point3& centre) const;
  void fill(const Pocket& pocket);
  Tissue contentAt(const Filling& filling, const Index3& at) const;

  Patient& patient_;
  Label organ_;
  const std::vector<std::uint8_t>& depths_;
  Habits habits_;
  SmoothField what_, gas_, folds_, lumps_;
  bool oralContrast_ = false, allCollapsed_ = false;
  double contrastFrom_ = 0, wallVoxels_ = 1;
};

HollowOrganPainter::HollowOrganPainter(Patient& patient, Label organ, const std::vector<std::uint8_t>& depths)
    : patient_(patient),
      organ_(organ),
      depths_(depths),
      habits_(habitsOf(organ)),
      what_(patient.field("content " + std::to_string(organ), organ == word::kStomach ? 80 : 14)),
      gas_(patient.field("gas " + std::to_string(organ), 9)),
      folds_(patient.field("folds " + std::to_string(organ), 4)),
      lumps_(patient.field("lumps " + std::to_string(organ), 2.2)) {
  PortableRandom shared = patient.random("oral contrast");  // given to the patient, seen in some of the organs
  PortableRandom random = patient.random("hollow organ " + std::to_string(organ));
  const bool drank = chance(shared, 0.4);
  oralContrast_ = drank && chance(random, organ == word::kStomach ? 0.9 : 0.65) && organ != word::kBladder;
  contrastFrom_ = random.between(-1.2, 0.8);
  if (organ == word::kStomach) {
    allCollapsed_ = chance(random, 0.2);
    wallVoxels_ = random.between(0.8, 2.4);
    contrastFrom_ = random.between(-3, -0.5);
  }
  if (organ == word::kBladder) wallVoxels_ = random.between(0.4, 2.2);
}

bool HollowOrganPainter::inLumen(std::size_t at, int x, int y, int z) const {
  if (patient_.map.labels[at] != organ_ || depths_[at] <= wallVoxels_) return false;
  return !habits_.folds || std::abs(folds_.at(x, y, z)) > 0.12f;
}

Pocket HollowOrganPainter::pocketFrom(const Index3& start, std::vector<char>& seen) const {
  const TissueMap& map = patient_.map;
  const auto inSlice = [&](int x, int y) { return static_cast<std::size_t>(y * map.size.x + x); };
  Pocket pocket;
  pocket.front = pocket.back = start.y;
  pocket.voxels.push_back(start);
  seen[inSlice(start.x, start.y)] = 1;
  for (std::size_t i = 0; i < pocket.voxels.size(); ++i) {
    const Index3 at = pocket.voxels[i];
    pocket.front = std::min(pocket.front, at.y);
    pocket.back = std::max(pocket.back, at.y);
    pocket.centroid = pocket.centroid + Point3{double(at.x), double(at.y), double(at.z)};
    for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      const int x = at.x + dx, y = at.y + dy;
      if (x < 0 || y < 0 || x >= map.size.x || y >= map.size.y || seen[inSlice(x, y)]) continue;
      if (!inLumen(map.offset(x, y, at.z), x, y, at.z)) continue;
      seen[inSlice(x, y)] = 1;
      pocket.voxels.push_back({x, y, at.z});
    }
  }
  pocket.centroid = pocket.centroid * (1 / static_cast<double>(pocket.voxels.size()));
  return pocket;
}

Filling HollowOrganPainter::fillingAt(const Point3& c) const {
  const double what = static_cast<double>(what_.at(c.x, c.y, c.z)), gas = static_cast<double>(gas_.at(c.x, c.y, c.z));
  // The same field read elsewhere, so that being collapsed goes its own way.
  const double tone = static_cast<double>(what_.at(patient_.map.size.x - c.x, c.y, c.z));
  Filling filling;
  filling.collapsed = allCollapsed_ || tone < 2.2 * (habits_.collapsed - 0.5) * 1.4;
  filling.gas = habits_.gasMean + habits_.gasSpread * gas;
  if (organ_ == word::kBladder) {
    filling.content = Tissue::Urine;
  } else if (oralContrast_ && what > contrastFrom_) {
    filling.content = Tissue::OralContrast;
  } else if (habits_.stool && what > -0.9) {
    filling.content = Tissue::Stool;
  } else if (habits_.food && what > 0) {
    filling.content = Tissue::Food;
  }
  return filling;
}

Tissue HollowOrganPainter::contentAt(const Filling& filling, const Index3& at) const {
  if (filling.content == Tissue::Stool && lumps_.at(at.x, at.y, at.z) > 1.1f) return Tissue::Gas;  // bubbles
  if (filling.content == Tissue::Food && lumps_.at(at.x, at.y, at.z) > 2.2f) return Tissue::Gas;
  return filling.content;
}

void HollowOrganPainter::fill(const Pocket& pocket) {
  const Filling filling = fillingAt(pocket.centroid);
  if (filling.collapsed) return;
  const double level = pocket.front - 0.5 + filling.gas * (pocket.back - pocket.front + 1);
  for (const Index3& at : pocket.voxels)
    patient_.map.tissue[patient_.map.offset(at.x, at.y, at.z)] = at.y < level ? Tissue::Gas : contentAt(filling, at);
}

void HollowOrganPainter::paintSlice(int z, std::vector<char>& seen) {
  std::fill(seen.begin(), seen.end(), char{0});
  const Box& box = patient_.frame.places()[organ_].box;
  for (int y = box.lower.y; y < box.upper.y; ++y) {
    for (int x = box.lower.x; x < box.upper.x; ++x) {
      if (seen[static_cast<std::size_t>(y * patient_.map.size.x + x)] ||
          !inLumen(patient_.map.offset(x, y, z), x, y, z))
        continue;
      fill(pocketFrom({x, y, z}, seen));
    }
  }
}

void HollowOrganPainter::paint() {
  const Box& box = patient_.frame.places()[organ_].box;
  patient_.each(box, [&](std::size_t at, int, int, int) {
    if (patient_.map.labels[at] == organ_) patient_.map.tissue[at] = habits_.wall;
  });
  std::vector<char> seen(static_cast<std::size_t>(patient_.map.size.x * patient_.map.size.y));
  for (int z = box.lower.z; z < box.upper.z; ++z) paintSlice(z, seen);
}

/// Contrast medium sinks to the back of the bladder.
void layerBladder(Patient& patient) {
  PortableRandom random = patient.random("bladder");
  const OrganPlace& place = patient.frame.places()[word::kBladder];
  if (!place.there() || !chance(random, 0.5)) return;
  const double level = place.box.lower.y + random.uniform() * (place.box.upper.y - place.box.lower.y);
  patient.each(place.box, [&](std::size_t at, int, int y, int) {
    if (patient.map.tissue[at] == Tissue::Urine && y > level) patient.map.tissue[at] = Tissue::ExcretedContrast;
  });
}

}  // namespace

void paintHollowOrgans(Patient& patient) {
  const std::vector<std::uint8_t> depths = organDepths(patient.map.size, patient.map.labels, 4);
  for (const Label organ : {word::kStomach, word::kEsophagus, word::kDuodenum, word::kColon, word::kIntestine,
                            word::kRectum, word::kBladder})
    if (patient.frame.places()[organ].there()) HollowOrganPainter(patient, organ, depths).paint();
  layerBladder(patient);
}

}  // namespace recontour
