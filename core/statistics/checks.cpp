#include "core/statistics/checks.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace recontour {

void requireFinite(std::span<const double> values) {
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
    throw Error("a value that goes into a statistic is infinite or not a number");
}

void requirePairs(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) throw Error("paired values differ in number");
}

void requireProbability(double probability) {
  if (!(probability > 0 && probability < 1)) throw Error("a confidence or error rate must lie between 0 and 1");
}

}  // namespace recontour
