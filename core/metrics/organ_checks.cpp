#include "core/metrics/organ_checks.h"

#include <cstdio>
#include <numeric>

#include "core/image/axis_map.h"
#include "core/image/islands.h"

namespace recontour {
namespace {

constexpr std::int16_t kBodyHu = -300;
constexpr double kIslandsMl = 0.5;
constexpr const char* kLeft = "7771000";  // SNOMED CT
constexpr const char* kRight = "24028007";

std::string millilitres(double volume) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f mL", volume < 10 ? 1 : 0, volume);
  return text;
}

void checkIslands(const std::vector<std::int64_t>& parts, double voxelMl, const Organ& organ,
                  std::vector<OrganConcern>& found) {
  const auto wanted = static_cast<std::size_t>(organ.parts);
  if (parts.size() <= wanted) return;
  const double beyond =
      static_cast<double>(std::accumulate(parts.begin() + organ.parts, parts.end(), std::int64_t{0})) * voxelMl;
  if (beyond < kIslandsMl) return;
  const std::size_t islands = parts.size() - wanted;
  found.push_back(
      {"islands", std::to_string(islands) + (islands == 1 ? " island, " : " islands, ") + millilitres(beyond)});
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

void checkSide(const DenseBox& dense, const Box& box, const CheckedCase& checked, const Organ& organ,
               std::vector<OrganConcern>& found) {
  if (!checked.midlineMm || (organ.modifier != kLeft && organ.modifier != kRight)) return;
  const bool isLeft = centreX(dense, checked.geometry, box, organ.label) > *checked.midlineMm;
  if (organ.modifier == kLeft && !isLeft) found.push_back({"side", "lies on the patient's right"});
  if (organ.modifier == kRight && isLeft) found.push_back({"side", "lies on the patient's left"});
}

void checkVolume(double volume, const Organ& organ, std::vector<OrganConcern>& found) {
  if (!organ.volumeRangeMl) return;
  const auto [least, largest] = *organ.volumeRangeMl;
  if (volume >= least / 2 && volume <= largest * 2) return;
  found.push_back({"volume", millilitres(volume) + ", usual is " + millilitres(least) + " to " + millilitres(largest)});
}

void checkScanEdge(const Box& box, const Geometry& geometry, std::vector<OrganConcern>& found) {
  const PlaneAxes axes = AxisMap(geometry).axes(Plane::Axial);
  const bool first = box.lower[axes.sliceAxis] == 0, last = box.upper[axes.sliceAxis] == geometry.size[axes.sliceAxis];
  const bool feet = axes.sliceFlipped ? last : first, head = axes.sliceFlipped ? first : last;
  if (head) found.push_back({"scan edge", "reaches the scan's upper end"});
  if (feet) found.push_back({"scan edge", "reaches the scan's lower end"});
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
  const DenseBox dense = labels.copy(box);
  const auto parts = islandSizes(dense, organ.label);
  const double voxelMl = checked.geometry.voxelVolumeMm3() / 1000;
  const auto voxels = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  std::vector<OrganConcern> found;
  checkSide(dense, box, checked, organ, found);
  checkVolume(static_cast<double>(voxels) * voxelMl, organ, found);
  checkIslands(parts, voxelMl, organ, found);
  checkScanEdge(box, checked.geometry, found);
  return found;
}

}  // namespace recontour
