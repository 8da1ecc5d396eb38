#pragma once
#include "core/edit/path_tool.h"

namespace recontour {

/// Splits the organ that a line runs through, and gives the smaller piece beside the line to the active organ: the
/// other organ that lies under most of the line or, where there is none, the active one, whose piece is taken away.
/// Pieces are connected by faces; nothing happens where the line leaves one piece.
class CutTool final : public PathTool {
 public:
  struct Settings {
    Label organ = 1;
    bool throughSlices = false;  ///< the line cuts all slices of its plane; else the one that it is drawn on
    bool givesLarger = false;    ///< the larger piece is given instead
  };
  explicit CutTool(const Settings& settings) : settings_(settings) {}
  Box release(EditTransaction& edit) override;

 private:
  Settings settings_;
};

}  // namespace recontour
