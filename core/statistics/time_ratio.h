#pragma once
#include <optional>
#include <span>

#include "core/statistics/interval.h"
#include "core/statistics/t_estimate.h"

namespace recontour {

/// ln(a / b), the scale on which times are compared. @param a, b  > 0, same unit
/// @throws Error when one is not a finite number greater than zero
double logRatio(double a, double b);

/// How many times as long: an effect on the log scale, back-transformed.
struct TimeRatio {
  double ratio = 1;  ///< geometric mean of a / b; 0.67 reads "a third less time"
  Interval interval{};
  double p = 1;  ///< two-sided, of the hypothesis that the ratio is 1
};

/// exp of a difference of logs, e.g. the treatment effect of a crossover of log times.
TimeRatio backTransformed(const TEstimate& logDifference);

/// Times of the same cases (and organs) in two arms, by a paired t-test of their log ratios.
///
/// @param a, b  paired times > 0, same unit; the ratio is a to b
/// @return empty for fewer than two pairs
/// @throws Error when they differ in number, a time is not greater than zero, unless 0 < confidence < 1
/// Source: Bland & Altman, The use of transformation when comparing two means, BMJ 312, 1996, p. 1153.
std::optional<TimeRatio> timeRatio(std::span<const double> a, std::span<const double> b, double confidence = 0.95);

}  // namespace recontour
