// Tests, intervals and distributions against scipy.
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/statistics/descriptive.h"
#include "core/statistics/distributions.h"
#include "core/statistics/t_estimate.h"
#include "core/statistics/wilcoxon.h"
#include "tests/bench/peer.h"

namespace recontour {
namespace {

using Values = std::vector<double>;
constexpr double kQuantile = 1e-7;  // scipy 1.10 finds quantiles of t and F to about 1e-9 of their size

std::string text(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.17g", value);
  return digits;
}

Values scipySays(const std::string& what, const Values& values) {
  std::vector<std::string> arguments{what};
  for (const double value : values) arguments.push_back(text(value));
  Values figures;
  for (const std::string& line : bench::runPeer("scipy_statistics.py", arguments)) figures.push_back(std::stod(line));
  return figures;
}

Values normalValues(int count, double mean, std::uint64_t seed) {
  PortableRandom random(seed);
  Values values;
  for (int i = 0; i < count; ++i) values.push_back(mean + normalDeviate(random));
  return values;
}

/// Of few different sizes, so with ties and zeros.
Values roundedValues(int count, double mean, std::uint64_t seed) {
  Values values = normalValues(count, mean, seed);
  for (double& value : values) value = std::round(value * 4) / 4;
  return values;
}

class Scipy : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(bench::peerHas("scipy.stats")); }
};

void expectSameWilcoxon(const Values& differences) {
  const Values scipy = scipySays("wilcoxon", differences);
  ASSERT_EQ(scipy.size(), 4U);
  const WilcoxonResult result = wilcoxonSignedRank(differences);
  ASSERT_EQ(result.pExact.has_value() && result.zeros() == 0, !std::isnan(scipy[0]));
  if (!std::isnan(scipy[0])) {
    EXPECT_NEAR(*result.pExact, scipy[0], 1e-12);
  }
  EXPECT_NEAR(*result.pNormal, scipy[1], 1e-12);
  EXPECT_NEAR(*result.pNormalCorrected, scipy[2], 1e-12);
  EXPECT_EQ(result.statistic(), scipy[3]);
}

TEST_F(Scipy, WilcoxonTestsAreTheSameWithoutTies) {
  for (const int count : {11, 20, 25, 40}) expectSameWilcoxon(normalValues(count, 0.4, 7));
}

TEST_F(Scipy, WilcoxonTestsAreTheSameWithTiesAndZeros) {
  for (const int count : {12, 20, 60}) expectSameWilcoxon(roundedValues(count, 0.4, 11));
}

TEST_F(Scipy, PairedTTestsAreTheSame) {
  for (const int count : {2, 3, 20}) {
    const Values differences = normalValues(count, 0.5, 3);
    const Values scipy = scipySays("ttest", differences);
    ASSERT_EQ(scipy.size(), 4U);
    const TEstimate ours = *pairedT(differences);
    EXPECT_NEAR(ours.t, scipy[0], 1e-10);
    EXPECT_NEAR(ours.p, scipy[1], 1e-12);
    EXPECT_NEAR(ours.interval.lower, scipy[2], kQuantile);
    EXPECT_NEAR(ours.interval.upper, scipy[3], kQuantile);
  }
}

TEST_F(Scipy, QuartilesAreNumpys) {
  const Values values = normalValues(23, 0, 5);
  const Values numpy = scipySays("quantiles", values);
  const Description ours = *describe(values);
  EXPECT_EQ(numpy, (Values{ours.lowerQuartile, ours.median, ours.upperQuartile}));
}

TEST_F(Scipy, DistributionsAreTheSame) {
  for (const Values& at : {Values{0.975, 5, 15}, Values{0.02, 1.5, 2.5}}) {
    const Values scipy = scipySays("distributions", at);
    ASSERT_EQ(scipy.size(), 5U);
    EXPECT_NEAR(normalQuantile(at[0]), scipy[0], 1e-12);
    EXPECT_NEAR(normalCdf(at[1]), scipy[1], 1e-12);
    EXPECT_NEAR(studentQuantile(at[0], at[1]), scipy[2], kQuantile);
    EXPECT_NEAR(studentUpperTail(at[2], at[1]), scipy[3], 1e-12);
    EXPECT_NEAR(fisherQuantile(at[0], at[1], at[2]), scipy[4], kQuantile);
  }
}

}  // namespace
}  // namespace recontour
