#include "core/study/simulated_readers.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/metrics/overlap.h"
#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

double meanDsc(std::size_t organ, std::size_t column) { return figure3Targets()[organ].columns[column].mean; }

/// 1000 voxels of liver and 8 of spleen.
LabelMap twoOrgans() {
  LabelMap map = mapWithBox({40, 40, 40}, {{5, 5, 5}, {15, 15, 15}}, kLiver);
  map.write({{20, 20, 20}, {22, 22, 22}}, {{2, 2, 2}, std::vector<Label>(8, kSpleen)});
  return map;
}

TEST(Degraded, KeepsSoManyVoxelsThatTheDscIsNearestToTheTarget) {
  const LabelMap truth = twoOrgans();
  const LabelMap map = degraded(truth, kLiver, 0.8, 1);
  EXPECT_EQ(labelCounts(map)[kLiver], 667);  // 2 * 667 / 1667 = .80024, 2 * 666 / 1666 = .79952
  EXPECT_NEAR(dice(truth, map, kLiver).value(), 0.8, 0.0003);
  EXPECT_EQ(labelCounts(map)[kSpleen], 8);
  EXPECT_EQ(labelCounts(degraded(truth, kSpleen, 0.7, 1))[kSpleen], 4);  // 8 / 12 = .667, 10 / 13 = .769
}

TEST(Degraded, HigherTargetsOfOneSeedHoldLowerOnes) {
  const LabelMap truth = twoOrgans();
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const LabelMap low = degraded(truth, kLiver, 0.5, seed), high = degraded(truth, kLiver, 0.9, seed);
    EXPECT_EQ(countOverlap(low, high)[kLiver].inBoth, labelCounts(low)[kLiver]);
    EXPECT_EQ(degraded(high, kSpleen, 1, seed), high);
  }
  EXPECT_NE(degraded(truth, kLiver, 0.5, 1), degraded(truth, kLiver, 0.5, 2));
}

TEST(Degraded, TheEndsOfTheScaleAreTheTruthAndNothing) {
  const LabelMap truth = twoOrgans();
  EXPECT_EQ(degraded(truth, kLiver, 1, 1), truth);
  EXPECT_EQ(labelCounts(degraded(truth, kLiver, 0, 1))[kLiver], 0);
  EXPECT_EQ(degraded(truth, 3, 0.5, 1), truth);
  EXPECT_THROW(degraded(truth, kLiver, 1.1, 1), Error);
}

TEST(Figure3, HasSixteenOrgansOfWhichReadersLeftMostAlone) {
  int untouched = 0;
  for (const Figure3Organ& organ : figure3Targets()) {
    for (int column = 1; column < 4; ++column) untouched += organ.untouched(column);
  }
  EXPECT_EQ(figure3Targets().size(), 16U);
  EXPECT_DOUBLE_EQ(figure3Targets()[5].sd(0), 0.233);
  EXPECT_DOUBLE_EQ(figure3Targets()[2].sd(3), 0.011);  // none was printed: the model's
  EXPECT_FALSE(figure3Targets()[2].untouched(3));
  EXPECT_EQ(untouched, 21);
}

TEST(SimulatedStudy, UntouchedOrgansHaveTheStartsDscExactly) {
  const SimulatedStudy study = simulateFigure3(20, 5);
  EXPECT_EQ(study.organs[1].dsc[2], study.organs[1].dsc[0]);
  EXPECT_NE(study.organs[0].dsc[1], study.organs[0].dsc[0]);
}

TEST(SimulatedStudy, WhereTheMeanRisesMostCasesAreImprovedAndNoneIsMuchWorse) {
  const SimulatedStudy study = simulateFigure3(20, 1);
  for (std::size_t organ = 0; organ < study.organs.size(); ++organ) {
    const auto& dsc = study.organs[organ].dsc;
    for (std::size_t column = 1; column < 4; ++column) {
      if (meanDsc(organ, column) < meanDsc(organ, 0) + 0.01) continue;
      int improved = 0;
      for (std::size_t i = 0; i < 20; ++i) {
        improved += dsc[column][i] > dsc[0][i];
        EXPECT_GT(dsc[column][i], dsc[0][i] - 0.01) << "organ " << organ << " reader " << column;
      }
      EXPECT_GE(improved, 12) << "organ " << organ << " reader " << column;
    }
  }
}

TEST(SimulatedStudy, AFewCasesDoToo) {
  EXPECT_EQ(simulateFigure3(2, 1).cases(), 2);
  const LabelMap truth = twoOrgans();
  const SimulatedStudy study = simulateFigure3(4, 1);
  const LabelMap start = simulatedMap(truth, study, 0, 3);
  EXPECT_NEAR(dice(truth, start, kLiver).value(), study.organs[0].dsc[0][3], 0.001);
  EXPECT_THROW(simulatedMap(truth, study, 4, 0), Error);
  EXPECT_THROW(simulatedMap(truth, study, 0, 4), Error);
}

}  // namespace
}  // namespace recontour
