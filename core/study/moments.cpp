#include "core/study/moments.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/base/portable_random.h"

namespace recontour {
namespace {

using Values = std::vector<double>;
constexpr int kHalvings = 90;

double meanOf(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sdOf(const Values& values) {
  const double mean = meanOf(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return values.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// Where `rises` passes from false to true.
template <typename Rises>
double bisected(double low, double high, Rises rises) {
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = low + (high - low) / 2;
    (rises(middle) ? high : low) = middle;
  }
  return high;
}

/// One deviate for each n-th part of an exponential distribution's lower tail, the mean 0 and the largest near 1.
Values lowerTail(int n, PortableRandom& random) {
  Values values;
  for (int i = 0; i < n; ++i) values.push_back(1 + std::log((i + random.between(0.05, 0.95)) / n));
  return values;
}

/// A longer tail of the same order: the square of its exponential deviate, with the largest near .45 SD.
Values stretched(Values values) {
  for (double& value : values) value = (2 - (1 - value) * (1 - value)) / std::sqrt(20.0);
  return values;
}

Values placed(const Values& shape, double shift, double scale, const ValueRange& range) {
  Values values;
  for (const double value : shape) values.push_back(std::clamp(shift + scale * value, range.least, range.most));
  return values;
}

/// The shape at this scale, moved until it has the mean.
Values centred(const Values& shape, double mean, double scale, const ValueRange& range) {
  const auto [lowest, highest] = std::ranges::minmax(shape);
  const double shift = bisected(range.least - scale * highest - 1, range.most - scale * lowest + 1,
                                [&](double by) { return meanOf(placed(shape, by, scale, range)) >= mean; });
  return placed(shape, shift, scale, range);
}

Values fitted(const Values& shape, const Moments& moments, const ValueRange& range) {
  constexpr double kLargestScale = 1e6;  // all values but one lie at an end of the range
  const double scale = bisected(0, kLargestScale,
                                [&](double by) { return sdOf(centred(shape, moments.mean, by, range)) >= moments.sd; });
  return centred(shape, moments.mean, scale, range);
}

}  // namespace

std::vector<double> valuesWithMoments(int n, const Moments& moments, const ValueRange& range, std::uint64_t seed) {
  constexpr double kExact = 1e-9;
  if (n < 1 || moments.sd < 0) throw Error("a sample has one value or more and an SD that is not negative");
  PortableRandom random(seed);
  Values shape = lowerTail(n, random);
  if (moments.mean + moments.sd > range.most) shape = stretched(shape);  // its upper end would be cut
  const Values values = n == 1 ? Values{moments.mean} : fitted(shape, moments, range);
  const bool exact =
      std::abs(meanOf(values) - moments.mean) < kExact && (n == 1 || std::abs(sdOf(values) - moments.sd) < kExact);
  if (!exact)
    throw Error("no " + std::to_string(n) + " values from " + std::to_string(range.least) + " to " +
                std::to_string(range.most) + " have a mean of " + std::to_string(moments.mean) + " and an SD of " +
                std::to_string(moments.sd));
  return shuffled(values, random);
}

}  // namespace recontour
