#include "core/statistics/descriptive.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

TEST(Description, OfFourValuesIsWhatNumpySays) {
  const auto description = describe(std::vector<double>{4, 1, 2, 9});
  ASSERT_TRUE(description);
  EXPECT_EQ(description->n, 4);
  EXPECT_DOUBLE_EQ(description->mean, 4);
  EXPECT_DOUBLE_EQ(*description->sd, std::sqrt(38.0 / 3));  // squares around 4: 0 9 4 25
  EXPECT_DOUBLE_EQ(description->median, 3);
  EXPECT_DOUBLE_EQ(description->lowerQuartile, 1.75);  // a quarter of the way 1 2 4 9 is at index 0.75
  EXPECT_DOUBLE_EQ(description->upperQuartile, 5.25);  // index 2.25
  EXPECT_EQ(description->min, 1);
  EXPECT_EQ(description->max, 9);
}

TEST(Description, OfOneValueHasNoSd) {
  const auto description = describe(std::vector<double>{3});
  ASSERT_TRUE(description);
  EXPECT_FALSE(description->sd);
  EXPECT_EQ(description->median, 3);
  EXPECT_EQ(description->upperQuartile, 3);
}

TEST(Description, OfNothingIsEmpty) { EXPECT_FALSE(describe({})); }

TEST(Description, RefusesWhatIsNotANumber) {
  EXPECT_THROW(describe(std::vector<double>{1, std::nan("")}), Error);
  EXPECT_THROW(describe(std::vector<double>{std::numeric_limits<double>::infinity()}), Error);
}

}  // namespace
}  // namespace recontour
