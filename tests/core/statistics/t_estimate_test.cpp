#include "core/statistics/t_estimate.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Values = std::vector<double>;

// Student's sleep data, extra hours by drug 2 over drug 1: t 4.0621, 9 degrees, p .002833, .7001 to 2.4599.
TEST(PairedT, OfStudentsSleepIsAsPublished) {
  const auto result = pairedT(Values{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4});
  ASSERT_TRUE(result);
  EXPECT_DOUBLE_EQ(result->estimate, 1.58);
  EXPECT_EQ(result->degreesOfFreedom, 9);
  EXPECT_NEAR(result->t, 4.0621, 5e-5);
  EXPECT_NEAR(result->p, .002833, 5e-7);
  EXPECT_NEAR(result->interval.lower, .7001, 5e-5);
  EXPECT_NEAR(result->interval.upper, 2.4599, 5e-5);
}

TEST(PairedT, WithoutSpreadIsCertain) {
  const auto change = pairedT(Values{2, 2, 2});
  EXPECT_TRUE(std::isinf(change->t));
  EXPECT_EQ(change->p, 0);
  EXPECT_EQ(change->interval.lower, 2);
  const auto none = pairedT(Values{0, 0, 0});
  EXPECT_EQ(none->t, 0);
  EXPECT_EQ(none->p, 1);
}

TEST(PairedT, OfOneValueIsEmpty) {
  EXPECT_FALSE(pairedT(Values{1}));
  EXPECT_THROW(pairedT(Values{1, 2}, 1.0), Error);
}

TEST(PairedT, TailsAddUpToOne) {
  const auto result = pairedT(Values{1, 2, 4});
  EXPECT_NEAR(pAbove(*result, 1.7) + pBelow(*result, 1.7), 1, 1e-15);
  EXPECT_LT(pAbove(*result, 0), pAbove(*result, 1));
}

}  // namespace
}  // namespace recontour
