#pragma once
#include <cstdint>
#include <vector>

namespace recontour {

/// What a sample of values is to have in common with a printed one.
struct Moments {
  double mean = 0;
  double sd = 0;  ///< of the sample, n - 1; >= 0
};
struct ValueRange {
  double least = 0.02, most = 0.98;
};

/// `n` values in random order with exactly (to 1e-9) that mean and SD. They are like DSCs of a model: most near their
/// upper end, a few far below. Samples of one seed and n have their ranks in the same places, so that they read as the
/// same cases with other means and SDs.
/// @param n  1 or more; the SD of one value is not looked at
/// @throws Error when no `n` values within the range have these moments
std::vector<double> valuesWithMoments(int n, const Moments& moments, const ValueRange& range, std::uint64_t seed);

}  // namespace recontour
