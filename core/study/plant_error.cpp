#include "core/study/plant_error.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/study/plant_kinds.h"

namespace recontour {
namespace {

Box grownByMm(Box box, const Geometry& geometry, double mm) {
  for (int axis = 0; axis < 3; ++axis) {
    const int by = static_cast<int>(std::ceil(mm / geometry.spacing[axis])) + 1;
    box.lower[axis] -= by;
    box.upper[axis] += by;
  }
  return intersect(box, geometry.box());
}

Box inhabitedBox(const LabelMap& map) {
  const auto counts = labelCounts(map);
  Box inhabited;
  for (std::size_t label = 1; label < counts.size(); ++label) {
    if (counts[label] > 0) inhabited = unite(inhabited, boundingBox(map, static_cast<Label>(label)));
  }
  return inhabited;
}

void requirePossible(const LabelMap& map, const Geometry& geometry, const OrganTable& organs,
                     const PlantRequest& request) {
  if (std::ranges::find(plantedErrorNames(), request.kind) == plantedErrorNames().end())
    throw Error(request.kind + " is no kind of planted error");
  if (!(map.size() == geometry.size)) throw Error("the labels do not lie on the grid that they are said to");
  if (!(request.targetMl > 0)) throw Error("an error has more than 0 mL");
  if (request.number == 0) throw Error("errors are numbered from 1");
  if (organs.find(request.organ) == nullptr)
    throw Error("the organ table has no label " + std::to_string(request.organ));
  if (boundingBox(map, request.organ).empty())
    throw Error(organs.find(request.organ)->name + " is not there, so nothing can be wrong with it");
}

PlantScene swapScene(const LabelMap& map, const Geometry& geometry, const OrganTable& organs,
                     const PlantRequest& request) {
  const Box own = grownByMm(boundingBox(map, request.organ), geometry, 0);
  const Label other = request.other != 0
                          ? request.other
                          : swapPartner(PlantScene(map, geometry, own, request.seed), organs, request.organ);
  const Box theirs = boundingBox(map, other);
  if (other == request.organ || theirs.empty())
    throw Error(organs.find(request.organ)->name + " cannot be swapped with label " + std::to_string(other));
  requireOwnSides(map, geometry, organs, request.organ, other);
  PlantScene scene(map, geometry, unite(own, theirs), request.seed);
  exchange(scene, request.organ, other);
  return scene;
}

Box relativeTo(const Box& box, const Box& frame) {
  const auto less = [&](const Index3& a) {
    return Index3{a.x - frame.lower.x, a.y - frame.lower.y, a.z - frame.lower.z};
  };
  return {less(box.lower), less(box.upper)};
}

PlantScene plantedScene(const LabelMap& map, const Geometry& geometry, const OrganTable& organs,
                        const PlantRequest& request) {
  if (request.kind == "swap") return swapScene(map, geometry, organs, request);
  const Box box = grownByMm(boundingBox(map, request.organ), geometry, plantReachMm(request));
  PlantScene scene(map, geometry, box, request.seed);
  if (request.kind == "missing_part") plantMissingPart(scene, request);
  if (request.kind == "shift") plantShift(scene, request);
  if (request.kind == "spill") plantSpill(scene, request);
  if (request.kind == "extra_island") plantIsland(scene, request, relativeTo(inhabitedBox(map), box));
  if (request.kind == "organ_missing") exchange(scene, request.organ, 0);
  return scene;
}

void requireOneGrid(const PlantOutcome& outcome) {
  const Size3 size = outcome.mask.size();
  const bool same = outcome.original.size() == size && outcome.start.size() == size && outcome.final.size() == size &&
                    (outcome.reference == nullptr || outcome.reference->size() == size);
  if (!same) throw Error("maps of different size cannot tell what became of an error");
}

}  // namespace

const std::vector<std::string>& plantedErrorNames() {
  static const std::vector<std::string> kNames = {"missing_part", "swap",         "shift",
                                                  "spill",        "extra_island", "organ_missing"};
  return kNames;
}

PlantedMap plantError(const LabelMap& labels, const Geometry& geometry, const OrganTable& organs,
                      const PlantRequest& request) {
  requirePossible(labels, geometry, organs, request);
  const PlantScene scene = plantedScene(labels, geometry, organs, request);
  const DenseBox before = labels.copy(scene.box());
  DenseBox mask{before.size, std::vector<Label>(before.labels.size())};
  PlantedMap planted{labels, LabelMap(labels.size())};
  for (std::size_t i = 0; i < mask.labels.size(); ++i) {
    if (scene.labels.labels[i] == before.labels[i]) continue;
    mask.labels[i] = request.number;
    ++planted.voxels;
  }
  planted.labels.write(scene.box(), scene.labels);
  planted.mask.write(scene.box(), mask);
  planted.ml = scene.mlOf(planted.voxels);
  return planted;
}

std::int64_t correctedVoxels(const PlantOutcome& outcome, Label number) {
  requireOneGrid(outcome);
  const Box box = boundingBox(outcome.mask, number);
  if (box.empty()) return 0;
  const DenseBox mask = outcome.mask.copy(box), original = outcome.original.copy(box), start = outcome.start.copy(box),
                 last = outcome.final.copy(box);
  const DenseBox right = outcome.reference != nullptr ? outcome.reference->copy(box) : original;
  std::int64_t corrected = 0;
  for (std::size_t i = 0; i < mask.labels.size(); ++i) {
    const Label now = last.labels[i];
    if (mask.labels[i] != number || now == start.labels[i]) continue;
    corrected += now == original.labels[i] || now == right.labels[i];
  }
  return corrected;
}

}  // namespace recontour
