#include "core/metrics/percentile.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace recontour {

double percentile(std::vector<double>& values, double percent) {
  assert(!values.empty());
  const double position = static_cast<double>(values.size() - 1) * (percent / 100.0);
  const double floor = std::floor(position);
  const double t = position - floor;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(floor);
  std::nth_element(values.begin(), at, values.end());
  const double a = *at;
  const double b = at + 1 == values.end() ? a : *std::min_element(at + 1, values.end());
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1.0 - t);  // numpy's choice, for symmetry
}

}  // namespace recontour
