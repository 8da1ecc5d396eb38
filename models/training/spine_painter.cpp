#include <algorithm>
#include <cmath>
#include <optional>

#include "models/training/painters.h"

namespace recontour {
namespace {

/// A spine in mm from the centre of its vertebral bodies.
struct Spine {
  double periodMm = 33, discMm = 8;
  double firstZ = 0;  ///< voxels: lower end of the fifth lumbar vertebra
  double halfWidth = 24, halfDepth = 17;
};

/// Tissue at a point of one vertebra or the disc below it. @param up  mm above the disc's lower face
std::optional<Tissue> bodyTissue(const Spine& spine, double dx, double dy, double up, double width) {
  const bool disc = up < spine.discMm;
  const double inVertebra = (up - spine.discMm) / (spine.periodMm - spine.discMm);
  const double waist = disc ? 1 : 1 - 0.1 * std::sin(3.1416 * inVertebra);
  const double a = spine.halfWidth * width * waist, b = spine.halfDepth * width * waist;
  const double r = std::sqrt(dx * dx / (a * a) + dy * dy / (b * b));
  if (r > 1) return std::nullopt;
  if (disc) return Tissue::Disc;
  const double rimMm = (1 - r) * b;
  const bool plate = up < spine.discMm + 2.2 || up > spine.periodMm - 2.2;
  return plate || rimMm < 1.8 ? Tissue::CorticalBone : Tissue::TrabecularBone;
}

/// Arch with its processes around the canal.
std::optional<Tissue> archTissue(const Spine& spine, double dx, double dy, double up, double width) {
  const double x = std::abs(dx), b = spine.halfDepth * width;
  const double canalY = b + 8;
  const double canal = std::sqrt(dx * dx / 121 + (dy - canalY) * (dy - canalY) / 72);
  if (canal < 1) return Tissue::SpinalCanal;
  const double part = up / spine.periodMm;
  if (canal < 1.55 && dy > b - 4 && part > 0.3 && part < 0.95)
    return canal < 1.3 ? Tissue::CorticalBone : Tissue::TrabecularBone;
  const bool joint = std::hypot(x - 17, dy - canalY - 3) < 7.5 && (part < 0.3 || part > 0.85);
  if (joint) return std::hypot(x - 17, dy - canalY - 3) > 4 ? Tissue::CorticalBone : Tissue::TrabecularBone;
  if (x > 12 && x < 38 && std::abs(dy - b - 4 - 0.15 * x) < 4 && part > 0.5 && part < 0.78)
    return Tissue::TrabecularBone;
  if (x < 4 && dy > canalY + 8 && dy < canalY + 34 && part > 0.15 && part < 0.72)
    return x > 2 ? Tissue::CorticalBone : Tissue::TrabecularBone;
  return std::nullopt;
}

Spine drawSpine(const Patient& patient) {
  PortableRandom random = patient.random("spine");
  Spine spine;
  spine.periodMm = random.between(30, 37);
  spine.discMm = random.between(6, 10);
  spine.halfWidth = random.between(22, 26);
  spine.halfDepth = random.between(15.5, 18);
  spine.firstZ = patient.frame.zAt(0.47);
  return spine;
}

}  // namespace

void paintSpine(Patient& patient) {
  const Spine spine = drawSpine(patient);
  const double unit = kSynthesisMm / patient.frame.scale();  // mm of a usual body in a voxel
  for (int z = std::max(0, static_cast<int>(spine.firstZ)); z < patient.map.size.z; ++z) {
    const FrameSlice& slice = patient.frame.slice(z);
    const double width = interpolated({{0.5, 1.05}, {1.0, 1}, {1.6, 0.78}}, slice.height);
    const double rise = (z - spine.firstZ) * unit;
    patient.eachNearMid(z, 16, [&](std::size_t at, int x, int y, int) {
      if (!patient.freeInBody(at) || patient.map.tissue[at] == Tissue::SubcutaneousFat) return;
      const double dx = (x - slice.midX) * unit, dy = (y - slice.spineY) * unit;
      // Discs lean forwards and downwards at the lower end.
      const double up =
          std::fmod(rise + spine.periodMm - 0.25 * dy * std::max(0.0, 0.75 - slice.height) * 4, spine.periodMm);
      std::optional<Tissue> tissue = bodyTissue(spine, dx, dy, std::max(0.0, up), width);
      if (!tissue) tissue = archTissue(spine, dx, dy, std::max(0.0, up), width);
      if (tissue) patient.map.tissue[at] = *tissue;
    });
  }
}

}  // namespace recontour
