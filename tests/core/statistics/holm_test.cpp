#include "core/statistics/holm.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using PValues = std::vector<std::optional<double>>;

void expectNear(const PValues& values, const PValues& expected) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(values[i].has_value(), expected[i].has_value()) << i;
    if (values[i]) {
      EXPECT_DOUBLE_EQ(*values[i], *expected[i]) << i;
    }
  }
}

TEST(Holm, MultipliesByHowManyAreLeftAndNeverFalls) {
  expectNear(holmAdjusted(PValues{.001, .02, .04, .03}), {.004, .06, .06, .06});
}

TEST(Holm, DoesNotDependOnTheOrder) { expectNear(holmAdjusted(PValues{.04, .03, .001, .02}), {.06, .06, .004, .06}); }

TEST(Holm, LeavesTestsThatWereNotMadeOutOfTheFamily) {
  expectNear(holmAdjusted(PValues{.01, std::nullopt, .02}), {.02, std::nullopt, .02});
}

TEST(Holm, StaysWithinOne) { expectNear(holmAdjusted(PValues{.6, .9, 1}), {1, 1, 1}); }

TEST(Holm, GivesEqualValuesTheSame) { expectNear(holmAdjusted(PValues{.01, .01, .5}), {.03, .03, .5}); }

TEST(Holm, OfNothingIsNothing) { EXPECT_TRUE(holmAdjusted({}).empty()); }

TEST(Holm, RefusesWhatIsNoProbability) {
  EXPECT_THROW(holmAdjusted(PValues{1.5}), Error);
  EXPECT_THROW(holmAdjusted(PValues{std::nan("")}), Error);
}

}  // namespace
}  // namespace recontour
