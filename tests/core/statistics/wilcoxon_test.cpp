#include "core/statistics/wilcoxon.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Values = std::vector<double>;

TEST(Wilcoxon, WithoutTiesIsExact) {
  const auto result = wilcoxonSignedRank(Values{.08, .01, .05, -.02, .06, .12, -.03, .07, .13, .04});
  EXPECT_EQ(result.n, 10);
  EXPECT_EQ(result.nonZero, 10);
  EXPECT_FALSE(result.ties);
  EXPECT_EQ(result.statistic(), 5);       // -.02 has rank 2, -.03 rank 3
  EXPECT_EQ(*result.pExact, 0.01953125);  // 10 of 1024 subsets of 1..10 sum to 5 or less; twice
  EXPECT_EQ(result.p(), *result.pExact);
  EXPECT_DOUBLE_EQ(*result.rankBiserial, 45.0 / 55);
}

TEST(Wilcoxon, DropsZerosAndCorrectsForTies) {
  const auto result = wilcoxonSignedRank(Values{.08, .01, .05, 0, .05, .12, -.01, .06, .12, .04});
  EXPECT_EQ(result.n, 10);
  EXPECT_EQ(result.nonZero, 9);
  EXPECT_EQ(result.zeros(), 1);
  EXPECT_TRUE(result.ties);
  EXPECT_EQ(result.statistic(), 1.5);  // -.01 shares ranks 1 and 2
  EXPECT_FALSE(result.pExact);
  EXPECT_NEAR(*result.pNormal, .012615667, 5e-10);
  EXPECT_NEAR(*result.pNormalCorrected, .014889861, 5e-10);
  EXPECT_EQ(result.p(), *result.pNormalCorrected);
}

TEST(Wilcoxon, OfEqualSumsFindsNothing) {
  const auto result = wilcoxonSignedRank(Values{1, -2, -3, 4});
  EXPECT_EQ(result.positiveRanks, result.negativeRanks);
  EXPECT_EQ(*result.pExact, 1);
  EXPECT_EQ(*result.pNormal, 1);
  EXPECT_EQ(*result.pNormalCorrected, 1);
  EXPECT_EQ(*result.rankBiserial, 0);
}

TEST(Wilcoxon, OfZerosAloneHasNoEffectAndPOne) {
  const auto result = wilcoxonSignedRank(Values(20, 0.0));
  EXPECT_EQ(result.n, 20);
  EXPECT_EQ(result.nonZero, 0);
  EXPECT_EQ(result.p(), 1);
  EXPECT_FALSE(result.pNormal);
  EXPECT_FALSE(result.rankBiserial);
}

TEST(Wilcoxon, IsNormalBeyondTwentyFive) {
  Values differences;
  for (int i = 1; i <= 25; ++i) differences.push_back(i % 3 == 0 ? -i : i);
  EXPECT_TRUE(wilcoxonSignedRank(differences).pExact);
  differences.push_back(26);
  const auto result = wilcoxonSignedRank(differences);
  EXPECT_FALSE(result.pExact);
  EXPECT_EQ(result.p(), *result.pNormalCorrected);
}

// Five equal changes: the normal approximation says .037, but 1 in 16 coin tosses do that.
TEST(Wilcoxon, NeverReportsLessThanCoinsCanGive) {
  const auto result = wilcoxonSignedRank(Values(5, 1.0));
  EXPECT_LT(*result.pNormalCorrected, 0.05);
  EXPECT_EQ(result.p(), 0.0625);
}

TEST(Wilcoxon, RefusesWhatIsNotANumber) { EXPECT_THROW(wilcoxonSignedRank(Values{1, std::nan("")}), Error); }

TEST(SmallestPossibleP, HalvesWithEveryDifference) {
  EXPECT_EQ(smallestPossibleP(0), 1);
  EXPECT_EQ(smallestPossibleP(1), 1);
  EXPECT_EQ(smallestPossibleP(2), 0.5);
  EXPECT_EQ(smallestPossibleP(6), 0.03125);
  for (int n = 1; n <= 20; ++n) {
    Values differences;
    for (int i = 1; i <= n; ++i) differences.push_back(i);
    EXPECT_EQ(*wilcoxonSignedRank(differences).pExact, smallestPossibleP(n));
  }
}

TEST(SmallestPossibleP, NeedsTenChangedCasesForSixteenOrgans) {
  EXPECT_FALSE(canBeSignificant(5, 0.05, 1));
  EXPECT_TRUE(canBeSignificant(6, 0.05, 1));
  EXPECT_FALSE(canBeSignificant(9, 0.05, 16));  // 16 * 0.0039
  EXPECT_TRUE(canBeSignificant(10, 0.05, 16));
}

TEST(HodgesLehmann, IsTheMedianOfWalshAverages) {
  const auto result = hodgesLehmann(Values{1, 2, 6});  // 1 1.5 2 3.5 4 6
  ASSERT_TRUE(result);
  EXPECT_EQ(result->estimate, 2.75);
  EXPECT_FALSE(result->interval);  // three values reach no more than 75 %
}

TEST(HodgesLehmann, OfOneValueIsThatValue) {
  EXPECT_EQ(hodgesLehmann(Values{7})->estimate, 7);
  EXPECT_FALSE(hodgesLehmann(Values{}));
}

// Six values: only the outermost averages are far enough out, 1 - 2 / 64.
TEST(HodgesLehmann, OfSixValuesReachesFromLeastToMost) {
  const auto result = hodgesLehmann(Values{3, 1, 4, 1.5, 9, 2.6});
  EXPECT_EQ(result->interval->lower, 1);
  EXPECT_EQ(result->interval->upper, 9);
  EXPECT_EQ(*result->confidence, 1 - 2.0 / 64);
}

// Hollander & Wolfe's table: of ten values, the ninth average from each end for 95.1 %.
TEST(HodgesLehmann, OfTenValuesLeavesEightAveragesOutAtEachEnd) {
  const auto result = hodgesLehmann(Values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_EQ(result->estimate, 5.5);
  EXPECT_EQ(result->interval->lower, 3);  // 1, 1.5, 2 2, 2.5 2.5, 3 3 3: the ninth
  EXPECT_EQ(result->interval->upper, 8);
  EXPECT_NEAR(*result->confidence, 0.951, 5e-4);
}

TEST(HodgesLehmann, OfManyValuesIsCloseToTheExactInterval) {
  Values differences;
  for (int i = 0; i < 26; ++i) differences.push_back(i);
  const auto result = hodgesLehmann(differences);
  EXPECT_EQ(result->estimate, 12.5);
  EXPECT_NEAR(*result->confidence, 0.95, 0.003);
  EXPECT_DOUBLE_EQ(result->interval->lower + result->interval->upper, 25);
}

TEST(HodgesLehmann, CountsZerosAsChanges) {
  EXPECT_EQ(hodgesLehmann(Values{0, 0, 0, 1})->estimate, 0);  // 6 of 10 averages
}

}  // namespace
}  // namespace recontour
