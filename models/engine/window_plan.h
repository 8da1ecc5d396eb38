#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/image/geometry.h"
#include "models/engine/manifest.h"

namespace recontour {

/// How windows cover one axis of a grid.
struct AxisPlan {
  int window = 0;                           ///< voxels of every window
  int padBefore = 0;                        ///< padding voxels below index 0, where the axis is shorter than a window
  std::vector<int> starts;                  ///< first grid index of each window; -padBefore where padded
  std::vector<std::vector<float>> weights;  ///< by window, `window` values; at every grid index they add up to 1
};

/// Covers `length` voxels with windows: n = ceil((length - window) / (window * (1 - overlap))) + 1 of them, starting
/// at round(i * (length - window) / (n - 1)) (nnU-Net's placement). An axis shorter than the window is padded on both
/// sides, the odd voxel above.
/// @param window       empty: one window over the whole axis, padded to the next multiple of `divisibleBy`
/// @param sigmaScale   sigma of the gaussian weights in windows, about voxel window / 2; empty: equal weights
AxisPlan planAxis(int length, std::optional<int> window, int divisibleBy, double overlap,
                  std::optional<double> sigmaScale);

/// Plans of the three axes. Windows of the volume are all combinations; a voxel's weight is the product of the axes'.
/// Where the manifest leaves an axis open the network takes any size, so an axis shorter than its window is then padded
/// only to the next multiple of `divisibleBy`.
struct WindowPlan {
  WindowPlan(const Size3& size, const ModelManifest& manifest);
  std::array<AxisPlan, 3> axes;
  int count() const;
  Size3 windowSize() const { return {axes[0].window, axes[1].window, axes[2].window}; }
  /// Which window of each axis window `number` is, axis 0 fastest.
  Index3 partsOf(int number) const;
};

}  // namespace recontour
