#include <algorithm>
#include <cmath>

#include "models/training/painters.h"

namespace recontour {

void paintTable(Patient& patient) {
  PortableRandom random = patient.random("table");
  if (!chance(random, 0.75)) return;
  const double gap = random.between(1, 5), bend = random.between(0, 1) < 0.4 ? 0 : random.between(0.001, 0.006);
  const double thickness = random.between(6, 14), halfWidth = random.between(60, 80);
  const double mid = patient.frame.slice(patient.map.size.z / 2).midX + 4 * normal(random);
  const bool foam = chance(random, 0.7);
  const double top = patient.outline.largestY() + gap;
  patient.eachVoxel([&](std::size_t at, int x, int y, int) {
    const double side = x - mid, depth = y - (top - bend * side * side);
    if (patient.map.tissue[at] != Tissue::Air || std::abs(side) > halfWidth || depth < 0 || depth >= thickness) return;
    const bool shell = depth < 1 || depth >= thickness - 1;
    patient.map.tissue[at] = shell ? Tissue::TableShell : foam ? Tissue::TableFoam : Tissue::Air;
  });
}

}  // namespace recontour
