#pragma once
#include <utility>

#include "core/edit/path_tool.h"

namespace recontour {

/// What becomes of the voxels that a lasso encloses.
enum class LassoAction {
  Fill,      ///< all become the organ, or are taken away from it
  Reassign,  ///< those of other organs become the organ
  Revert,    ///< the organ is there as it was at the start
};

/// Fills, on release, what a closed line on one slice encloses: voxels whose centres lie inside by the even-odd rule,
/// so that a loop within a loop stays open. The line is the pointer's path (lasso) or the corners of a polygon.
class LassoTool final : public PathTool {
 public:
  /// @param written  the organ; 0 to take away, which the transaction's filter limits to the organ
  /// @param start    what LassoAction::Revert goes back to; may be without a grid
  explicit LassoTool(Label written, LassoAction action = LassoAction::Fill, LabelMap start = {})
      : written_(written), action_(action), start_(std::move(start)) {}
  Box release(EditTransaction& edit) override;

 private:
  Label wantedAt(const Index3& voxel, Label present) const;
  Label written_;
  LassoAction action_;
  LabelMap start_;
};

}  // namespace recontour
