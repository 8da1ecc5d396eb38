#include <algorithm>
#include <cmath>

#include "models/training/painters.h"

namespace recontour {
namespace {

/// Muscle that reaches into the cavity behind and beside the vertebrae.
bool besideSpine(double dxMm, double dyMm) { return dyMm > 8 && std::abs(dxMm) < 26 + 0.8 * (dyMm - 8); }

/// Chances that a body has a lot of fat where others have muscle.
struct Fatness {
  float wall = 0;    ///< specks above this SD of the field are fat
  float sheets = 0;  ///< planes between muscles: half width in SDs
  float strands = 0;
};

class WallPainter {
 public:
  explicit WallPainter(Patient& patient);
  void paint(int x, int y, int z, std::size_t at);

 private:
  Tissue inWall(double x, double y, double z, const FrameSlice& slice, const BodyDepths& depths) const;
  Tissue inCavity(double x, double y, double z, const FrameSlice& slice) const;

  Patient& patient_;
  SmoothField specks_, planes_, first_, second_;
  Fatness fatness_;
};

WallPainter::WallPainter(Patient& patient)
    : patient_(patient),
      specks_(patient.field("muscle fat", 2.6)),
      planes_(patient.field("muscle planes", 9)),
      first_(patient.field("strands 1", 4.5)),
      second_(patient.field("strands 2", 4.5)) {
  PortableRandom random = patient.random("fatness");
  fatness_.wall = static_cast<float>(random.between(1.7, 3.0));
  fatness_.sheets = static_cast<float>(random.between(0.03, 0.12));
  fatness_.strands = static_cast<float>(random.between(0.02, 0.07));
}

Tissue WallPainter::inWall(double x, double y, double z, const FrameSlice& slice, const BodyDepths& depths) const {
  if (specks_.at(x, y, z) > fatness_.wall) return Tissue::SubcutaneousFat;
  // Planes of fat between the muscles of hips and back; the belly's wall is too thin for them.
  const bool thick = slice.height < 0.6 || y > slice.spineY;
  if (thick && depths.muscle > 1.5f && std::abs(planes_.at(x, y, z)) < fatness_.sheets) return Tissue::SubcutaneousFat;
  const bool middle = y < slice.centreY && std::abs(x - slice.midX) < 1.2;
  if (middle && slice.height > 0 && slice.height < 0.9) return Tissue::SubcutaneousFat;  // linea alba
  return Tissue::Muscle;
}

Tissue WallPainter::inCavity(double x, double y, double z, const FrameSlice& slice) const {
  const double unit = kSynthesisMm / patient_.frame.scale();
  if (slice.height > 0.47 && besideSpine((x - slice.midX) * unit, (y - slice.spineY) * unit)) return Tissue::Muscle;
  const float a = first_.at(x, y, z), b = second_.at(x, y, z);
  const bool mesentery = y < slice.spineY - 6 && slice.height > 0.1;
  return a * a + b * b < (mesentery ? fatness_.strands : 0.25f * fatness_.strands) ? Tissue::SmallVessel
                                                                                   : Tissue::VisceralFat;
}

void WallPainter::paint(int x, int y, int z, std::size_t at) {
  const FrameSlice& slice = patient_.frame.slice(z);
  // A bent cleft between the buttocks.
  const bool cleft = slice.height < 0.22 && std::abs(x - slice.midX) < 1 &&
                     y > patient_.outline.largestY() - 9 + 60 * std::max(0.0, slice.height);
  const BodyDepths depths = patient_.outline.depths(x, y, z);
  Tissue& tissue = patient_.map.tissue[at];
  if (depths.skin <= 0 || cleft) {
    tissue = Tissue::Air;
  } else if (depths.skin < 0.7f) {
    tissue = Tissue::Skin;
  } else if (depths.muscle <= 0) {
    tissue = Tissue::SubcutaneousFat;
  } else {
    tissue = depths.cavity > 0 ? inCavity(x, y, z, slice) : inWall(x, y, z, slice, depths);
  }
}

}  // namespace

void paintBodyWall(Patient& patient) {
  WallPainter painter(patient);
  patient.eachVoxel([&](std::size_t at, int x, int y, int z) { painter.paint(x, y, z, at); });
}

}  // namespace recontour
