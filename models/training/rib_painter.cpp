#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/training/painters.h"

namespace recontour {
namespace {

constexpr double kBoneEnd = 0.62, kCartilageEnd = 0.9;  // parts of the way from the spine to the front
// Where the lowest ribs end.
constexpr double kShortEnds[] = {0.3, 0.46};

/// What a rib is at a part of its way round: how much lower than at the spine, mm, and whether it is there.
struct RibCourse {
  double dropMm = 0;
  bool there = false, bone = false;
};

RibCourse courseOf(int rib, double part) {
  const double end = rib < 2 ? kShortEnds[rib] : kCartilageEnd;
  RibCourse course;
  course.there = part < end && part > 0.05;
  course.bone = part < kBoneEnd;
  const double along = std::min(part, kBoneEnd) / kBoneEnd;
  course.dropMm = 105 * std::pow(along, 1.3);
  if (!course.bone) course.dropMm -= 70 * (part - kBoneEnd) / (kCartilageEnd - kBoneEnd);  // the costal margin rises
  return course;
}

}  // namespace

void paintRibs(Patient& patient) {
  PortableRandom random = patient.random("ribs");
  const double lowest = patient.frame.zAt(random.between(1.32, 1.46)),
               period = scaledVoxels(patient, random.between(24, 29));
  const double half = scaledVoxels(patient, random.between(5, 6.5));
  const int ribs = 2 + static_cast<int>((patient.map.size.z + 40 - lowest) / period);
  patient.eachVoxel([&](std::size_t at, int x, int y, int z) {
    if (z < lowest - 45 || !patient.freeInBody(at) || patient.map.tissue[at] == Tissue::SubcutaneousFat) return;
    const BodyDepths depths = patient.outline.depths(x, y, z);
    if (depths.cavity > 0.2f || depths.muscle < 0.6f || depths.cavity < -3.0f) return;
    // 0 at the spine, 1 at the front.
    const double turn = std::abs(static_cast<double>(depths.angle) / RadialSurface::kAngles - 0.25) * 2;
    const double part = turn > 1 ? 2 - turn : turn;
    for (int rib = 0; rib < ribs; ++rib) {
      const RibCourse course = courseOf(rib, part);
      const double off = std::abs(z - (lowest + rib * period - scaledVoxels(patient, course.dropMm)));
      if (!course.there || off > half) continue;
      const bool core = off < half - 1.2 && depths.cavity < -0.6f && depths.cavity > -2.2f;
      patient.map.tissue[at] = !course.bone ? Tissue::Cartilage : core ? Tissue::TrabecularBone : Tissue::CorticalBone;
    }
  });
}

}  // namespace recontour
