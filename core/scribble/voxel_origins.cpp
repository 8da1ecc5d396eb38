#include "core/scribble/voxel_origins.h"

#include <algorithm>

#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_raster.h"

namespace recontour {
namespace {

bool isLeftOut(StrokeOrigin origin, const std::vector<StrokeOrigin>& include) {
  const bool isAnnotation = origin != StrokeOrigin::Grown && origin != StrokeOrigin::Model;
  return !isAnnotation && std::ranges::find(include, origin) == include.end();
}

/// By label, with their origin in its place.
std::map<Label, std::vector<ScribbleStroke>> byLabel(const std::vector<ScribbleStroke>& strokes) {
  std::map<Label, std::vector<ScribbleStroke>> sorted;
  for (const ScribbleStroke& stroke : strokes) {
    auto& some = sorted[stroke.label];
    some.push_back(stroke);
    some.back().label = originValue(stroke.origin);
  }
  return sorted;
}

/// Of each labelled voxel of the map that has none yet.
void addRest(const LabelMap& map, StrokeOrigin rest, LabelMap& origins) {
  for (std::size_t number = 0; number < map.brickCount(); ++number) {
    const Box box = map.brickBox(number);
    const DenseBox labels = map.copy(box);
    if (std::ranges::all_of(labels.labels, [](Label label) { return label == kUnlabelled; })) continue;  // most
    DenseBox result = origins.copy(box);
    for (std::size_t i = 0; i < labels.labels.size(); ++i) {
      if (labels.labels[i] != kUnlabelled && result.labels[i] == 0) result.labels[i] = originValue(rest);
    }
    origins.write(box, result);
  }
}

/// Unlabelled is what has this origin.
void leaveOut(StrokeOrigin origin, ScribbleCase& one) {
  const Label value = originValue(origin);
  one.origins.forEachBrickIn(one.geometry.box(), [&](const LabelMap::Brick&, const Box& box) {
    DenseBox map = one.scribbles.copy(box), origins = one.origins.copy(box);
    for (std::size_t i = 0; i < map.labels.size(); ++i) {
      if (origins.labels[i] != value) continue;
      map.labels[i] = kUnlabelled;
      origins.labels[i] = 0;
    }
    one.scribbles.write(box, map);
    one.origins.write(box, origins);
  });
}

}  // namespace

LabelMap strokeOrigins(const LabelMap& scribbles, const std::vector<ScribbleStroke>& strokes,
                       const Geometry& geometry) {
  LabelMap origins(geometry.size);
  for (const auto& [label, some] : byLabel(strokes)) {
    const LabelMap covered = rasterOf(some, geometry);
    covered.forEachBrickIn(geometry.box(), [&, label = label](const LabelMap::Brick&, const Box& box) {
      DenseBox result = origins.copy(box);
      const DenseBox over = covered.copy(box), map = scribbles.copy(box);
      for (std::size_t i = 0; i < result.labels.size(); ++i) {
        if (over.labels[i] != 0 && map.labels[i] == label) result.labels[i] = over.labels[i];
      }
      origins.write(box, result);
    });
  }
  return origins;
}

void findOrigins(ScribbleCase& one, const std::vector<StrokeOrigin>& include) {
  if (one.strokes) {
    std::vector<ScribbleStroke>& strokes = one.strokes->strokes;
    const auto kept = std::ranges::stable_partition(
        strokes, [&](const ScribbleStroke& stroke) { return isLeftOut(stroke.origin, include); });
    one.origins = strokeOrigins(one.scribbles, strokes, one.geometry);
    strokes.erase(strokes.begin(), kept.begin());
  } else {
    one.origins = LabelMap(one.geometry.size);
  }
  addRest(one.scribbles, one.strokes ? one.strokes->rasterOrigin : StrokeOrigin::Drawn, one.origins);
  const auto counts = labelCounts(one.origins);
  for (const StrokeOrigin origin : {StrokeOrigin::Grown, StrokeOrigin::Model}) {
    const std::int64_t voxels = counts[originValue(origin)];
    if (voxels == 0 || !isLeftOut(origin, include)) continue;
    one.leftOut[origin] = voxels;
    leaveOut(origin, one);
  }
}

}  // namespace recontour
