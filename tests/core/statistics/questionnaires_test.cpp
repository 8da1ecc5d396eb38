#include "core/statistics/questionnaires.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

TEST(Sus, ReachesFromZeroToAHundred) {
  EXPECT_EQ(susScore({5, 1, 5, 1, 5, 1, 5, 1, 5, 1}), 100);
  EXPECT_EQ(susScore({1, 5, 1, 5, 1, 5, 1, 5, 1, 5}), 0);
  EXPECT_EQ(susScore({3, 3, 3, 3, 3, 3, 3, 3, 3, 3}), 50);
}

// Points 4 1 1 4 1 2 1 1 4 3: 22.
TEST(Sus, CountsEveryOtherItemBackwards) { EXPECT_EQ(susScore({5, 4, 2, 1, 2, 3, 2, 4, 5, 2}), 55); }

TEST(Sus, RefusesAnswersOffTheScale) { EXPECT_THROW(susScore({0, 1, 1, 1, 1, 1, 1, 1, 1, 1}), Error); }

TEST(TaskLoad, IsTheMeanOfSixScales) {
  EXPECT_DOUBLE_EQ(rawTaskLoad({10, 20, 30, 40, 50, 60}), 35);
  EXPECT_THROW(rawTaskLoad({10, 20, 30, 40, 50, 101}), Error);
}

}  // namespace
}  // namespace recontour
