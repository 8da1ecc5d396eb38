#include "core/edit/lasso_tool.h"

#include "core/edit/picture_polygon.h"

namespace recontour {

Label LassoTool::wantedAt(const Index3& voxel, Label present) const {
  switch (action_) {
    case LassoAction::Fill:
      return written_;
    case LassoAction::Reassign:
      return present == 0 ? Label{0} : written_;
    case LassoAction::Revert:
      break;
  }
  if (!start_.empty() && start_.at(voxel) == written_) return written_;
  return present == written_ ? Label{0} : present;
}

Box LassoTool::release(EditTransaction& edit) {
  const AxisMap axisMap(edit.geometry());
  const PointerSample& on = path_.front();
  std::vector<PicturePoint> corners;
  for (const PointerSample& corner : path_) corners.push_back(picturePoint(axisMap, on.plane, corner.pointMm));
  Box changed;
  for (const PictureRun& run : pixelsInside(corners, axisMap.columns(on.plane), axisMap.rows(on.plane))) {
    if (action_ == LassoAction::Fill) {
      changed = unite(changed, paintRun(edit, axisMap, on.plane, on.slice, run, written_));
      continue;
    }
    for (int column = run.first; column <= run.last; ++column) {
      const Index3 at = axisMap.voxelAt(on.plane, column, run.row, on.slice);
      changed = unite(changed, edit.paintRow(at.y, at.z, at.x, at.x, wantedAt(at, edit.labels().at(at))));
    }
  }
  return changed;
}

}  // namespace recontour
