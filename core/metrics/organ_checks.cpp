#include "core/metrics/organ_checks.h"

#include <cstdio>

#include "core/image/axis_map.h"
#include "core/image/islands.h"
#include "core/image/tg263.h"

namespace recontour {
namespace {

constexpr std::int16_t kBodyHu = -300;
constexpr double kIslandsMl = 0.5;
constexpr double kSeriousPart = 0.05;

std::string millilitres(double volume) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f mL", volume < 10 ? 1 : 0, volume);
  return text;
}

/// An organ of the map, cut out once for all checks.
struct CutOut {
  DenseBox dense;
  Box box;
  std::vector<Island> parts;
  double voxelMl;

  double millilitresFrom(std::size_t firstPart) const {
    std::int64_t voxels = 0;
    for (std::size_t i = firstPart; i < parts.size(); ++i) voxels += parts[i].voxels;
    return static_cast<double>(voxels) * voxelMl;
  }
};

/// World position of a voxel of a box.
Point3 worldAt(const Geometry& geometry, const Box& box, const Index3& inBox) {
  return geometry.toWorld(Index3{box.lower.x + inBox.x, box.lower.y + inBox.y, box.lower.z + inBox.z});
}

void checkIslands(const CutOut& cut, const Geometry& geometry, const Organ& organ, std::vector<OrganConcern>& found) {
  const auto wanted = static_cast<std::size_t>(organ.parts);
  if (cut.parts.size() <= wanted) return;
  const double beyond = cut.millilitresFrom(wanted);
  if (beyond < kIslandsMl) return;
  const int count = static_cast<int>(cut.parts.size() - wanted);
  OrganConcern concern{
      "islands", std::to_string(count) + (count == 1 ? " island of " : " islands, together ") + millilitres(beyond)};
  concern.serious = beyond >= kSeriousPart * cut.millilitresFrom(0);
  concern.count = count;
  for (std::size_t i = wanted; i < cut.parts.size(); ++i)
    concern.places.push_back(worldAt(geometry, cut.box, cut.parts[i].place));
  found.push_back(std::move(concern));
}

/// World x of the organ's centre of mass.
double centreX(const DenseBox& dense, const Geometry& geometry, const Box& box, Label organ) {
  double sum = 0, count = 0;
  std::size_t i = 0;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      const double first = geometry.toWorld(Index3{box.lower.x, y, z}).x;
      const double step = geometry.axisDirection(0).x * geometry.spacing.x;
      for (int x = 0; x < dense.size.x; ++x, ++i) {
        if (dense.labels[i] != organ) continue;
        sum += first + step * x;
        ++count;
      }
    }
  }
  return sum / count;
}

void checkSide(const CutOut& cut, const CheckedCase& checked, const Organ& organ, std::vector<OrganConcern>& found) {
  if (!checked.midlineMm || (organ.modifier != kSnomedLeft && organ.modifier != kSnomedRight)) return;
  const bool isLeft = centreX(cut.dense, checked.geometry, cut.box, organ.label) > *checked.midlineMm;
  if (isLeft == (organ.modifier == kSnomedLeft)) return;
  const Point3 place = worldAt(checked.geometry, cut.box, cut.parts.front().place);
  found.push_back({"side", isLeft ? "lies on the patient's left" : "lies on the patient's right", true, 0, {place}});
}

void checkVolume(double volume, const Organ& organ, std::vector<OrganConcern>& found) {
  if (!organ.volumeRangeMl) return;
  const auto [least, largest] = *organ.volumeRangeMl;
  if (volume >= least / 2 && volume <= largest * 2) return;
  found.push_back(
      {"volume", millilitres(volume) + ", usual is " + millilitres(least) + " to " + millilitres(largest), true});
}

/// Somewhere in the middle of the organ on one slice.
Point3 placeOnSlice(const LabelMap& labels, const Geometry& geometry, Box box, int axis, int slice, Label organ) {
  box.lower[axis] = slice;
  box.upper[axis] = slice + 1;
  return worldAt(geometry, box, islandsOf(labels.copy(box), organ).front().place);
}

void checkScanEdge(const LabelMap& labels, const Box& box, const Geometry& geometry, Label organ,
                   std::vector<OrganConcern>& found) {
  const PlaneAxes axes = AxisMap(geometry).axes(Plane::Axial);
  const int axis = axes.sliceAxis, last = geometry.size[axis] - 1;
  const int feet = axes.sliceFlipped ? last : 0, head = last - feet;
  const auto check = [&](int slice, const char* reason) {
    if (box.lower[axis] > slice || box.upper[axis] <= slice) return;
    found.push_back({"scan edge", reason, false, 0, {placeOnSlice(labels, geometry, box, axis, slice, organ)}});
  };
  check(head, "reaches the scan's upper end");
  check(feet, "reaches the scan's lower end");
}

}  // namespace

std::optional<double> bodyMidlineMm(const Volume& volume, const Geometry& geometry) {
  double sum = 0, count = 0;
  const double step = geometry.axisDirection(0).x * geometry.spacing.x;
  const std::int16_t* hu = volume.voxels().data();
  for (int z = 0; z < geometry.size.z; ++z) {
    for (int y = 0; y < geometry.size.y; ++y) {
      const double first = geometry.toWorld(Index3{0, y, z}).x;
      std::int64_t dense = 0, positions = 0;
      for (int x = 0; x < geometry.size.x; ++x, ++hu) {
        if (*hu <= kBodyHu) continue;
        ++dense;
        positions += x;
      }
      sum += first * static_cast<double>(dense) + step * static_cast<double>(positions);
      count += static_cast<double>(dense);
    }
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::vector<OrganConcern> checkOrgan(const LabelMap& labels, const CheckedCase& checked, const Organ& organ) {
  const Box box = boundingBox(labels, organ.label);
  if (box.empty()) return {};
  CutOut cut{labels.copy(box), box, {}, checked.geometry.voxelVolumeMm3() / 1000};
  cut.parts = islandsOf(cut.dense, organ.label);
  std::vector<OrganConcern> found;
  checkSide(cut, checked, organ, found);
  checkVolume(cut.millilitresFrom(0), organ, found);
  checkIslands(cut, checked.geometry, organ, found);
  checkScanEdge(labels, box, checked.geometry, organ.label, found);
  return found;
}

}  // namespace recontour
