#include "core/phantom/noise_lattice.h"

#include <cmath>

#include "core/base/portable_random.h"
#include "core/phantom/random.h"

namespace recontour {
namespace {

/// SD of the field along one axis, averaged over positions between nodes, when nodes are smoothed deviates of SD 1:
/// the B-spline's autocorrelation (the B-spline of order 7 at 0, 1, 2) against that of the smoothing kernel.
double axisSd(double a) {
  const double centre = 1 - 2 * a;
  const double lag0 = centre * centre + 2 * a * a;
  const double lag1 = 2 * a * centre;
  const double lag2 = a * a;
  return std::sqrt(lag0 * 151.0 / 315 + 2 * lag1 * 397.0 / 1680 + 2 * lag2 / 42);
}

constexpr int kMargin = 3;  // two nodes for the spline, one for the smoothing

}  // namespace

NoiseLattice::Settings NoiseLattice::settings(const Parameters& noise) {
  return {noise.number("pitch"), noise.number("smoothing"), noise.point("anchor")};
}

NoiseLattice::NoiseLattice(std::uint64_t key, double sizeMm, const Settings& settings, const BoundsMm& cover)
    : pitchMm_(settings.pitchFactor * sizeMm), anchorMm_(settings.anchorMm) {
  for (int axis = 0; axis < 3; ++axis) {
    first_[axis] = static_cast<int>(std::floor((cover.lower[axis] - anchorMm_[axis]) / pitchMm_)) - kMargin;
    const int last = static_cast<int>(std::ceil((cover.upper[axis] - anchorMm_[axis]) / pitchMm_)) + kMargin;
    size_[axis] = last - first_[axis] + 1;
  }
  draw(key);
  const double sd = axisSd(settings.smoothing);
  for (int axis = 0; axis < 3; ++axis) smooth(axis, static_cast<float>(settings.smoothing));
  for (float& node : nodes_) node = static_cast<float>(static_cast<double>(node) / (sd * sd * sd));
}

std::size_t NoiseLattice::offset(int i, int j, int k) const {
  return (static_cast<std::size_t>(k) * static_cast<std::size_t>(size_.y) + static_cast<std::size_t>(j)) *
             static_cast<std::size_t>(size_.x) +
         static_cast<std::size_t>(i);
}

void NoiseLattice::draw(std::uint64_t key) {
  nodes_.resize(voxelCount(size_));
  constexpr int kZero = 1 << 20;  // node numbers may be negative
  const auto packed = [](int number) { return static_cast<std::uint64_t>(number + kZero); };
  for (int k = 0; k < size_.z; ++k) {
    for (int j = 0; j < size_.y; ++j) {
      const std::uint64_t row = packed(first_.z + k) << 42 | packed(first_.y + j) << 21;
      for (int i = 0; i < size_.x; ++i) nodes_[offset(i, j, k)] = normalAt(key, mixBits(row | packed(first_.x + i)));
    }
  }
}

void NoiseLattice::smooth(int axis, float neighbour) {
  const std::vector<float> before = nodes_;
  const std::size_t step = axis == 0 ? 1 : axis == 1 ? offset(0, 1, 0) : offset(0, 0, 1);
  for (int k = 0; k < size_.z; ++k) {
    for (int j = 0; j < size_.y; ++j) {
      for (int i = 0; i < size_.x; ++i) {
        const int along = Index3{i, j, k}[axis];
        if (along == 0 || along == size_[axis] - 1) continue;  // the outermost nodes serve this smoothing only
        const std::size_t at = offset(i, j, k);
        nodes_[at] = (1 - 2 * neighbour) * before[at] + neighbour * (before[at - step] + before[at + step]);
      }
    }
  }
}

NoiseLattice::Taps NoiseLattice::taps(double position, int axis) const {
  const double node = (position - anchorMm_[axis]) / pitchMm_ - first_[axis];
  const double cell = std::floor(node);
  const double t = node - cell;
  const double u = 1 - t;
  Taps taps;
  taps.first = static_cast<int>(cell) - 1;
  taps.weights[0] = static_cast<float>(u * u * u / 6);
  taps.weights[1] = static_cast<float>((4 - 6 * t * t + 3 * t * t * t) / 6);
  taps.weights[2] = static_cast<float>((4 - 6 * u * u + 3 * u * u * u) / 6);
  taps.weights[3] = static_cast<float>(t * t * t / 6);
  return taps;
}

std::vector<float> NoiseLattice::collapseZ(double z) const {
  const Taps tap = taps(z, 2);
  const std::size_t plane = offset(0, 0, 1);
  const float* node = nodes_.data() + offset(0, 0, tap.first);
  std::vector<float> out(plane);
  for (std::size_t at = 0; at < plane; ++at) {
    out[at] = tap.weights[0] * node[at] + tap.weights[1] * node[at + plane] + tap.weights[2] * node[at + 2 * plane] +
              tap.weights[3] * node[at + 3 * plane];
  }
  return out;
}

void NoiseLattice::fillSlice(std::span<const double> xs, std::span<const double> ys, double z,
                             std::span<float> out) const {
  const std::vector<float> plane = collapseZ(z);
  std::vector<Taps> columns;
  for (const double x : xs) columns.push_back(taps(x, 0));
  const std::size_t width = static_cast<std::size_t>(size_.x);
  std::vector<float> row(width);
  float* target = out.data();
  for (const double y : ys) {
    const Taps tap = taps(y, 1);
    const float* node = plane.data() + static_cast<std::size_t>(tap.first) * width;
    for (std::size_t i = 0; i < width; ++i) {
      row[i] = tap.weights[0] * node[i] + tap.weights[1] * node[i + width] + tap.weights[2] * node[i + 2 * width] +
               tap.weights[3] * node[i + 3 * width];
    }
    for (const Taps& column : columns) {
      const float* v = row.data() + column.first;
      *target++ =
          column.weights[0] * v[0] + column.weights[1] * v[1] + column.weights[2] * v[2] + column.weights[3] * v[3];
    }
  }
}

}  // namespace recontour
