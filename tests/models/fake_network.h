#pragma once
#include <optional>
#include <vector>

#include "models/engine/network.h"

namespace recontour {

/// Two channels: 0 and the input itself, so that a voxel becomes channel 1 where its value is positive.
class FakeNetwork final : public Network {
 public:
  std::span<const float> run(std::span<const float> batch, int count, const Size3& size) override {
    if (batchLimit > 0 && count > batchLimit) throw OutOfDeviceMemory("out of memory");
    if (onGpu && gpuFails) throw OutOfDeviceMemory("out of memory");
    batches.push_back(count);
    windowSize = size;
    input.assign(batch.begin(), batch.end());
    const std::size_t voxels = voxelCount(size);
    output.assign(2 * batch.size(), 0);
    for (std::size_t i = 0; i < batch.size(); ++i) output[(i / voxels * 2 + 1) * voxels + i % voxels] = batch[i];
    if (oneChannelShort) output.resize(batch.size());
    if (lastValue) output.back() = *lastValue;
    return output;
  }
  std::string device() const override { return onGpu ? "cuda:0" : "cpu"; }
  void moveToCpu() override { onGpu = false; }

  int batchLimit = 0;  ///< larger batches run out of memory; 0: none does
  bool onGpu = false, gpuFails = false, oneChannelShort = false;
  std::optional<float> lastValue;  ///< instead of what the last voxel of a batch gets
  std::vector<int> batches;        ///< sizes of the batches that ran
  Size3 windowSize;
  std::vector<float> input, output;  ///< of the last batch
};

}  // namespace recontour
