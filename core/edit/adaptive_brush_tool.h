#pragma once
#include "core/edit/tool.h"
#include "core/edit/write_filter.h"

namespace recontour {

/// A disc that stops at edges: paints what is connected with the pointer inside it and has HU like the tissue in its
/// middle. Follows the pointer's path in steps of half a radius, so a fast stroke has no gaps.
class AdaptiveBrushTool final : public Tool {
 public:
  struct Settings {
    Label written = 1;  ///< 0 takes away
    double radiusMm = 5;
  };
  AdaptiveBrushTool(const Settings& settings, Volume volume) : settings_(settings), volume_(std::move(volume)) {}
  Box press(const PointerSample& at, EditTransaction& edit) override;
  Box drag(const PointerSample& to, EditTransaction& edit) override;

 private:
  Box dab(const PointerSample& at, EditTransaction& edit);
  HuRange tissueAt(const PointerSample& at, const Geometry& grid, const Box& slice) const;
  Settings settings_;
  Volume volume_;
  Point3 lastMm_;
};

}  // namespace recontour
