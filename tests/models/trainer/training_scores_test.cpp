#include "models/engine/trainer/training_scores.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(ScoreCounter, IsTheDiceOfEachLabel) {
  ScoreCounter scores(4);
  scores.add({1, 1, 2, 0}, {1, 2, 2, 0});
  // Label 1: 2 * 1 / (2 + 1); label 2: 2 * 1 / (1 + 2); label 3 is nowhere.
  EXPECT_EQ(scores.dsc(), (std::map<Label, double>{{1, 2.0 / 3}, {2, 2.0 / 3}}));
  EXPECT_DOUBLE_EQ(*scores.mean(), 2.0 / 3);
}

TEST(ScoreCounter, CountsTheVoxelsOfAllCasesTogether) {
  ScoreCounter scores(2);
  scores.add({1, 1, 1}, {1, 1, 1});
  scores.add({0, 1}, {1, 0});
  EXPECT_EQ(scores.dsc().at(1), 6.0 / 8);
}

TEST(ScoreCounter, LeavesOutWhatNothingIsKnownOf) {
  ScoreCounter scores(3);
  scores.add({1, 2, 1}, {1, kIgnored, kIgnored});
  EXPECT_EQ(scores.dsc(), (std::map<Label, double>{{1, 1.0}}));
}

TEST(ScoreCounter, TakesACaseWithoutLabelsForNothing) {
  ScoreCounter scores(3);
  scores.add({1, 2, 1}, {});
  EXPECT_TRUE(scores.dsc().empty());
}

TEST(ScoreCounter, HasAMeanOfTheLabelsThatTheTruthHas) {
  ScoreCounter scores(3);
  scores.add({1, 2}, {1, 0});
  EXPECT_EQ(scores.dsc().at(2), 0);
  EXPECT_EQ(scores.mean(), 1);  // label 2 is only in the prediction
  EXPECT_EQ(ScoreCounter(3).mean(), std::nullopt);
}

}  // namespace
}  // namespace recontour
