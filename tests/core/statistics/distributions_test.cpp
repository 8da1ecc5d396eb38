#include "core/statistics/distributions.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "core/statistics/descriptive.h"

namespace recontour {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Distributions, AreThoseOfTheTables) {
  EXPECT_NEAR(normalQuantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normalCdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(studentQuantile(0.975, 1), std::tan(0.475 * std::numbers::pi), 1e-12);  // one degree: Cauchy's
  EXPECT_NEAR(studentUpperTail(1, 1), 0.25, 1e-15);
  EXPECT_NEAR(fisherQuantile(0.95, 2, 2), 19, 1e-10);  // 0.95 / 0.05
}

TEST(Distributions, ReachToInfinity) {
  EXPECT_EQ(studentUpperTail(kInfinity, 3), 0);
  EXPECT_EQ(studentUpperTail(-kInfinity, 3), 1);
  EXPECT_EQ(fisherQuantile(0.975, 5, 1e-4), kInfinity);
}

TEST(NormalDeviates, HaveMeanZeroAndSdOne) {
  PortableRandom random(1);
  std::vector<double> values;
  for (int i = 0; i < 10000; ++i) values.push_back(normalDeviate(random));
  const Description description = *describe(values);
  EXPECT_NEAR(description.mean, 0, 0.04);  // 4 SD of the mean
  EXPECT_NEAR(*description.sd, 1, 0.03);
  EXPECT_NEAR(description.upperQuartile, 0.6745, 0.06);
}

}  // namespace
}  // namespace recontour
