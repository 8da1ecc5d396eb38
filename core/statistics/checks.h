#pragma once
// Private to core/statistics: what every function asks of its input.
#include <span>

namespace recontour {

/// @throws Error when a value is infinite or not a number
void requireFinite(std::span<const double> values);
/// @throws Error unless both have as many values
void requirePairs(std::span<const double> a, std::span<const double> b);
/// @throws Error unless 0 < probability < 1
void requireProbability(double probability);

}  // namespace recontour
