#include "core/statistics/descriptive.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/statistics/checks.h"

namespace recontour {

double meanOf(std::span<const double> values) {
  assert(!values.empty());
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double varianceOf(std::span<const double> values) {
  assert(values.size() > 1);
  const double mean = meanOf(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

double quantileOfSorted(std::span<const double> sorted, double fraction) {
  assert(!sorted.empty() && fraction >= 0 && fraction <= 1);
  const double position = static_cast<double>(sorted.size() - 1) * fraction;
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = position - static_cast<double>(below), step = sorted[above] - sorted[below];
  return part < 0.5 ? sorted[below] + step * part : sorted[above] - step * (1 - part);  // numpy's choice, for symmetry
}

std::optional<Description> describe(std::span<const double> values) {
  requireFinite(values);
  if (values.empty()) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  Description description{.n = static_cast<int>(sorted.size()), .mean = meanOf(values)};
  if (sorted.size() > 1) description.sd = std::sqrt(varianceOf(values));
  description.median = quantileOfSorted(sorted, 0.5);
  description.lowerQuartile = quantileOfSorted(sorted, 0.25);
  description.upperQuartile = quantileOfSorted(sorted, 0.75);
  description.min = sorted.front();
  description.max = sorted.back();
  return description;
}

}  // namespace recontour
