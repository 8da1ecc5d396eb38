#include "core/statistics/time_ratio.h"

#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/statistics/checks.h"

namespace recontour {

double logRatio(double a, double b) {
  if (!(a > 0 && b > 0 && std::isfinite(a) && std::isfinite(b))) throw Error("a time ratio needs times above zero");
  return std::log(a / b);
}

TimeRatio backTransformed(const TEstimate& logDifference) {
  const Interval& logs = logDifference.interval;
  return {std::exp(logDifference.estimate), {std::exp(logs.lower), std::exp(logs.upper)}, logDifference.p};
}

std::optional<TimeRatio> timeRatio(std::span<const double> a, std::span<const double> b, double confidence) {
  requirePairs(a, b);
  std::vector<double> logs;
  for (std::size_t i = 0; i < a.size(); ++i) logs.push_back(logRatio(a[i], b[i]));
  const std::optional<TEstimate> mean = pairedT(logs, confidence);
  if (!mean) return std::nullopt;
  return backTransformed(*mean);
}

}  // namespace recontour
