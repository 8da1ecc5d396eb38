#pragma once
#include "core/edit/path_tool.h"

namespace recontour {

/// Splits the organ that lies under most of a line, and gives the smaller piece beside the line to the active organ; of
/// the active organ itself the piece is taken away.
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
