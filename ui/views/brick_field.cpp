#include "ui/views/brick_field.h"

#include <algorithm>
#include <array>

namespace recontour {
namespace {

constexpr int kBlur = 2;                                                     // samples that the kernel reaches
constexpr int kMargin = kBlur + 1;                                           // one more for the gradient
constexpr float kBeyondHalf = 0.1F;                                          // least distance of a value from one half
constexpr std::array<float, 3> kKernel = {6 / 16.0F, 4 / 16.0F, 1 / 16.0F};  // binomial: middle, next, last

int samplesOf(int voxels, int step) { return (voxels + step - 1) / step; }

}  // namespace

Index3 BrickField::reach(const Index3& step) {
  return {(kMargin + 1) * step.x, (kMargin + 1) * step.y, (kMargin + 1) * step.z};
}

BrickField::BrickField(const LabelMap& labels, Label label, const Box& brick, const Index3& step) : step_(step) {
  for (int a = 0; a < 3; ++a) {
    const bool first = brick.lower[a] == 0, last = brick.upper[a] == labels.size()[a];
    samples_.lower[a] = first ? -1 : brick.lower[a] / step[a];
    samples_.upper[a] = (last ? samplesOf(labels.size()[a], step[a]) : brick.upper[a] / step[a]) + 1;
  }
  held_ = grow(samples_, kMargin);
  fill(labels, label);
  const auto [least, most] = std::ranges::minmax(raw_);
  uniform_ = least == most;
  if (uniform_) return;
  blurred_ = raw_;
  for (int axis = 0; axis < 3; ++axis) blur(axis);
}

std::size_t BrickField::offset(const Index3& sample) const {
  const Size3 size = held_.size();
  return (static_cast<std::size_t>(sample.z - held_.lower.z) * static_cast<std::size_t>(size.y) +
          static_cast<std::size_t>(sample.y - held_.lower.y)) *
             static_cast<std::size_t>(size.x) +
         static_cast<std::size_t>(sample.x - held_.lower.x);
}

void BrickField::fill(const LabelMap& labels, Label label) {
  raw_.assign(voxelCount(held_.size()), 0.0F);
  const auto voxels = [this](const Index3& at) { return Index3{at.x * step_.x, at.y * step_.y, at.z * step_.z}; };
  const Box box = intersect({voxels(held_.lower), voxels(held_.upper)}, {{}, labels.size()});
  const float part = 1.0F / static_cast<float>(step_.x * step_.y * step_.z);
  labels.forEachBrickIn(box, [&](const LabelMap::Brick& brick, const Box& inside) {
    constexpr int kEdge = LabelMap::kBrickEdge;
    for (int z = inside.lower.z; z < inside.upper.z; ++z) {
      for (int y = inside.lower.y; y < inside.upper.y; ++y) {
        const Label* row = &brick.labels[static_cast<std::size_t>((z % kEdge * kEdge + y % kEdge) * kEdge)];
        float* out = &raw_[offset({held_.lower.x, y / step_.y, z / step_.z})];
        for (int x = inside.lower.x; x < inside.upper.x; ++x)
          if (row[x % kEdge] == label) out[x / step_.x - held_.lower.x] += part;
      }
    }
  });
}

/// Along one axis; what lies within the kernel's reach of the border is not right and not used.
void BrickField::blur(int axis) {
  const Size3 size = held_.size();
  const std::ptrdiff_t stride = axis == 0 ? 1 : axis == 1 ? size.x : std::ptrdiff_t{size.x} * size.y;
  const auto count = static_cast<std::ptrdiff_t>(blurred_.size());
  std::vector<float> out(blurred_.size(), 0.0F);
  const float* in = blurred_.data();
  for (std::ptrdiff_t i = kBlur * stride; i < count - kBlur * stride; ++i) {
    out[static_cast<std::size_t>(i)] = kKernel[0] * in[i] + kKernel[1] * (in[i - stride] + in[i + stride]) +
                                       kKernel[2] * (in[i - 2 * stride] + in[i + 2 * stride]);
  }
  blurred_.swap(out);
}

float BrickField::value(const Index3& sample) const {
  const std::size_t at = offset(sample);
  return raw_[at] >= 0.5F ? std::max(blurred_[at], 0.5F + kBeyondHalf) : std::min(blurred_[at], 0.5F - kBeyondHalf);
}

Point3 BrickField::gradient(const Index3& sample) const {
  const std::size_t at = offset(sample);
  const auto row = static_cast<std::size_t>(held_.size().x), plate = row * static_cast<std::size_t>(held_.size().y);
  return {blurred_[at + 1] - blurred_[at - 1], blurred_[at + row] - blurred_[at - row],
          blurred_[at + plate] - blurred_[at - plate]};
}

}  // namespace recontour
