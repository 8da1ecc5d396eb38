#pragma once
#include "core/edit/tool.h"
#include "core/edit/write_filter.h"

namespace recontour {

/// Fills, on press, what is connected by faces with the voxel under the pointer: in a HU range, and where the
/// transaction lets the organ be painted or it is painted already. In the slice, or through slices.
class FloodFillTool final : public Tool {
 public:
  static constexpr int kMostVoxels = 4'000'000;  ///< more is a leak: nothing is filled then
  struct Settings {
    Label written = 1;  ///< 0 takes away
    HuRange hu;
    bool throughSlices = false;
  };
  FloodFillTool(const Settings& settings, Volume volume) : settings_(settings), volume_(std::move(volume)) {}
  Box press(const PointerSample& at, EditTransaction& edit) override;
  Box drag(const PointerSample&, EditTransaction&) override { return {}; }
  /// The fill was given up: it reached kMostVoxels.
  bool leaked() const { return leaked_; }

 private:
  Settings settings_;
  Volume volume_;
  bool leaked_ = false;
};

}  // namespace recontour
