#include "models/training/box_filters.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// to[i] += weight * from[i]
void add(float* to, const float* from, float weight, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] += weight * from[i];
}

/// Filters along an axis whose steps are whole blocks of voxels: `lines` groups of `length` blocks.
void filterBlocks(std::vector<float>& volume, std::size_t block, int length, std::size_t lines,
                  const std::vector<float>& weights) {
  const int reach = static_cast<int>(weights.size() / 2);
  std::vector<float> before(block * static_cast<std::size_t>(length));
  for (std::size_t line = 0; line < lines; ++line) {
    float* data = volume.data() + line * before.size();
    std::copy(data, data + before.size(), before.begin());
    std::fill(data, data + before.size(), 0.0f);
    for (int i = 0; i < length; ++i) {
      for (int k = -reach; k <= reach; ++k) {
        const auto from = static_cast<std::size_t>(std::clamp(i + k, 0, length - 1));
        add(data + static_cast<std::size_t>(i) * block, before.data() + from * block,
            weights[static_cast<std::size_t>(k + reach)], block);
      }
    }
  }
}

}  // namespace

std::vector<float> gaussianKernel(double deviation) {
  const int reach = std::max(1, static_cast<int>(std::ceil(2.5 * deviation)));
  std::vector<float> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) sum += std::exp(-0.5 * i * i / (deviation * deviation));
  for (int i = -reach; i <= reach; ++i)
    weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (deviation * deviation)) / sum));
  return weights;
}

void filterX(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights) {
  const auto width = static_cast<std::size_t>(size.x), reach = weights.size() / 2;
  std::vector<float> padded(width + 2 * reach);
  for (std::size_t start = 0; start < volume.size(); start += width) {
    float* row = volume.data() + start;
    std::fill(padded.begin(), padded.end(), row[0]);
    std::copy(row, row + width, padded.begin() + static_cast<std::ptrdiff_t>(reach));
    std::fill(padded.end() - static_cast<std::ptrdiff_t>(reach), padded.end(), row[width - 1]);
    std::fill(row, row + width, 0.0f);
    for (std::size_t k = 0; k < weights.size(); ++k) add(row, padded.data() + k, weights[k], width);
  }
}

void filterY(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights) {
  filterBlocks(volume, static_cast<std::size_t>(size.x), size.y, static_cast<std::size_t>(size.z), weights);
}

void filterZ(std::vector<float>& volume, const Size3& size, const std::vector<float>& weights) {
  filterBlocks(volume, static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y), size.z, 1, weights);
}

SliceStack::SliceStack(const Size3& size, double thickness, double phase)
    : size_(size),
      thickness_(thickness),
      phase_(phase),
      count_(std::max(1, std::min(size.z, static_cast<int>(std::ceil(size.z / thickness + phase))))) {}

std::vector<float> SliceStack::averaged(const std::vector<float>& volume) const {
  const std::size_t plane = static_cast<std::size_t>(size_.x) * static_cast<std::size_t>(size_.y);
  std::vector<float> slices(plane * static_cast<std::size_t>(count_));
  for (int slice = 0; slice < count_; ++slice) {
    const double start = startOf(slice), end = start + thickness_;
    float* to = slices.data() + plane * static_cast<std::size_t>(slice);
    for (int z = static_cast<int>(std::floor(start)); z <= static_cast<int>(std::ceil(end)); ++z) {
      const double share = std::min(end, z + 0.5) - std::max(start, z - 0.5);
      if (share <= 0) continue;
      const auto from = static_cast<std::size_t>(std::clamp(z, 0, size_.z - 1));
      add(to, volume.data() + plane * from, static_cast<float>(share / thickness_), plane);
    }
  }
  return slices;
}

std::vector<float> SliceStack::interpolated(const std::vector<float>& slices) const {
  const std::size_t plane = static_cast<std::size_t>(size_.x) * static_cast<std::size_t>(size_.y);
  std::vector<float> volume(plane * static_cast<std::size_t>(size_.z));
  for (int z = 0; z < size_.z; ++z) {
    const double at = std::clamp((z + 0.5) / thickness_ + phase_ - 0.5, 0.0, count_ - 1.0);
    const auto first = static_cast<std::size_t>(std::min(static_cast<int>(at), count_ - 1));
    const std::size_t second = std::min(first + 1, static_cast<std::size_t>(count_ - 1));
    const auto part = static_cast<float>(at - static_cast<double>(first));
    float* to = volume.data() + plane * static_cast<std::size_t>(z);
    add(to, slices.data() + plane * first, 1 - part, plane);
    add(to, slices.data() + plane * second, part, plane);
  }
  return volume;
}

}  // namespace recontour
