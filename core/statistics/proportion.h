#pragma once
#include <optional>

#include "core/statistics/interval.h"

namespace recontour {

/// Wilson's score interval of a proportion of independent trials, within 0..1.
///
/// Organs of one case are not independent: for "improved" over cases and organs use `bootstrapByCase`.
/// @return empty without trials
/// @throws Error unless 0 <= successes <= trials and 0 < confidence < 1
/// Source: E. B. Wilson, JASA 22(158), 1927, pp. 209-212.
std::optional<Interval> wilsonInterval(int successes, int trials, double confidence = 0.95);

}  // namespace recontour
