#include "core/statistics/variance_analysis.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

// Rows 1 3 / 5 9: means 2 7 and 3 6, all 4.5; residuals +-0.5.
TEST(MeanSquares, OfATwoByTwoTableAreThoseOfPaper) {
  const std::vector<double> values{1, 3, 5, 9};
  const MeanSquares squares = meanSquares({2, 2, values});
  EXPECT_DOUBLE_EQ(squares.rows, 25);    // 2 (2.5^2 + 2.5^2)
  EXPECT_DOUBLE_EQ(squares.columns, 9);  // 2 (1.5^2 + 1.5^2)
  EXPECT_DOUBLE_EQ(squares.residual, 1);
  const VarianceComponents components = varianceComponents(squares);
  EXPECT_DOUBLE_EQ(components.rows, 12);
  EXPECT_DOUBLE_EQ(components.columns, 4);
  EXPECT_DOUBLE_EQ(components.residual, 1);
}

TEST(MeanSquares, TakeRoundingForZero) {
  const std::vector<double> values(12, 0.1);
  const MeanSquares squares = meanSquares({4, 3, values});
  EXPECT_EQ(squares.rows, 0);
  EXPECT_EQ(squares.columns, 0);
  EXPECT_EQ(squares.residual, 0);
}

TEST(VarianceComponents, AreNotBelowZero) {
  const std::vector<double> values{1, 2, 2, 1};  // rows and columns have the same mean
  const VarianceComponents components = varianceComponents(meanSquares({2, 2, values}));
  EXPECT_EQ(components.rows, 0);
  EXPECT_EQ(components.columns, 0);
  EXPECT_DOUBLE_EQ(components.residual, 1);
}

TEST(MeanSquares, RefuseIncompleteTables) {
  const std::vector<double> three{1, 2, 3}, notNumber{1, 2, 3, std::nan("")};
  EXPECT_THROW(meanSquares({2, 2, three}), Error);
  EXPECT_THROW(meanSquares({3, 1, three}), Error);
  EXPECT_THROW(meanSquares({2, 2, notNumber}), Error);
}

}  // namespace
}  // namespace recontour
