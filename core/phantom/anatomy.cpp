#include "core/phantom/anatomy.h"

#include "core/phantom/body_painter.h"
#include "core/phantom/chest_painter.h"
#include "core/phantom/organ_maker.h"
#include "core/phantom/pelvis_painter.h"
#include "core/phantom/rib_painter.h"
#include "core/phantom/spine_painter.h"
#include "core/phantom/tube_painter.h"

namespace recontour {
namespace {

using Painters = std::vector<std::unique_ptr<SlicePainter>>;

void addFrame(Painters& painters, const Parameters& p, const Variation& variation, const BoundsMm& cover) {
  const OrganMaker organs(p, variation);
  auto body = std::make_unique<BodyPainter>(p.group("body"), variation);
  auto spine = std::make_unique<SpinePainter>(p.group("spine"));
  const Section cavity = body->cavity();
  const Table spineCentreY = spine->centreY();
  painters.push_back(std::move(body));
  painters.push_back(std::move(spine));
  painters.push_back(std::make_unique<IliumPainter>(p.group("ilium"), IliumPainter::Part::Bone));
  painters.push_back(std::make_unique<PelvisPainter>(p.group("pelvis")));
  painters.push_back(organs.tubes("psoas", Tissue::Muscle));
  painters.push_back(std::make_unique<IliumPainter>(p.group("ilium"), IliumPainter::Part::Muscle));
  painters.push_back(std::make_unique<RibPainter>(p.group("ribs"), cavity));
  const std::vector<EllipsoidUnion> support{organs.shape("liver"), organs.shape("spleen"), organs.shape("stomach")};
  Diaphragm diaphragm(p.group("chest").group("diaphragm"), support, cover);
  painters.push_back(std::make_unique<ChestPainter>(p.group("chest"), std::move(diaphragm), spineCentreY));
  painters.push_back(organs.tubes("crura", Tissue::Diaphragm));
  painters.push_back(std::make_unique<StrandPainter>(p.group("vessels").group("mesentery")));
  painters.push_back(organs.twigs());
}

void addOrgans(Painters& painters, const OrganMaker& make) {
  painters.push_back(make.intestine());
  painters.push_back(make.colon());
  painters.push_back(make.liver());
  painters.push_back(make.liverVessels());
  painters.push_back(make.spleen());
  painters.push_back(make.stomach());
  painters.push_back(make.pancreas());
  painters.push_back(make.tubes("splenic", Tissue::Vein));
  painters.push_back(make.duodenum());
  painters.push_back(make.gallbladder());
  painters.push_back(make.kidney("kidney_left"));
  painters.push_back(make.kidney("kidney_right"));
  painters.push_back(make.adrenals());
  painters.push_back(make.tubes("iliacVeins", Tissue::Vein));
  painters.push_back(make.tubes("iliacArteries", Tissue::Aorta));
  painters.push_back(make.tubes("cava", Tissue::Vein));
  painters.push_back(make.tubes("aorta", Tissue::Aorta));
  painters.push_back(make.esophagus());
  painters.push_back(make.rectum());
  painters.push_back(make.prostate());
  painters.push_back(make.bladder());
  painters.push_back(make.femur("head_of_femur_left"));
  painters.push_back(make.femur("head_of_femur_right"));
}

}  // namespace

Painters makeAnatomy(const Parameters& parameters, const Variation& variation, const BoundsMm& cover) {
  Painters painters;
  addFrame(painters, parameters, variation, cover);
  addOrgans(painters, OrganMaker(parameters, variation));
  return painters;
}

}  // namespace recontour
