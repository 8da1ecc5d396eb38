#include "core/metrics/percentile.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

double percentile95(std::vector<double> values) { return percentile(values, 95); }

TEST(Percentile, InterpolatesAsNumpyDoes) {
  EXPECT_EQ(percentile95({0, 1, 2, 3}), 2.8499999999999996);  // not 2.85: numpy works from the upper neighbour
  EXPECT_EQ(percentile95({0, 10}), 9.5);
  EXPECT_EQ(percentile95({5}), 5.0);
}

TEST(Percentile, DoesNotNeedSortedValues) { EXPECT_EQ(percentile95({3, 0, 2, 1}), 2.8499999999999996); }

TEST(Percentile, OfAllEqualValuesIsThatValue) { EXPECT_EQ(percentile95({3, 3, 3, 3, 3, 3, 3}), 3.0); }

TEST(Percentile, HundredIsTheMaximumAndZeroTheMinimum) {
  std::vector<double> values = {4, 1, 7};
  EXPECT_EQ(percentile(values, 100), 7.0);
  EXPECT_EQ(percentile(values, 0), 1.0);
}

}  // namespace
}  // namespace recontour
