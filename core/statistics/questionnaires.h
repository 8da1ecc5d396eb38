#pragma once
#include <array>

namespace recontour {

/// System Usability Scale, 0 (worst) .. 100. @param answers  to items 1..10, 1 (strongly disagree) .. 5 each
/// @throws Error when an answer is not within 1..5
/// Source: J. Brooke, SUS: a quick and dirty usability scale, 1996.
double susScore(const std::array<int, 10>& answers);

/// Raw NASA-TLX, 0 (no load) .. 100: the mean of the six scales (mental, physical, temporal demand, performance,
/// effort, frustration). @param scales  0..100 each, performance from good (0) to poor (100)
/// @throws Error when a value is not within 0..100
/// Source: S. G. Hart, Proc. Human Factors and Ergonomics Society 50, 2006, pp. 904-908.
double rawTaskLoad(const std::array<double, 6>& scales);

}  // namespace recontour
