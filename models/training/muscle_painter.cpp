#include <algorithm>
#include <cmath>

#include "models/training/painters.h"

namespace recontour {
namespace {

/// Centre and half axes of the left psoas by height, mm: beside the spine (y from its centre) above the pelvis, in
/// front of the head of the femur below (y from the head).
struct PsoasRow {
  double height, x, y, halfWidth, halfDepth;
};
constexpr PsoasRow kPsoas[] = {{-0.25, 92, -4, 11, 11}, {0.0, 86, -34, 17, 13}, {0.2, 70, -30, 20, 15},
                               {0.4, 56, -14, 22, 17},  {0.55, 47, 2, 20, 17},  {0.75, 40, 4, 16, 16},
                               {0.95, 34, 6, 11, 13},   {1.15, 28, 6, 4, 6}};

PsoasRow psoasAt(double height) {
  const PsoasRow* row = std::begin(kPsoas);
  while (row + 2 < std::end(kPsoas) && row[1].height < height) ++row;
  const double part = (height - row[0].height) / (row[1].height - row[0].height);
  const auto mix = [part](double a, double b) { return a + part * (b - a); };
  return {height, mix(row[0].x, row[1].x), mix(row[0].y, row[1].y), mix(row[0].halfWidth, row[1].halfWidth),
          mix(row[0].halfDepth, row[1].halfDepth)};
}

/// Soft tissue between bladder, pubis and rectum: prostate or vagina, urethra, muscles of the pelvic floor.
void paintPelvicFloor(Patient& patient, double headY) {
  for (int z = 0; z < patient.map.size.z; ++z) {
    const FrameSlice& slice = patient.frame.slice(z);
    if (slice.height > 0.02) break;
    const double a = scaledVoxels(patient, 23), b = scaledVoxels(patient, 27), y0 = headY - scaledVoxels(patient, 10);
    patient.eachNearMid(z, a + 1, [&](std::size_t at, int x, int y, int) {
      const double dx = (x - slice.midX) / a, dy = (y - y0) / b;
      if (dx * dx + dy * dy < 1 && patient.freeInBody(at)) patient.map.tissue[at] = Tissue::Muscle;
    });
  }
}

}  // namespace

void paintMuscles(Patient& patient) {
  PortableRandom random = patient.random("psoas");
  const double thickness = random.between(0.8, 1.15);
  const SmoothField field = patient.field("psoas", 5);
  const auto& heads = patient.frame.heads();
  const double headY = (heads[0].centre.y + heads[1].centre.y) / 2;
  paintPelvicFloor(patient, headY);
  for (int z = 0; z < patient.map.size.z; ++z) {
    const FrameSlice& slice = patient.frame.slice(z);
    if (slice.height < kPsoas[0].height || slice.height > 1.15) continue;
    const PsoasRow row = psoasAt(slice.height);
    const double toSpine = std::clamp((slice.height - 0.3) / 0.3, 0.0, 1.0);
    const double y0 = headY + toSpine * (slice.spineY - headY) + scaledVoxels(patient, row.y);
    const double a = scaledVoxels(patient, row.halfWidth) * thickness,
                 b = scaledVoxels(patient, row.halfDepth) * thickness;
    const double x0 = scaledVoxels(patient, row.x);
    patient.eachNearMid(z, x0 + a + 2, [&](std::size_t at, int x, int y, int) {
      const double dx = (std::abs(x - slice.midX) - x0) / a, dy = (y - y0) / b;
      const double edge = 1 + 0.1 * static_cast<double>(field.at(x, y, z));
      if (dx * dx + dy * dy < edge && patient.freeInBody(at)) patient.map.tissue[at] = Tissue::Muscle;
    });
  }
}

}  // namespace recontour
