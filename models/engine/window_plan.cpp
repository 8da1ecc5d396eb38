#include "models/engine/window_plan.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

int nextMultiple(int value, int of) { return (value + of - 1) / of * of; }

std::vector<int> windowStarts(int length, int window, double overlap) {
  const double step = std::max(1.0, window * (1 - overlap));
  const int count = static_cast<int>(std::ceil((length - window) / step)) + 1;
  std::vector<int> starts(static_cast<std::size_t>(count), 0);
  for (int i = 1; i < count; ++i) {
    starts[static_cast<std::size_t>(i)] = static_cast<int>(std::nearbyint(double(i) * (length - window) / (count - 1)));
  }
  return starts;
}

double weightAt(int index, int window, std::optional<double> sigmaScale) {
  if (!sigmaScale) return 1;
  const double distance = (index - window / 2) / (*sigmaScale * window);
  return std::exp(-0.5 * distance * distance);
}

}  // namespace

AxisPlan planAxis(int length, std::optional<int> window, int divisibleBy, double overlap,
                  std::optional<double> sigmaScale) {
  AxisPlan plan;
  plan.window = window.value_or(nextMultiple(length, divisibleBy));
  plan.padBefore = std::max(0, plan.window - length) / 2;
  plan.starts = windowStarts(std::max(length, plan.window), plan.window, overlap);
  for (int& start : plan.starts) start -= plan.padBefore;
  std::vector<double> total(static_cast<std::size_t>(length), 0);
  const auto forEachVoxel = [&](auto&& visit) {
    for (std::size_t part = 0; part < plan.starts.size(); ++part) {
      for (int i = 0; i < plan.window; ++i) {
        const int at = plan.starts[part] + i;
        if (at >= 0 && at < length) visit(part, static_cast<std::size_t>(i), static_cast<std::size_t>(at));
      }
    }
  };
  plan.weights.assign(plan.starts.size(), std::vector<float>(static_cast<std::size_t>(plan.window), 0));
  forEachVoxel(
      [&](std::size_t, std::size_t i, std::size_t at) { total[at] += weightAt(int(i), plan.window, sigmaScale); });
  forEachVoxel([&](std::size_t part, std::size_t i, std::size_t at) {
    plan.weights[part][i] = static_cast<float>(weightAt(int(i), plan.window, sigmaScale) / total[at]);
  });
  return plan;
}

WindowPlan::WindowPlan(const Size3& size, const ModelManifest& manifest) {
  const bool anySize = std::ranges::any_of(manifest.window, [](const auto& window) { return !window; });
  for (int axis = 0; axis < 3; ++axis) {
    const auto at = static_cast<std::size_t>(axis);
    auto window = manifest.window[at];
    if (anySize && window && size[axis] < *window) window.reset();  // less padding: fewer voxels of invented air
    axes[at] = planAxis(size[axis], window, manifest.divisibleBy[axis], manifest.overlap, manifest.sigmaScale);
  }
}

int WindowPlan::count() const {
  return static_cast<int>(axes[0].starts.size() * axes[1].starts.size() * axes[2].starts.size());
}

Index3 WindowPlan::partsOf(int number) const {
  const int along0 = static_cast<int>(axes[0].starts.size());
  const int along1 = static_cast<int>(axes[1].starts.size());
  return {number % along0, number / along0 % along1, number / along0 / along1};
}

}  // namespace recontour
