#pragma once
#include "core/edit/path_tool.h"

namespace recontour {

/// Replaces a piece of the organ's contour on one slice by the line that was drawn: its ends go to the nearest points
/// of the contour, which they divide in two pieces; the longer one stays. Works from inside and from outside, on outer
/// contours and on those of holes. Where the organ is not on the slice, the closed line is filled.
class RedrawTool final : public PathTool {
 public:
  /// @param keepsShorter  the shorter piece stays instead
  RedrawTool(Label organ, bool keepsShorter) : organ_(organ), keepsShorter_(keepsShorter) {}
  Box release(EditTransaction& edit) override;

 private:
  Label organ_;
  bool keepsShorter_;
};

}  // namespace recontour
