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

LabelMap voxelOrigins(const ScribbleCase& one) {
  LabelMap origins =
      one.strokes ? strokeOrigins(one.scribbles, one.strokes->strokes, one.geometry) : LabelMap(one.geometry.size);
  const Label rest = originValue(one.strokes ? one.strokes->rasterOrigin : StrokeOrigin::Drawn);
  for (std::size_t number = 0; number < one.scribbles.brickCount(); ++number) {
    const Box box = one.scribbles.brickBox(number);
    const DenseBox map = one.scribbles.copy(box);
    DenseBox result = origins.copy(box);
    for (std::size_t i = 0; i < map.labels.size(); ++i) {
      if (map.labels[i] != kUnlabelled && result.labels[i] == 0) result.labels[i] = rest;
    }
    origins.write(box, result);
  }
  return origins;
}

void leaveOutOrigins(ScribbleCase& one, const std::vector<StrokeOrigin>& include) {
  const auto counts = labelCounts(one.origins);
  for (int number = 0; number < kStrokeOrigins; ++number) {
    const auto origin = static_cast<StrokeOrigin>(number);
    const Label value = originValue(origin);
    if (!isLeftOut(origin, include)) continue;
    if (one.strokes) std::erase_if(one.strokes->strokes, [&](const auto& stroke) { return stroke.origin == origin; });
    if (counts[value] == 0) continue;
    one.leftOut[origin] = counts[value];
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
}

}  // namespace recontour
