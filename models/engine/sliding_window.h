#pragma once
#include <functional>
#include <span>
#include <vector>

#include "core/image/geometry.h"
#include "models/engine/network.h"
#include "models/engine/window_plan.h"

namespace recontour {

/// A network's output over a whole grid.
struct Logits {
  Size3 size;
  int channels = 0;
  std::vector<float> values;  ///< channels x size.z x size.y x size.x, x fastest
};

/// The logits are by far the largest array; better one clear line than a killed process.
/// @throws Error (ModelFailed) where they would take most of the machine's memory
void requireMemoryForLogits(const Size3& size, int channels);

/// Runs a network over all windows of a grid, two at a time, and averages what overlaps by the plan's weights. Short of
/// device memory it goes on one window at a time, then on the CPU.
class SlidingWindow {
 public:
  /// @param input     normalised voxels of the grid, x fastest
  /// @param padValue  normalised value beyond the grid
  SlidingWindow(std::span<const float> input, const Size3& size, const WindowPlan& plan, float padValue, int threads);
  /// @param tileDone  called after each batch with the number of windows done
  /// @throws Error (ModelFailed) when the output has another size or a value that is not finite
  Logits run(Network& network, int channels, const std::function<void(int done)>& tileDone);
  /// What was done because memory was short, e.g. "memory is short: one window at a time"; empty when nothing.
  const std::string& fallback() const { return fallback_; }

 private:
  std::span<const float> runBatch(Network& network, int first, int& count);
  void copyWindow(int number, float* out) const;
  void add(int number, const float* output, Logits& sum) const;

  std::span<const float> input_;
  Size3 size_;
  const WindowPlan& plan_;
  float padValue_;
  int threads_;
  int batch_ = 2;
  std::vector<float> windows_;
  std::string fallback_;
};

}  // namespace recontour
