#include "core/statistics/agreement.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Scores = std::vector<int>;
constexpr auto kNone = std::nullopt;

TEST(WeightedKappa, IsOneForEqualScores) { EXPECT_EQ(*quadraticWeightedKappa(Scores{1, 2, 5}, Scores{1, 2, 5}), 1); }

TEST(WeightedKappa, OfTwoScoresIsCohensPlainKappa) {
  // both 1: 20, both 2: 15, 1/2: 5, 2/1: 10. Observed .7, by chance .5
  Scores a, b;
  const auto add = [&](int count, int scoreA, int scoreB) {
    a.insert(a.end(), static_cast<std::size_t>(count), scoreA);
    b.insert(b.end(), static_cast<std::size_t>(count), scoreB);
  };
  add(20, 1, 1);
  add(15, 2, 2);
  add(5, 1, 2);
  add(10, 2, 1);
  EXPECT_NEAR(*quadraticWeightedKappa(a, b), 0.4, 1e-12);
}

// Squares of the differences: 1; of all pairs of 1 2 3 with 1 2 2: 0 1 1 1 0 0 4 1 1.
TEST(WeightedKappa, WeighsByTheSquareOfTheDifference) {
  EXPECT_DOUBLE_EQ(*quadraticWeightedKappa(Scores{1, 2, 3}, Scores{1, 2, 2}), 1 - 1.0 * 3 / 9);
}

TEST(WeightedKappa, IsBelowZeroForOppositeScores) {
  EXPECT_DOUBLE_EQ(*quadraticWeightedKappa(Scores{1, 5}, Scores{5, 1}), -1);
}

TEST(WeightedKappa, OfOneScoreAloneIsNotDefined) {
  EXPECT_FALSE(quadraticWeightedKappa(Scores{3, 3}, Scores{3, 3}));
  EXPECT_FALSE(quadraticWeightedKappa({}, {}));
  EXPECT_THROW(quadraticWeightedKappa(Scores{3}, Scores{}), Error);
}

// Krippendorff 2011: four observers, twelve items, missing data; ordinal alpha 0.815.
TEST(KrippendorffAlpha, IsAsPublished) {
  const std::vector<ItemScores> items{
      {1, 1, kNone, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3},     {2, 2, 2, 2},         {1, 2, 3, 4},
      {4, 4, 4, 4},     {1, 1, 2, 1}, {2, 2, 2, 2}, {kNone, 5, 5, 5}, {kNone, kNone, 1, 1}, {kNone, 3, kNone, kNone}};
  EXPECT_NEAR(*krippendorffAlphaOrdinal(items), 0.815, 5e-4);
}

TEST(KrippendorffAlpha, IsOneForEqualScoresAndEmptyWithoutPairs) {
  EXPECT_EQ(*krippendorffAlphaOrdinal(std::vector<ItemScores>{{1, 1}, {2, 2}}), 1);
  EXPECT_FALSE(krippendorffAlphaOrdinal(std::vector<ItemScores>{{1, kNone}, {kNone, 2}}));
  EXPECT_FALSE(krippendorffAlphaOrdinal(std::vector<ItemScores>{{4, 4}, {4, 4}}));
  EXPECT_FALSE(krippendorffAlphaOrdinal({}));
}

}  // namespace
}  // namespace recontour
