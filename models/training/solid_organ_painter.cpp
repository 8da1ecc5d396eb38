#include <algorithm>
#include <cmath>

#include "models/training/organ_depth.h"
#include "models/training/painters.h"

namespace recontour {
namespace {

/// A ball of another tissue inside an organ.
struct Lump {
  Label organ;
  Point3 centre;
  double radius;
  Tissue tissue;
};

class SolidOrganPainter {
 public:
  explicit SolidOrganPainter(Patient& patient);
  void paintTissues();
  void paintLumps();

 private:
  Tissue liverAt(int x, int y, int z) const;
  Tissue kidneyAt(std::size_t at, int x, int y, int z) const;
  Tissue pancreasAt(std::size_t at, int x, int y, int z) const;
  Tissue boneAt(std::size_t at, Label side) const;
  void addLumps(Label organ, double probability, int most, double least, double largest, Tissue tissue,
                PortableRandom& random);
  void paintLump(const Lump& lump);

  Patient& patient_;
  std::vector<std::uint8_t> depths_;
  SmoothField first_, second_, fine_;
  float pancreasFat_ = 0;
  double cortex_ = 0;
  bool metal_[2] = {};
  std::vector<Lump> lumps_;
};

SolidOrganPainter::SolidOrganPainter(Patient& patient)
    : patient_(patient),
      depths_(organDepths(patient.map.size, patient.map.labels, 5)),
      first_(patient.field("liver vessels 1", 7)),
      second_(patient.field("liver vessels 2", 7)),
      fine_(patient.field("organ structure", 2.8)) {
  PortableRandom random = patient.random("solid organs");
  pancreasFat_ = static_cast<float>(random.between(1.1, 2.8));
  cortex_ = random.between(1.6, 2.6);
  const bool hip = chance(random, 0.03);
  metal_[hip && chance(random, 0.5) ? 0 : 1] = hip;
  using namespace word;
  addLumps(kLiver, 0.15, 3, 2, 6, Tissue::Cyst, random);
  addLumps(kLiver, 0.15, 4, 2, 7, Tissue::Lesion, random);
  addLumps(kKidneyLeft, 0.2, 2, 2, 5, Tissue::Cyst, random);
  addLumps(kKidneyRight, 0.2, 2, 2, 5, Tissue::Cyst, random);
  addLumps(kKidneyLeft, 0.07, 2, 0.8, 1.5, Tissue::Stone, random);
  addLumps(kKidneyRight, 0.07, 2, 0.8, 1.5, Tissue::Stone, random);
  addLumps(kSpleen, 0.05, 1, 2, 4, Tissue::Cyst, random);
  addLumps(kGallbladder, 0.15, 4, 0.9, 2, Tissue::Stone, random);
}

Tissue SolidOrganPainter::liverAt(int x, int y, int z) const {
  const float a = first_.at(x, y, z), b = second_.at(x, y, z);
  return a * a + b * b < 0.03f ? Tissue::LiverVessel : Tissue::Liver;
}

Tissue SolidOrganPainter::kidneyAt(std::size_t at, int x, int y, int z) const {
  if (depths_[at] <= cortex_) return Tissue::KidneyCortex;
  const float structure = fine_.at(x, y, z);
  if (depths_[at] >= 4 && structure > 0.9f) return Tissue::RenalPelvis;
  return structure > -0.6f ? Tissue::KidneyMedulla : Tissue::KidneyCortex;
}

Tissue SolidOrganPainter::pancreasAt(std::size_t at, int x, int y, int z) const {
  const bool lobed = depths_[at] < 3 && fine_.at(x, y, z) > pancreasFat_;
  return lobed ? Tissue::VisceralFat : Tissue::Pancreas;
}

Tissue SolidOrganPainter::boneAt(std::size_t at, Label side) const {
  if (metal_[side == word::kFemurLeft ? 0 : 1]) return Tissue::Metal;
  return depths_[at] == 1 ? Tissue::CorticalBone : Tissue::TrabecularBone;
}

void SolidOrganPainter::paintTissues() {
  using namespace word;
  patient_.eachVoxel([&](std::size_t at, int x, int y, int z) {
    const Label label = patient_.map.labels[at];
    Tissue& tissue = patient_.map.tissue[at];
    if (label == kLiver) tissue = liverAt(x, y, z);
    if (label == kSpleen) tissue = Tissue::Spleen;
    if (isKidney(label)) tissue = kidneyAt(at, x, y, z);
    if (label == kPancreas) tissue = pancreasAt(at, x, y, z);
    if (label == kAdrenal) tissue = Tissue::Adrenal;
    if (label == kGallbladder)
      tissue = depths_[at] == 1 && fine_.at(x, y, z) > 0.3f ? Tissue::GallbladderWall : Tissue::Bile;
    if (isFemur(label)) tissue = boneAt(at, label);
  });
}

void SolidOrganPainter::addLumps(Label organ, double probability, int most, double least, double largest, Tissue tissue,
                                 PortableRandom& random) {
  if (!chance(random, probability)) return;
  const OrganPlace& place = patient_.frame.places()[organ];
  const int count = 1 + random.below(most);
  for (int i = 0; i < count; ++i) {
    const Box& box = place.box;
    const Point3 centre{random.between(box.lower.x, box.upper.x), random.between(box.lower.y, box.upper.y),
                        random.between(box.lower.z, box.upper.z)};
    lumps_.push_back({organ, centre, random.between(least, largest), tissue});
  }
}

void SolidOrganPainter::paintLump(const Lump& lump) {
  const Index3 at{static_cast<int>(lump.centre.x), static_cast<int>(lump.centre.y), static_cast<int>(lump.centre.z)};
  patient_.each(grow({at, {at.x + 1, at.y + 1, at.z + 1}}, static_cast<int>(lump.radius) + 1),
                [&](std::size_t offset, int x, int y, int z) {
                  if (patient_.map.labels[offset] != lump.organ) return;
                  const double distance = length(Point3{double(x), double(y), double(z)} - lump.centre);
                  if (distance < lump.radius * (1 + 0.15 * static_cast<double>(fine_.at(x, y, z))))
                    patient_.map.tissue[offset] = lump.tissue;
                });
}

void SolidOrganPainter::paintLumps() {
  for (const Lump& lump : lumps_) paintLump(lump);
}

}  // namespace

void paintSolidOrgans(Patient& patient) {
  SolidOrganPainter painter(patient);
  painter.paintTissues();
  painter.paintLumps();
}

}  // namespace recontour
