#include "core/image/label_layers.h"

namespace recontour {
namespace {

bool holdsNothing(const LabelMap& map) { return map == LabelMap(map.size()); }

/// Each layer of `a` that has a voxel is one of `b`, and equal.
bool liesIn(const LabelLayers& a, const LabelLayers& b) {
  for (const auto& [structure, map] : a.overlapping()) {
    const auto other = b.overlapping().find(structure);
    if (other == b.overlapping().end() ? !holdsNothing(map) : !(map == other->second)) return false;
  }
  return true;
}

}  // namespace

void LabelLayers::setOverlapping(const std::bitset<256>& structures) {
  std::erase_if(overlapping_, [&](const auto& entry) { return !structures[entry.first]; });
  for (std::size_t label = 1; label < structures.size(); ++label) {
    if (structures[label]) overlapping_.try_emplace(static_cast<Label>(label), organs_.size());
  }
}

std::bitset<256> LabelLayers::structures() const {
  std::bitset<256> structures;
  for (const auto& [structure, map] : overlapping_) structures.set(structure);
  return structures;
}

std::vector<Label> LabelLayers::numbers() const {
  std::vector<Label> numbers = {kOrgans};
  for (const auto& [structure, map] : overlapping_) numbers.push_back(structure);
  return numbers;
}

const LabelMap& LabelLayers::layer(Label number) const {
  const auto found = overlapping_.find(number);
  return found == overlapping_.end() ? organs_ : found->second;
}

LabelMap& LabelLayers::layer(Label number) {
  const auto found = overlapping_.find(number);
  return found == overlapping_.end() ? organs_ : found->second;
}

bool operator==(const LabelLayers& a, const LabelLayers& b) {
  return a.organs() == b.organs() && liesIn(a, b) && liesIn(b, a);
}

LabelMap onlyLabels(const LabelMap& map, const std::bitset<256>& wanted) {
  LabelMap only(map.size());
  for (std::size_t number = 0; number < map.brickCount(); ++number) {
    if (map.brick(number).get() == nullptr) continue;
    const Box box = map.brickBox(number);
    DenseBox labels = map.copy(box);
    for (Label& label : labels.labels) label = wanted[label] ? label : Label{0};
    only.write(box, labels);
  }
  return only;
}

LabelLayers inLayers(const LabelMap& map, const std::bitset<256>& structures) {
  if (structures.none()) return map;
  LabelLayers layers(onlyLabels(map, ~structures));
  layers.setOverlapping(structures);
  for (auto& [structure, own] : layers.overlapping_) own = onlyLabels(map, std::bitset<256>().set(structure));
  return layers;
}

}  // namespace recontour
