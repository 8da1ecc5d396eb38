#include "models/training/random_field.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

// Linear interpolation between independent nodes keeps 2/3 of the variance along each axis on average.
constexpr float kGain = 1.8371173f;  // (3/2)^(3/2)

}  // namespace

std::uint64_t purposeKey(std::uint64_t seed, std::string_view purpose) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return mixBits(mixBits(seed * 0x9e3779b97f4a7c15U + 1) ^ hash);
}

SmoothField::SmoothField(std::uint64_t key, double pitch, const Size3& size) : perVoxel_(1 / pitch) {
  for (int axis = 0; axis < 3; ++axis) nodes_[axis] = static_cast<int>(std::ceil(size[axis] * perVoxel_)) + 2;
  values_.resize(voxelCount(nodes_));
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = kGain * normalAt(key, i);
}

SmoothField::Cell SmoothField::cell(double position, int axis) const {
  // Half a node in, so that the lattice's corner is no place of its own.
  const double node = std::clamp(position * perVoxel_ + 0.5, 0.0, static_cast<double>(nodes_[axis]) - 1.001);
  const int first = static_cast<int>(node);
  return {first, static_cast<float>(node - first)};
}

std::size_t SmoothField::offset(int x, int y, int z) const {
  return (static_cast<std::size_t>(z) * static_cast<std::size_t>(nodes_.y) + static_cast<std::size_t>(y)) *
             static_cast<std::size_t>(nodes_.x) +
         static_cast<std::size_t>(x);
}

float SmoothField::at(double x, double y, double z) const {
  const Cell cx = cell(x, 0), cy = cell(y, 1), cz = cell(z, 2);
  const float* node = values_.data() + offset(cx.first, cy.first, cz.first);
  const std::size_t row = static_cast<std::size_t>(nodes_.x), plane = row * static_cast<std::size_t>(nodes_.y);
  const auto alongX = [&](const float* v) { return v[0] + cx.part * (v[1] - v[0]); };
  const auto alongY = [&](const float* v) {
    const float a = alongX(v), b = alongX(v + row);
    return a + cy.part * (b - a);
  };
  const float a = alongY(node), b = alongY(node + plane);
  return a + cz.part * (b - a);
}

void SmoothField::fillRow(double y, double z, std::span<float> out) const {
  const Cell cy = cell(y, 1), cz = cell(z, 2);
  const std::size_t row = static_cast<std::size_t>(nodes_.x), plane = row * static_cast<std::size_t>(nodes_.y);
  const float* v = values_.data() + offset(0, cy.first, cz.first);
  std::vector<float> nodes(row);
  const float w00 = (1 - cy.part) * (1 - cz.part), w10 = cy.part * (1 - cz.part);
  const float w01 = (1 - cy.part) * cz.part, w11 = cy.part * cz.part;
  for (std::size_t i = 0; i < row; ++i)
    nodes[i] = w00 * v[i] + w10 * v[i + row] + w01 * v[i + plane] + w11 * v[i + plane + row];
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Cell cx = cell(static_cast<double>(i), 0);
    const float* n = nodes.data() + cx.first;
    out[i] = n[0] + cx.part * (n[1] - n[0]);
  }
}

}  // namespace recontour
