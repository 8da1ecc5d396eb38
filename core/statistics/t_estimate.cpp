#include "core/statistics/t_estimate.h"

#include <cmath>
#include <limits>

#include "core/statistics/checks.h"
#include "core/statistics/descriptive.h"
#include "core/statistics/distributions.h"

namespace recontour {
namespace {

/// Distance in standard errors; values without spread are infinitely far from all but their own.
double standardised(double distance, double standardError) {
  if (standardError > 0) return distance / standardError;
  return distance == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), distance);
}

}  // namespace

TEstimate tEstimate(double estimate, double standardError, double degreesOfFreedom, double confidence) {
  requireProbability(confidence);
  const double t = standardised(estimate, standardError);
  const double half = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  return {.estimate = estimate,
          .standardError = standardError,
          .degreesOfFreedom = degreesOfFreedom,
          .t = t,
          .p = 2 * studentUpperTail(std::abs(t), degreesOfFreedom),
          .interval = {estimate - half, estimate + half}};
}

double pAbove(const TEstimate& estimate, double value) {
  return studentUpperTail(standardised(estimate.estimate - value, estimate.standardError), estimate.degreesOfFreedom);
}

double pBelow(const TEstimate& estimate, double value) {
  return studentUpperTail(standardised(value - estimate.estimate, estimate.standardError), estimate.degreesOfFreedom);
}

std::optional<TEstimate> pairedT(std::span<const double> differences, double confidence) {
  requireFinite(differences);
  if (differences.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(differences.size());
  return tEstimate(meanOf(differences), std::sqrt(varianceOf(differences) / n), n - 1, confidence);
}

}  // namespace recontour
