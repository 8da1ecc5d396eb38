#pragma once
#include <vector>

#include "core/edit/tool.h"

namespace recontour {

/// Fills, on release, what a closed line on one slice encloses: voxels whose centres lie inside by the even-odd rule,
/// so that a loop within a loop stays open. The line is the pointer's path (lasso) or the corners of a polygon.
class LassoTool final : public Tool {
 public:
  /// @param written  the organ; 0 to take away, which the transaction's filter limits to the organ
  explicit LassoTool(Label written) : written_(written) {}
  Box press(const PointerSample& at, EditTransaction& edit) override;
  Box drag(const PointerSample& to, EditTransaction& edit) override;
  Box release(EditTransaction& edit) override;

 private:
  Label written_;
  std::vector<PointerSample> corners_;
};

}  // namespace recontour
