#pragma once
#include <optional>
#include <span>

namespace recontour {

/// What a table says of a list of values, in their unit.
struct Description {
  int n = 0;
  double mean = 0;
  std::optional<double> sd{};  ///< divides by n - 1; empty for one value
  double median = 0, lowerQuartile = 0, upperQuartile = 0;
  double min = 0, max = 0;
};

/// @return empty without values
/// @throws Error when a value is infinite or not a number
std::optional<Description> describe(std::span<const double> values);

/// Mean of at least one value.
double meanOf(std::span<const double> values);
/// Sample variance, divides by n - 1. @param values  at least two
double varianceOf(std::span<const double> values);
/// Quantile with linear interpolation between order statistics (numpy's method "linear", type 7 of Hyndman & Fan,
/// The American Statistician 50(4), 1996). @param sorted  ascending, at least one @param fraction  0..1
double quantileOfSorted(std::span<const double> sorted, double fraction);

}  // namespace recontour
