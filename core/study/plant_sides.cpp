// Which organs can have each other's label.
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/study/plant_kinds.h"

namespace recontour {
namespace {

/// The key with one side for the other; empty without a side.
std::string otherSide(std::string key) {
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"left", "right"}, {"right", "left"}}) {
    const std::size_t at = key.find(from);
    if (at != std::string::npos) return key.replace(at, from.size(), to);
  }
  return {};
}

bool isLeft(const std::string& key) { return key.find("left") != std::string::npos; }

/// World x (LPS, so to the patient's left) of an organ's centre of mass.
double centreX(const LabelMap& map, const Geometry& geometry, Label organ) {
  const Box box = boundingBox(map, organ);
  const DenseBox labels = map.copy(box);
  Point3 sum;
  double count = 0;
  std::size_t voxel = 0;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x) {
        if (labels.labels[voxel++] != organ) continue;
        sum = sum + Point3{static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)};
        ++count;
      }
    }
  }
  return geometry.toWorld(sum * (1 / count)).x;
}

/// Faces that the organ has in common with each other label.
std::array<std::int64_t, 256> contactsOf(const PlantScene& scene, Label organ) {
  std::array<std::int64_t, 256> faces{};
  for (std::size_t i = 0; i < scene.labels.labels.size(); ++i) {
    if (scene.labels.labels[i] != organ) continue;
    for (int axis = 0; axis < 3; ++axis) {
      for (const int step : {-1, 1}) {
        if (const auto beside = scene.neighbour(i, axis, step)) ++faces[scene.labels.labels[*beside]];
      }
    }
  }
  faces[0] = faces[organ] = 0;
  return faces;
}

}  // namespace

Label swapPartner(const PlantScene& scene, const OrganTable& organs, Label organ) {
  if (const Organ* other = organs.find(otherSide(organs.find(organ)->key))) return other->label;
  const auto faces = contactsOf(scene, organ);
  const auto most = std::ranges::max_element(faces);
  if (*most == 0) throw Error(organs.find(organ)->name + " touches no other organ that it could be swapped with");
  return static_cast<Label>(most - faces.begin());
}

void requireOwnSides(const LabelMap& map, const Geometry& geometry, const OrganTable& organs, Label a, Label b) {
  const Organ* first = organs.find(a);
  const Organ* second = organs.find(b);
  if (first == nullptr || second == nullptr || otherSide(first->key) != second->key) return;
  if (!isLeft(first->key)) std::swap(first, second);
  if (centreX(map, geometry, first->label) <= centreX(map, geometry, second->label))
    throw Error(first->name + " lies to the right of " + second->name + " already: swapping them would be right");
}

}  // namespace recontour
