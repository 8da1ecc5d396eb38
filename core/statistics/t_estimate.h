#pragma once
#include <optional>
#include <span>

#include "core/statistics/interval.h"

namespace recontour {

/// An estimate whose error follows Student's t.
struct TEstimate {
  double estimate = 0;
  double standardError = 0;
  double degreesOfFreedom = 0;
  double t = 0;  ///< estimate / standard error; infinite when values without spread differ from zero
  double p = 1;  ///< two-sided, of the hypothesis that the true value is zero
  Interval interval{};
};

/// @param standardError  >= 0 @param degreesOfFreedom  > 0 @param confidence  of the interval, 0 < confidence < 1
TEstimate tEstimate(double estimate, double standardError, double degreesOfFreedom, double confidence);

/// One-sided p: small when the true value is above `value`.
double pAbove(const TEstimate& estimate, double value);
/// The other tail: small when the true value is below `value`.
double pBelow(const TEstimate& estimate, double value);

/// Paired t-test: mean of the differences.
/// @return empty for fewer than two differences
/// @throws Error when a difference is infinite or not a number, unless 0 < confidence < 1
/// Source: Student, Biometrika 6(1), 1908.
std::optional<TEstimate> pairedT(std::span<const double> differences, double confidence = 0.95);

}  // namespace recontour
