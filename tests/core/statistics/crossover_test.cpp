#include "core/statistics/crossover.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/statistics/time_ratio.h"

namespace recontour {
namespace {

// Peak flow (l/min) under formoterol (A) and salbutamol (B), 13 children: Senn 2002, chapter 3.
const std::vector<CrossoverPair> kAsthma{{ArmOrder::AB, 310, 270}, {ArmOrder::AB, 310, 260}, {ArmOrder::AB, 370, 300},
                                         {ArmOrder::AB, 410, 390}, {ArmOrder::AB, 250, 210}, {ArmOrder::AB, 380, 350},
                                         {ArmOrder::AB, 330, 365}, {ArmOrder::BA, 370, 385}, {ArmOrder::BA, 310, 400},
                                         {ArmOrder::BA, 380, 410}, {ArmOrder::BA, 290, 320}, {ArmOrder::BA, 260, 340},
                                         {ArmOrder::BA, 90, 220}};

TEST(Crossover, OfSennsAsthmaTrialIsAsPublished) {
  const auto result = analyseCrossover(kAsthma);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->nAb, 7);
  EXPECT_EQ(result->nBa, 6);
  EXPECT_NEAR(result->treatment.estimate, 46.6, 0.05);
  EXPECT_NEAR(result->treatment.standardError, 10.8, 0.05);
  EXPECT_EQ(result->treatment.degreesOfFreedom, 11);
  EXPECT_NEAR(result->treatment.t, 4.3, 0.05);
  EXPECT_NEAR(result->treatment.p, 0.001, 5e-4);
  EXPECT_NEAR(result->period.estimate, 15.9, 0.05);
}

// A takes 10 less than B, period 2 takes 4 less than period 1, cases differ.
TEST(Crossover, TellsArmsFromPeriods) {
  const std::vector<CrossoverPair> pairs{
      {ArmOrder::AB, 90, 96}, {ArmOrder::AB, 40, 46}, {ArmOrder::BA, 100, 86}, {ArmOrder::BA, 50, 36}};
  const auto result = analyseCrossover(pairs);
  EXPECT_DOUBLE_EQ(result->treatment.estimate, -10);
  EXPECT_DOUBLE_EQ(result->period.estimate, -4);
  EXPECT_DOUBLE_EQ(result->carryOver.estimate, 0);
  EXPECT_EQ(result->treatment.p, 0);
  EXPECT_EQ(result->carryOver.p, 1);
}

TEST(Crossover, SeesWhatACarriesOver) {
  const std::vector<CrossoverPair> pairs{
      {ArmOrder::AB, 20, 25}, {ArmOrder::AB, 21, 27}, {ArmOrder::BA, 20, 20}, {ArmOrder::BA, 22, 20}};
  const auto result = analyseCrossover(pairs);
  EXPECT_DOUBLE_EQ(result->carryOver.estimate, 46.5 - 41);
  EXPECT_DOUBLE_EQ(result->carryOver.standardError, std::sqrt((4.5 + 2) / 2));  // squares 4.5 and 2, 2 degrees
}

TEST(Crossover, OfLogTimesGivesATimeRatio) {
  std::vector<CrossoverPair> pairs;
  for (const double slow : {100.0, 200.0, 400.0}) {
    pairs.push_back({ArmOrder::AB, std::log(slow / 2), std::log(slow * 0.8)});  // A halves, period 2 takes 0.8 times
    pairs.push_back({ArmOrder::BA, std::log(slow), std::log(slow / 2 * 0.8)});
  }
  const auto result = analyseCrossover(pairs);
  EXPECT_NEAR(backTransformed(result->treatment).ratio, 0.5, 1e-12);
  EXPECT_NEAR(backTransformed(result->period).ratio, 0.8, 1e-12);
}

TEST(Crossover, NeedsBothOrdersAndThreeUnits) {
  EXPECT_FALSE(analyseCrossover(std::vector<CrossoverPair>{{ArmOrder::AB, 1, 2}, {ArmOrder::BA, 1, 2}}));
  EXPECT_FALSE(analyseCrossover(std::vector<CrossoverPair>(5)));
  EXPECT_THROW(analyseCrossover(std::vector<CrossoverPair>{{ArmOrder::AB, std::nan(""), 2}}), Error);
}

}  // namespace
}  // namespace recontour
