#include "core/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

CaseStatistic meanOfCases(std::vector<double> values) {
  return [values = std::move(values)](std::span<const int> cases) {
    double sum = 0;
    for (const int number : cases) sum += values[static_cast<std::size_t>(number)];
    return sum / static_cast<double>(cases.size());
  };
}

TEST(Bootstrap, DrawsAsManyCasesAsThereAre) {
  std::set<int> seen;
  const auto statistic = [&](std::span<const int> cases) {
    EXPECT_GE(cases.size(), 2U);  // two in the jackknife
    EXPECT_LE(cases.size(), 3U);
    seen.insert(cases.begin(), cases.end());
    return double{1} * cases[0];
  };
  bootstrapByCase(3, statistic, {.replicates = 50});
  EXPECT_EQ(seen, (std::set<int>{0, 1, 2}));
}

// Of two cases 0 and 1, the mean is 0, 1/2 or 1 with chances 1/4, 1/2, 1/4.
TEST(Bootstrap, OfTwoCasesReachesFromOneToTheOther) {
  const auto result = bootstrapByCase(2, meanOfCases({0, 1}), {.replicates = 2000});
  EXPECT_EQ(result.estimate, 0.5);
  EXPECT_EQ(result.percentile.lower, 0);
  EXPECT_EQ(result.percentile.upper, 1);
  ASSERT_TRUE(result.bca);
  EXPECT_NEAR(result.biasCorrection, -0.6745, 0.1);  // a quarter lies below the estimate
  EXPECT_EQ(result.acceleration, 0);
}

// For a mean the acceleration is the sum of cubed over six times that of squared distances ^ 1.5: 1 2 6 is -2 -1 3.
TEST(Bootstrap, AcceleratesByTheSkewness) {
  const auto result = bootstrapByCase(3, meanOfCases({1, 2, 6}));
  ASSERT_TRUE(result.bca);
  EXPECT_NEAR(result.acceleration, 18 / (6 * std::pow(14, 1.5)), 1e-12);
}

TEST(Bootstrap, IsNearStudentsIntervalForManyPlainValues) {
  std::vector<double> values;
  for (int i = -100; i <= 100; ++i) values.push_back(i);
  const auto result = bootstrapByCase(201, meanOfCases(values), {.replicates = 4000});
  const double half = 1.96 * std::sqrt(100.0 * 101 / 3 / 201);
  for (const Interval& interval : {result.percentile, *result.bca}) {
    EXPECT_NEAR(interval.lower, -half, 0.6);
    EXPECT_NEAR(interval.upper, half, 0.6);
  }
}

TEST(Bootstrap, RepeatsForTheSameSeed) {
  const auto first = bootstrapByCase(5, meanOfCases({1, 2, 4, 8, 16}), {.replicates = 100, .seed = 3});
  const auto second = bootstrapByCase(5, meanOfCases({1, 2, 4, 8, 16}), {.replicates = 100, .seed = 3});
  const auto other = bootstrapByCase(5, meanOfCases({1, 2, 4, 8, 16}), {.replicates = 100, .seed = 4});
  EXPECT_EQ(first.percentile.lower, second.percentile.lower);
  EXPECT_EQ(first.bca->upper, second.bca->upper);
  EXPECT_NE(first.percentile.lower + first.percentile.upper, other.percentile.lower + other.percentile.upper);
}

TEST(Bootstrap, DrawsGroupsAsAWhole) {
  const std::vector<std::vector<int>> patients{{0, 1}, {2}, {3, 4, 5}};
  const auto statistic = [&](std::span<const int> cases) {
    const auto count = [&](int number) { return std::count(cases.begin(), cases.end(), number); };
    EXPECT_EQ(count(0), count(1));
    EXPECT_EQ(count(3), count(5));
    return static_cast<double>(cases.size());
  };
  const auto result = bootstrapByGroup(patients, statistic, {.replicates = 500});
  EXPECT_EQ(result.estimate, 6);
  EXPECT_EQ(result.percentile.upper, 9);  // the group of three thrice
}

TEST(Bootstrap, FallsBackToThePercentilesAndSaysWhy) {
  const auto constant = bootstrapByCase(4, meanOfCases({2, 2, 2, 2}), {.replicates = 50});
  EXPECT_FALSE(constant.bca);
  EXPECT_EQ(constant.bcaProblem, BcaProblem::NoSpread);
  EXPECT_EQ(constant.interval().lower, 2);
  EXPECT_EQ(constant.interval().upper, 2);

  const auto largest = [](std::span<const int> cases) {
    return double{1} * *std::min_element(cases.begin(), cases.end());
  };
  EXPECT_EQ(bootstrapByCase(4, largest, {.replicates = 50}).bcaProblem, BcaProblem::OneSided);

  EXPECT_EQ(bootstrapByCase(1, meanOfCases({2}), {.replicates = 50}).bcaProblem, BcaProblem::NoSpread);
}

TEST(Bootstrap, LeavesOutAndCountsSamplesWithoutAFigure) {
  const auto needsCaseZero = [](std::span<const int> cases) {
    if (std::find(cases.begin(), cases.end(), 0) == cases.end()) return std::nan("");
    return meanOfCases({1, 2, 6})(cases);
  };
  const auto result = bootstrapByCase(3, needsCaseZero, {.replicates = 900});
  EXPECT_NEAR(result.undefinedReplicates, 900 * 8.0 / 27, 60);
  EXPECT_EQ(result.bcaProblem, BcaProblem::NotDefined);
}

TEST(Bootstrap, RefusesWhatHasNoFigure) {
  EXPECT_THROW(bootstrapByCase(0, meanOfCases({})), Error);
  EXPECT_THROW(bootstrapByCase(1, meanOfCases({1}), {.replicates = 0}), Error);
  EXPECT_THROW(bootstrapByCase(1, meanOfCases({std::nan("")})), Error);
}

}  // namespace
}  // namespace recontour
