#include <cmath>

#include "models/training/painters.h"
#include "models/training/segment.h"

namespace recontour {
namespace {

constexpr double kFork = 0.66;  // height at which aorta and vena cava part

class VesselPainter {
 public:
  explicit VesselPainter(Patient& patient) : patient_(patient) {}
  void paint();

 private:
  /// A point beside the spine: mm to the left of its mid line and in front of the vertebrae.
  Point3 beforeSpine(double height, double leftMm, double frontMm) const;
  Point3 beforeHead(double height, int side, double xMm, double frontMm) const;
  void trunk(double leftMm, double radiusMm, Tissue tissue, double fromHeight, double toHeight);
  void legs(double leftMm, double radiusMm, Tissue tissue, double forkHeight, double outerMm);
  void renal(Label kidney, double aortaMm, Tissue tissue, double radiusMm, double dz);
  void tube(const Point3& a, const Point3& b, double aMm, double bMm, Tissue tissue);

  Patient& patient_;
};

Point3 VesselPainter::beforeSpine(double height, double leftMm, double frontMm) const {
  const double z = patient_.frame.zAt(height);
  const FrameSlice& slice = patient_.frame.slice(static_cast<int>(std::lround(z)));
  return {slice.midX + scaledVoxels(patient_, leftMm), slice.spineY - scaledVoxels(patient_, 18 + frontMm), z};
}

Point3 VesselPainter::beforeHead(double height, int side, double xMm, double frontMm) const {
  const FemoralHead& head = patient_.frame.heads()[side > 0 ? 0 : 1];
  const FrameSlice& slice = patient_.frame.slice(static_cast<int>(std::lround(patient_.frame.zAt(height))));
  return {slice.midX + side * xMm / 88 * patient_.frame.headHalfDistance(),
          head.centre.y - scaledVoxels(patient_, frontMm), patient_.frame.zAt(height)};
}

void VesselPainter::tube(const Point3& a, const Point3& b, double aMm, double bMm, Tissue tissue) {
  const Segment segment{a, b, scaledVoxels(patient_, aMm), scaledVoxels(patient_, bMm)};
  patient_.each(segment.bounds(), [&](std::size_t at, int x, int y, int z) {
    const Tissue there = patient_.map.tissue[at];
    if (!patient_.freeInBody(at) || isBone(there) || there == Tissue::Disc || there == Tissue::SpinalCanal ||
        there == Tissue::HeartBlood)
      return;
    if (segment.depth({double(x), double(y), double(z)}) > 0) patient_.map.tissue[at] = tissue;
  });
}

void VesselPainter::trunk(double leftMm, double radiusMm, Tissue tissue, double fromHeight, double toHeight) {
  double from = fromHeight;
  while (from < toHeight) {
    const double to = from + 0.1;
    tube(beforeSpine(from, leftMm, radiusMm + 1), beforeSpine(to, leftMm, radiusMm + 1), radiusMm, radiusMm, tissue);
    from = to;
  }
}

void VesselPainter::legs(double leftMm, double radiusMm, Tissue tissue, double forkHeight, double outerMm) {
  for (const int side : {1, -1}) {
    const Point3 fork = beforeSpine(forkHeight, leftMm, radiusMm);
    const Point3 middle = beforeHead(0.42, side, 38 + outerMm * 0.5, 2);
    const Point3 groin = beforeHead(0.12, side, 62 + outerMm, 40);
    const Point3 thigh = beforeHead(-0.3, side, 70 + outerMm, 46);
    tube(fork, middle, radiusMm * 0.6, radiusMm * 0.55, tissue);
    tube(middle, groin, radiusMm * 0.55, radiusMm * 0.48, tissue);
    tube(groin, thigh, radiusMm * 0.48, radiusMm * 0.42, tissue);
    const Point3 inner = beforeHead(0.12, side, 52, -30);
    tube(middle, inner, radiusMm * 0.4, radiusMm * 0.3, tissue);
  }
}

void VesselPainter::renal(Label kidney, double aortaMm, Tissue tissue, double radiusMm, double dz) {
  const OrganPlace& place = patient_.frame.places()[kidney];
  if (!place.there()) return;
  const double height = patient_.frame.height(place.centroid.z + dz);
  const Point3 start = beforeSpine(height, aortaMm, 10);
  tube(start, place.centroid + Point3{0, -1, dz * 0.3}, radiusMm, radiusMm * 0.8, tissue);
}

void VesselPainter::paint() {
  PortableRandom random = patient_.random("vessels");
  const double aorta = random.between(8, 12), vein = random.between(9, 13);
  const double aortaLeft = random.between(2, 14), veinLeft = -random.between(18, 26);
  const OrganPlace& liver = patient_.frame.places()[word::kLiver];
  const double top = patient_.frame.height(patient_.map.size.z);
  trunk(veinLeft, vein, Tissue::Vein, kFork - 0.03, liver.there() ? patient_.frame.height(liver.box.upper.z) : top);
  legs(veinLeft, vein, Tissue::Vein, kFork - 0.03, -6);
  renal(word::kKidneyLeft, veinLeft, Tissue::Vein, 4.5, -1);
  renal(word::kKidneyRight, veinLeft, Tissue::Vein, 4.5, -1);
  renal(word::kKidneyLeft, aortaLeft, Tissue::Artery, 3, 1);
  renal(word::kKidneyRight, aortaLeft, Tissue::Artery, 3, 1);
  trunk(aortaLeft, aorta, Tissue::Artery, kFork, top);
  legs(aortaLeft, aorta, Tissue::Artery, kFork, 6);
  // Superior mesenteric artery and vein, portal vein towards the liver.
  tube(beforeSpine(1.12, 4, 30), beforeSpine(0.72, -4, 46), 3.5, 3, Tissue::Artery);
  tube(beforeSpine(1.15, -14, 34), beforeSpine(0.72, -14, 48), 6, 4, Tissue::Vein);
  tube(beforeSpine(1.15, -14, 34), beforeSpine(1.4, -50, 38), 6.5, 6, Tissue::Vein);
  tube(beforeSpine(1.17, -10, 32), beforeSpine(1.3, 70, 10), 4, 3.5, Tissue::Vein);  // splenic
  tube(beforeSpine(1.27, 6, 26), beforeSpine(1.3, -25, 34), 3, 2.5, Tissue::Artery);
}

}  // namespace

void paintVessels(Patient& patient) { VesselPainter(patient).paint(); }

}  // namespace recontour
