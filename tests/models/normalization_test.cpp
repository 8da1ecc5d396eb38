#include "models/engine/normalization.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(Normalization, AffineClipsThenSubtractsAndDivides) {
  const HuTransform transform({.clipped = true, .low = -250, .high = 350, .subtract = 50, .divide = 150}, {});
  EXPECT_FLOAT_EQ(transform(50), 0);
  EXPECT_FLOAT_EQ(transform(200), 1);
  EXPECT_FLOAT_EQ(transform(-1000), -2);
  EXPECT_FLOAT_EQ(transform(3000), 2);
}

TEST(Normalization, CtClipZscoreUsesTheTrainingSetsFigures) {
  const HuTransform transform({.type = Normalization::Type::CtClipZscore,
                               .clipped = true,
                               .low = -100,
                               .high = 300,
                               .subtract = 100,
                               .divide = 50},
                              {});
  EXPECT_FLOAT_EQ(transform(125), 0.5);
  EXPECT_FLOAT_EQ(transform(-500), -4);
}

TEST(Normalization, RangeMapsLinearlyAndClipsOnlyWhenAsked) {
  Normalization range{
      .type = Normalization::Type::Range, .clipped = true, .low = -175, .high = 250, .outLow = -1, .outHigh = 1};
  EXPECT_FLOAT_EQ(HuTransform(range, {})(-175), -1);
  EXPECT_NEAR(HuTransform(range, {})(37.5), 0, 1e-6);
  EXPECT_FLOAT_EQ(HuTransform(range, {})(1000), 1);
  range.clipped = false;
  EXPECT_FLOAT_EQ(HuTransform(range, {})(462.5), 2);
}

TEST(Normalization, ZscoreTakesMeanAndDeviationFromTheImage) {
  std::vector<float> hu = {0, 0, 10, 30};  // mean 10, variance 150
  HuTransform({.type = Normalization::Type::Zscore}, hu).apply(hu);
  EXPECT_NEAR(hu[0], -10 / std::sqrt(150.0), 1e-6);
  EXPECT_NEAR(hu[2], 0, 1e-6);
  EXPECT_NEAR(hu[3], 20 / std::sqrt(150.0), 1e-6);
}

TEST(Normalization, ZscoreOfNonzeroVoxelsLeavesZerosAlone) {
  std::vector<float> hu = {0, 0, 10, 30};  // of 10 and 30: mean 20, deviation 10
  HuTransform({.type = Normalization::Type::Zscore, .nonzeroOnly = true}, hu).apply(hu);
  EXPECT_EQ(hu, (std::vector<float>{0, 0, -1, 1}));
}

TEST(Normalization, ZscoreOfAConstantImageIsZero) {
  std::vector<float> hu(8, 7);
  HuTransform({.type = Normalization::Type::Zscore}, hu).apply(hu);
  EXPECT_EQ(hu, std::vector<float>(8, 0));
}

}  // namespace
}  // namespace recontour
