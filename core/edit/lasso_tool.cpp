#include "core/edit/lasso_tool.h"

#include "core/edit/picture_polygon.h"

namespace recontour {

Box LassoTool::release(EditTransaction& edit) {
  const AxisMap axisMap(edit.geometry());
  const PointerSample& on = path_.front();
  std::vector<PicturePoint> corners;
  for (const PointerSample& corner : path_) corners.push_back(picturePoint(axisMap, on.plane, corner.pointMm));
  Box changed;
  for (const PictureRun& run : pixelsInside(corners, axisMap.columns(on.plane), axisMap.rows(on.plane)))
    changed = unite(changed, paintRun(edit, axisMap, on.plane, on.slice, run, written_));
  return changed;
}

}  // namespace recontour
