#include "core/statistics/time_ratio.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Values = std::vector<double>;

TEST(TimeRatio, IsTheGeometricMeanOfRatios) {
  const auto result = timeRatio(Values{60, 30, 80}, Values{120, 120, 80});  // 1/2, 1/4, 1
  ASSERT_TRUE(result);
  EXPECT_DOUBLE_EQ(result->ratio, 0.5);
  // logs -ln 2 times 1, 2, 0: standard error ln 2 / sqrt 3; t of 2 degrees 4.302653
  EXPECT_NEAR(result->interval.lower, 0.5 * std::pow(2, -4.302653 / std::sqrt(3.0)), 1e-6);
  EXPECT_NEAR(result->interval.upper, 0.5 * std::pow(2, 4.302653 / std::sqrt(3.0)), 1e-6);
}

TEST(TimeRatio, TurnsRoundWithTheArms) {
  const Values a{60, 30, 80}, b{120, 110, 90};
  const auto forth = timeRatio(a, b), back = timeRatio(b, a);
  EXPECT_DOUBLE_EQ(forth->ratio * back->ratio, 1);
  EXPECT_NEAR(forth->interval.lower * back->interval.upper, 1, 1e-12);
  EXPECT_NEAR(forth->p, back->p, 1e-12);
}

TEST(TimeRatio, NeedsPairsOfTimesAboveZero) {
  EXPECT_FALSE(timeRatio(Values{1}, Values{2}));
  EXPECT_THROW(timeRatio(Values{1, 2}, Values{2}), Error);
  EXPECT_THROW(timeRatio(Values{1, 0}, Values{2, 2}), Error);
  EXPECT_THROW(logRatio(-1, 2), Error);
}

}  // namespace
}  // namespace recontour
