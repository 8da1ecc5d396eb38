#include "core/statistics/proportion.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/statistics/checks.h"
#include "core/statistics/distributions.h"

namespace recontour {

std::optional<Interval> wilsonInterval(int successes, int trials, double confidence) {
  requireProbability(confidence);
  if (successes < 0 || successes > trials) throw Error("a proportion needs 0 to all of its trials as successes");
  if (trials == 0) return std::nullopt;
  const double n = trials, share = successes / n;
  const double z = normalQuantile((1 + confidence) / 2), z2 = z * z;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return Interval{successes == 0 ? 0.0 : centre - half, successes == trials ? 1.0 : centre + half};
}

}  // namespace recontour
