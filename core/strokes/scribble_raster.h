#pragma once
#include <memory>
#include <vector>

#include "core/edit/brush_tool.h"
#include "core/edit/edit_transaction.h"
#include "core/strokes/scribble_layer.h"

namespace recontour {

/// The voxels of strokes: organs, kBackgroundStroke, 0 where there is none. Painted as the brush paints, so a line
/// takes what a stroke of the brush would.
class ScribbleRaster final : private EditTarget {
 public:
  explicit ScribbleRaster(const Geometry& geometry) : geometry_(geometry), labels_(geometry.size) {}
  ScribbleRaster(const ScribbleRaster&) = delete;
  ScribbleRaster& operator=(const ScribbleRaster&) = delete;

  const LabelMap& labels() const { return labels_; }

  // A stroke while it is drawn; each returns the voxels that changed.
  Box press(const ScribbleStroke& stroke);  ///< its first point
  Box drag(const ScribbleStroke& stroke);   ///< its last point, coming from the one before
  Box give();                               ///< the stroke that is drawn is none; all is as before press()
  void keep();                              ///< the stroke is one

  Box paint(const ScribbleStroke& stroke);  ///< all of it, over what is there
  /// Brings the voxels of strokes that went or came in line with those that are there now.
  Box update(const ScribbleChange& change, const std::vector<ScribbleStroke>& strokes);

 private:
  LabelMap& editableLabels(Label) override { return labels_; }
  const Geometry& geometry() const override { return geometry_; }
  void committed(EditRecord) override {}

  Geometry geometry_;
  LabelMap labels_;
  std::unique_ptr<BrushTool> tool_;
  std::unique_ptr<EditTransaction> edit_;
};

/// Voxels that a stroke may reach, inside the grid.
Box boxOf(const ScribbleStroke& stroke, const Geometry& geometry);
/// The voxels of these strokes, as a ScribbleRaster has them.
LabelMap rasterOf(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry);

}  // namespace recontour
