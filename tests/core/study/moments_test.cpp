#include "core/study/moments.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double sdOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value - meanOf(values), 2);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

std::vector<std::size_t> ranksOf(const std::vector<double>& values) {
  std::vector<std::size_t> places(values.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::ranges::stable_sort(places, {}, [&](std::size_t i) { return values[i]; });
  return places;
}

TEST(ValuesWithMoments, HaveTheMeanAndSdExactlyWithinTheRange) {
  const Moments kMoments[] = {{0.965, 0.007}, {0.748, 0.233}, {0.677, 0.174}, {0.863, 0.124}, {0.5, 0}};
  for (const Moments& moments : kMoments) {
    const auto values = valuesWithMoments(20, moments, {0.02, 0.98}, 7);
    EXPECT_EQ(values.size(), 20U);
    EXPECT_NEAR(meanOf(values), moments.mean, 1e-9);
    EXPECT_NEAR(sdOf(values), moments.sd, 1e-9);
    EXPECT_GE(std::ranges::min(values), 0.02);
    EXPECT_LE(std::ranges::max(values), 0.98);
  }
}

TEST(ValuesWithMoments, TwoValuesLieOneSdTimesRootTwoApart) {
  auto values = valuesWithMoments(2, {0.8, 0.1}, {}, 1);
  std::ranges::sort(values);
  EXPECT_NEAR(values[0], 0.8 - 0.1 / std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(values[1], 0.8 + 0.1 / std::sqrt(2.0), 1e-9);
  EXPECT_EQ(valuesWithMoments(1, {0.8, 0.1}, {}, 1), std::vector<double>{0.8});
}

TEST(ValuesWithMoments, OneSeedGivesOneOrderOfCases) {
  const auto start = valuesWithMoments(20, {0.748, 0.233}, {}, 3), after = valuesWithMoments(20, {0.847, 0.054}, {}, 3);
  EXPECT_EQ(ranksOf(start), ranksOf(after));
  EXPECT_EQ(start, valuesWithMoments(20, {0.748, 0.233}, {}, 3));
  EXPECT_NE(ranksOf(start), ranksOf(valuesWithMoments(20, {0.748, 0.233}, {}, 4)));
}

TEST(ValuesWithMoments, AnSdThatTheRangeDoesNotAllowIsRefused) {
  EXPECT_THROW(valuesWithMoments(20, {0.9, 0.5}, {0, 1}, 1), Error);
  EXPECT_THROW(valuesWithMoments(20, {1.2, 0.1}, {0, 1}, 1), Error);
  EXPECT_THROW(valuesWithMoments(0, {0.9, 0.1}, {0, 1}, 1), Error);
}

}  // namespace
}  // namespace recontour
