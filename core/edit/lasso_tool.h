#pragma once
#include "core/edit/path_tool.h"

namespace recontour {

/// Fills, on release, what a closed line on one slice encloses: voxels whose centres lie inside by the even-odd rule,
/// so that a loop within a loop stays open. The line is the pointer's path (lasso) or the corners of a polygon.
class LassoTool final : public PathTool {
 public:
  /// @param written  the organ; 0 to take away, which the transaction's filter limits to the organ
  explicit LassoTool(Label written) : written_(written) {}
  Box release(EditTransaction& edit) override;

 private:
  Label written_;
};

}  // namespace recontour
