#include "core/statistics/equivalence.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Values = std::vector<double>;
const Values kFour{
    -1, 1, -1, 3};  // mean 0.5, SD sqrt(11 / 3), standard error 0.957427; t of 3 degrees: .975 3.182446, .95 2.353363

TEST(NonInferiority, ComparesTheLowerBoundWithTheMargin) {
  const auto result = nonInferiority(kFour, 2);
  ASSERT_TRUE(result);
  EXPECT_DOUBLE_EQ(result->mean, 0.5);
  EXPECT_NEAR(result->lowerBound, 0.5 - 3.182446 * 0.957427, 5e-6);  // -2.547
  EXPECT_FALSE(result->nonInferior);
  EXPECT_GT(result->p, 0.025);
  EXPECT_TRUE(nonInferiority(kFour, 2.6)->nonInferior);
  EXPECT_LT(nonInferiority(kFour, 2.6)->p, 0.025);
}

TEST(NonInferiority, AtALooserErrorRateHasAHigherBound) {
  EXPECT_NEAR(nonInferiority(kFour, 2, 0.05)->lowerBound, 0.5 - 2.353363 * 0.957427, 5e-6);
}

TEST(Equivalence, NeedsTheWholeIntervalWithinTheMargin) {
  const auto result = equivalence(kFour, 2);
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->interval.lower, -1.753, 5e-4);
  EXPECT_NEAR(result->interval.upper, 2.753, 5e-4);
  EXPECT_FALSE(result->equivalent);
  EXPECT_LT(result->pAboveLower, 0.05);
  EXPECT_GT(result->pBelowUpper, 0.05);
  EXPECT_EQ(result->p(), result->pBelowUpper);
}

TEST(Equivalence, VerdictIsThatOfItsP) {
  for (int tenths = 5; tenths < 50; ++tenths) {
    const double margin = tenths / 10.0;
    const auto result = equivalence(kFour, margin);
    EXPECT_EQ(result->equivalent, result->p() < 0.05) << margin;
  }
}

TEST(Equivalence, OfNoDifferenceAtAllIsCertain) {
  const auto result = equivalence(Values{0, 0, 0}, 0.01);
  EXPECT_TRUE(result->equivalent);
  EXPECT_EQ(result->p(), 0);
}

TEST(Equivalence, NeedsAMarginAndTwoDifferences) {
  EXPECT_THROW(equivalence(kFour, 0), Error);
  EXPECT_THROW(nonInferiority(kFour, -1), Error);
  EXPECT_THROW(nonInferiority(kFour, 1, 0.5), Error);
  EXPECT_FALSE(equivalence(Values{1}, 1));
}

}  // namespace
}  // namespace recontour
