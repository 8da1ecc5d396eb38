#include "core/statistics/equivalence.h"

#include <cmath>

#include "core/base/error.h"
#include "core/statistics/t_estimate.h"

namespace recontour {
namespace {

/// With the two-sided interval whose ends are each a bound at confidence 1 - alpha.
std::optional<TEstimate> checkedEstimate(std::span<const double> differences, double margin, double alpha) {
  if (!(margin > 0 && std::isfinite(margin))) throw Error("the margin must be greater than zero");
  if (!(alpha > 0 && alpha < 0.5)) throw Error("a one-sided error rate must lie between 0 and 0.5");
  return pairedT(differences, 1 - 2 * alpha);
}

}  // namespace

std::optional<NonInferiority> nonInferiority(std::span<const double> differences, double margin, double alpha) {
  const std::optional<TEstimate> mean = checkedEstimate(differences, margin, alpha);
  if (!mean) return std::nullopt;
  return NonInferiority{.n = static_cast<int>(differences.size()),
                        .mean = mean->estimate,
                        .lowerBound = mean->interval.lower,
                        .margin = margin,
                        .p = pAbove(*mean, -margin),
                        .nonInferior = mean->interval.lower > -margin};
}

std::optional<Equivalence> equivalence(std::span<const double> differences, double margin, double alpha) {
  const std::optional<TEstimate> mean = checkedEstimate(differences, margin, alpha);
  if (!mean) return std::nullopt;
  return Equivalence{.n = static_cast<int>(differences.size()),
                     .mean = mean->estimate,
                     .interval = mean->interval,
                     .margin = margin,
                     .pAboveLower = pAbove(*mean, -margin),
                     .pBelowUpper = pBelow(*mean, margin),
                     .equivalent = mean->interval.lower > -margin && mean->interval.upper < margin};
}

}  // namespace recontour
