#include "models/engine/sliding_window.h"

#include <algorithm>
#include <bit>
#include <string>

#include <unistd.h>

#include "models/engine/parallel.h"

namespace recontour {
namespace {

/// The part of a window's axis that lies on the grid: first index in the window, first on the grid, count.
struct Overlap {
  int inWindow = 0, onGrid = 0, count = 0;
  Overlap(int start, int window, int length)
      : inWindow(std::max(0, -start)), onGrid(std::max(0, start)), count(std::min(start + window, length) - onGrid) {}
};

std::size_t rowStart(const Size3& size, int x, int y, int z) {
  return (std::size_t(z) * std::size_t(size.y) + std::size_t(y)) * std::size_t(size.x) + std::size_t(x);
}

/// Infinities and NaN have all bits of the exponent, so that one more carries into the sign bit. No branch: it costs
/// next to nothing beside the network.
bool allFinite(std::span<const float> values) {
  constexpr std::uint32_t kExponent = 0x7f800000, kLowestOfExponent = 0x00800000, kSign = 0x80000000;
  std::uint32_t carried = 0;
  for (const float value : values) carried |= (std::bit_cast<std::uint32_t>(value) & kExponent) + kLowestOfExponent;
  return (carried & kSign) == 0;
}

void checkOutput(std::span<const float> output, std::size_t expected) {
  if (output.size() != expected) {
    throw Error("the network's output has another size than its labels say", ErrorKind::ModelFailed);
  }
  if (!allFinite(output)) {
    throw Error("the network's output has values that are not finite (NaN or infinity); use fp32 or another model",
                ErrorKind::ModelFailed);
  }
}

}  // namespace

SlidingWindow::SlidingWindow(std::span<const float> input, const Size3& size, const WindowPlan& plan, float padValue,
                             int threads)
    : input_(input), size_(size), plan_(plan), padValue_(padValue), threads_(threads) {}

Logits SlidingWindow::run(Network& network, int channels, const std::function<void(int done)>& tileDone) {
  Logits sum{size_, channels, std::vector<float>(voxelCount(size_) * static_cast<std::size_t>(channels), 0)};
  const std::size_t windowValues = voxelCount(plan_.windowSize()) * static_cast<std::size_t>(channels);
  for (int done = 0; done < plan_.count();) {
    int count = std::min(batch_, plan_.count() - done);
    const std::span<const float> output = runBatch(network, done, count);
    checkOutput(output, windowValues * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) add(done + i, output.data() + static_cast<std::size_t>(i) * windowValues, sum);
    done += count;
    tileDone(done);
  }
  return sum;
}

std::span<const float> SlidingWindow::runBatch(Network& network, int first, int& count) {
  const Size3 window = plan_.windowSize();
  const std::size_t voxels = voxelCount(window);
  for (;;) {
    windows_.resize(voxels * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) copyWindow(first + i, windows_.data() + static_cast<std::size_t>(i) * voxels);
    try {
      return network.run(windows_, count, window);
    } catch (const OutOfDeviceMemory&) {
      if (count > 1) {
        fallback_ = "memory is short: one window at a time";
      } else if (network.device() != "cpu") {
        fallback_ = "GPU memory is short: went on on the CPU";
        network.moveToCpu();
      } else {
        throw;
      }
      batch_ = count = 1;
    }
  }
}

void SlidingWindow::copyWindow(int number, float* out) const {
  const Size3 window = plan_.windowSize();
  const Index3 parts = plan_.partsOf(number);
  Index3 start;
  for (int axis = 0; axis < 3; ++axis) {
    start[axis] = plan_.axes[std::size_t(axis)].starts[static_cast<std::size_t>(parts[axis])];
  }
  const Overlap columns(start.x, window.x, size_.x);
  std::fill_n(out, voxelCount(window), padValue_);
  for (int z = 0; z < window.z; ++z) {
    for (int y = 0; y < window.y; ++y) {
      const int gridY = start.y + y, gridZ = start.z + z;
      if (gridY < 0 || gridY >= size_.y || gridZ < 0 || gridZ >= size_.z) continue;
      std::copy_n(input_.data() + rowStart(size_, columns.onGrid, gridY, gridZ), columns.count,
                  out + rowStart(window, columns.inWindow, y, z));
    }
  }
}

void SlidingWindow::add(int number, const float* output, Logits& sum) const {
  const Size3 window = plan_.windowSize();
  const Index3 parts = plan_.partsOf(number);
  const auto part = [&](int axis) { return static_cast<std::size_t>(parts[axis]); };
  const Overlap x(plan_.axes[0].starts[part(0)], window.x, size_.x);
  const Overlap y(plan_.axes[1].starts[part(1)], window.y, size_.y);
  const Overlap z(plan_.axes[2].starts[part(2)], window.z, size_.z);
  const float* weightX = plan_.axes[0].weights[part(0)].data() + x.inWindow;
  const float* weightY = plan_.axes[1].weights[part(1)].data() + y.inWindow;
  const float* weightZ = plan_.axes[2].weights[part(2)].data() + z.inWindow;
  parallelFor(threads_, sum.channels, [&](int channel) {
    const float* from = output + static_cast<std::size_t>(channel) * voxelCount(window);
    float* to = sum.values.data() + static_cast<std::size_t>(channel) * voxelCount(size_);
    for (int k = 0; k < z.count; ++k) {
      for (int j = 0; j < y.count; ++j) {
        const float* row = from + rowStart(window, x.inWindow, y.inWindow + j, z.inWindow + k);
        float* target = to + rowStart(size_, x.onGrid, y.onGrid + j, z.onGrid + k);
        const float weight = weightY[j] * weightZ[k];
        for (int i = 0; i < x.count; ++i) target[i] += weight * weightX[i] * row[i];
      }
    }
  });
}

void requireMemoryForLogits(const Size3& size, int channels) {
  const double needed = double(voxelCount(size)) * (channels + 2) * sizeof(float);
  const double installed = double(::sysconf(_SC_PHYS_PAGES)) * double(::sysconf(_SC_PAGE_SIZE));
  if (needed < 0.8 * installed) return;
  throw Error("the model's grid of " + std::to_string(size.x) + " x " + std::to_string(size.y) + " x " +
                  std::to_string(size.z) + " voxels needs " + std::to_string(int(needed / 1e9) + 1) +
                  " GB of memory; use a coarser grid or a machine with more memory",
              ErrorKind::ModelFailed);
}

}  // namespace recontour
