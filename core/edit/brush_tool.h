#pragma once
#include "core/edit/tool.h"

namespace recontour {

/// Paints a disc in the pointer's plane, or a ball, of fixed physical radius along the pointer's path. A voxel is
/// painted when its centre lies within the radius of the path between two samples, so a fast stroke has no gaps; the
/// voxel under the pointer always is.
class BrushTool final : public Tool {
 public:
  struct Settings {
    Label label = 1;        ///< painted organ; with `erase` the one that is taken away
    double radiusMm = 5.0;  ///< > 0; an ellipse of voxels when the spacing is anisotropic
    bool ball = false;
    bool erase = false;
    bool pressureSize = false;  ///< a pen's pressure sets the radius: a quarter of it at none, all of it at full
  };
  explicit BrushTool(const Settings& settings) : settings_(settings) {}
  Box press(const PointerSample& at, EditTransaction& edit) override;
  Box drag(const PointerSample& to, EditTransaction& edit) override;

 private:
  double radiusAt(const PointerSample& sample) const;
  Box sweep(const Point3& fromMm, const PointerSample& to, EditTransaction& edit) const;
  Settings settings_;
  Point3 lastMm_;
};

}  // namespace recontour
