#include "core/statistics/proportion.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

// Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
TEST(Wilson, IsAsNewcombePrintsIt) {
  const auto expectInterval = [](int successes, int trials, double lower, double upper) {
    const auto interval = wilsonInterval(successes, trials);
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->lower, lower, 5e-5);
    EXPECT_NEAR(interval->upper, upper, 5e-5);
  };
  expectInterval(81, 263, 0.2553, 0.3662);
  expectInterval(15, 148, 0.0624, 0.1605);
  expectInterval(0, 20, 0.0000, 0.1611);
  expectInterval(1, 29, 0.0061, 0.1718);
}

TEST(Wilson, OfAllOrNoneEndsAtTheBorder) {
  EXPECT_EQ(wilsonInterval(0, 5)->lower, 0);
  EXPECT_EQ(wilsonInterval(5, 5)->upper, 1);
}

TEST(Wilson, WithoutTrialsIsEmpty) { EXPECT_FALSE(wilsonInterval(0, 0)); }

TEST(Wilson, RefusesImpossibleCounts) {
  EXPECT_THROW(wilsonInterval(6, 5), Error);
  EXPECT_THROW(wilsonInterval(-1, 5), Error);
  EXPECT_THROW(wilsonInterval(1, 5, 1), Error);
}

}  // namespace
}  // namespace recontour
