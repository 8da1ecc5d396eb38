#include "core/strokes/scribble_raster.h"

#include <cmath>

namespace recontour {
namespace {

PointerSample sampleOf(const ScribbleStroke& stroke, const ScribblePoint& point) {
  return {.pointMm = point.mm, .plane = stroke.plane, .slice = stroke.slice};
}

}  // namespace

Box boxOf(const ScribbleStroke& stroke, const Geometry& geometry) {
  Box box;
  for (const ScribblePoint& point : stroke.points) {
    const Index3 at = geometry.nearestVoxel(point.mm);
    box = unite(box, {at, {at.x + 1, at.y + 1, at.z + 1}});
  }
  for (int axis = 0; axis < 3; ++axis) {
    const int reach = static_cast<int>(std::ceil(stroke.radiusMm / geometry.spacing[axis])) + 1;
    box.lower[axis] -= reach;
    box.upper[axis] += reach;
  }
  return intersect(box, geometry.box());
}

Box ScribbleRaster::press(const ScribbleStroke& stroke) {
  tool_ =
      std::make_unique<BrushTool>(BrushTool::Settings{.label = rasterLabel(stroke.label), .radiusMm = stroke.radiusMm});
  edit_ = std::make_unique<EditTransaction>(static_cast<EditTarget&>(*this), "scribble", WriteFilter());
  return tool_->press(sampleOf(stroke, stroke.points.front()), *edit_);
}

Box ScribbleRaster::drag(const ScribbleStroke& stroke) {
  return edit_ ? tool_->drag(sampleOf(stroke, stroke.points.back()), *edit_) : Box{};
}

Box ScribbleRaster::give() {
  if (!edit_) return {};
  const Box changed = edit_->changedBox();
  edit_->cancel();
  edit_.reset();
  return changed;
}

void ScribbleRaster::keep() {
  if (edit_) edit_->commit();
  edit_.reset();
}

Box ScribbleRaster::paint(const ScribbleStroke& stroke) {
  Box changed = press(stroke);
  for (std::size_t i = 1; i < stroke.points.size(); ++i)
    changed = unite(changed, tool_->drag(sampleOf(stroke, stroke.points[i]), *edit_));
  keep();
  return changed;
}

/// All strokes that reach into the box are painted aside in their order, and the box is taken from there.
Box ScribbleRaster::update(const ScribbleChange& change, const std::vector<ScribbleStroke>& strokes) {
  Box box;
  for (const auto* some : {&change.removed, &change.added}) {
    for (const ScribbleStroke& stroke : *some) box = unite(box, boxOf(stroke, geometry_));
  }
  if (box.empty()) return box;
  ScribbleRaster aside(geometry_);
  for (const ScribbleStroke& stroke : strokes) {
    if (!intersect(boxOf(stroke, geometry_), box).empty()) aside.paint(stroke);
  }
  labels_.write(box, aside.labels().copy(box));
  return box;
}

LabelMap rasterOf(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry) {
  ScribbleRaster raster(geometry);
  for (const ScribbleStroke& stroke : strokes) raster.paint(stroke);
  return raster.labels();
}

}  // namespace recontour
