#include "models/training/tissue_map.h"

#include "models/training/label_warp.h"
#include "models/training/painters.h"

namespace recontour {
namespace {

constexpr int kAir = 12;    // voxels around the body that are kept
constexpr int kTable = 12;  // and more of them at the back

/// The part of the grid that is worth painting and keeping.
Box areaOf(const BodyOutline& outline, const Size3& size) {
  Box area = grow(outline.bounds(), kAir);
  area.upper.y += kTable;
  return intersect(area, {{0, 0, 0}, size});
}

TissueMap cut(const TissueMap& map, const Box& box) {
  TissueMap part;
  part.size = box.size();
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      const auto from = static_cast<std::ptrdiff_t>(map.offset(box.lower.x, y, z)), to = from + part.size.x;
      part.tissue.insert(part.tissue.end(), map.tissue.begin() + from, map.tissue.begin() + to);
      part.labels.insert(part.labels.end(), map.labels.begin() + from, map.labels.begin() + to);
    }
  }
  return part;
}

}  // namespace

TissueMap makeTissueMap(const LabelMap& labels, std::uint64_t seed) {
  DenseBox organs = warpLabels(labels, seed);
  const BodyFrame frame(organs);
  const BodyOutline outline(organs, frame, seed);
  TissueMap map{organs.size, std::vector<Tissue>(organs.labels.size(), Tissue::Air), std::move(organs.labels), {}};
  const Box area = areaOf(outline, map.size);
  Patient patient{std::move(map), frame, outline, seed, area};
  paintBodyWall(patient);
  paintChest(patient);
  paintMuscles(patient);
  paintRibs(patient);
  paintSpine(patient);
  paintPelvis(patient);
  paintVessels(patient);
  paintSolidOrgans(patient);
  paintHollowOrgans(patient);
  paintTable(patient);
  TissueMap result = cut(patient.map, area);
  const Box body = intersect(outline.bounds(), area);
  const auto moved = [&](const Index3& at) {
    return Index3{at.x - area.lower.x, at.y - area.lower.y, at.z - area.lower.z};
  };
  result.body = {moved(body.lower), moved(body.upper)};
  return result;
}

}  // namespace recontour
