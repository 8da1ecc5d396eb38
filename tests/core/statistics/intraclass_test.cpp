#include "core/statistics/intraclass.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

const std::vector<double> kShroutFleiss{9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

void expectInterval(const Icc& icc, double lower, double upper) {
  ASSERT_TRUE(icc.interval);
  EXPECT_NEAR(icc.interval->lower, lower, 0.005);
  EXPECT_NEAR(icc.interval->upper, upper, 0.005);
}

TEST(IntraclassCorrelation, OfShroutAndFleissIsAsPublished) {
  const auto forms = intraclassCorrelations({6, 4, kShroutFleiss});
  ASSERT_TRUE(forms);
  EXPECT_NEAR(forms->squares.rows, 11.241667, 5e-7);
  EXPECT_NEAR(forms->squares.columns, 32.486111, 5e-7);
  EXPECT_NEAR(forms->squares.residual, 1.019444, 5e-7);
  EXPECT_NEAR(forms->single2.value, .28976378, 5e-9);
  EXPECT_NEAR(forms->single3.value, .71484071, 5e-9);
  EXPECT_NEAR(forms->average2.value, .62005055, 5e-9);
  EXPECT_NEAR(forms->average3.value, .90931554, 5e-9);
}

// As R's psych::ICC prints them for the same table.
TEST(IntraclassCorrelation, HasTheIntervalsOfThePsychPackage) {
  const auto forms = intraclassCorrelations({6, 4, kShroutFleiss});
  expectInterval(forms->single2, 0.019, 0.76);
  expectInterval(forms->single3, 0.34, 0.95);
  expectInterval(forms->average2, 0.071, 0.93);
  expectInterval(forms->average3, 0.68, 0.99);
}

TEST(IntraclassCorrelation, OfReadersThatDifferByAConstantIsOneForThatFormAlone) {
  const std::vector<double> values{1, 2, 4, 5, 7, 8};
  const auto forms = intraclassCorrelations({3, 2, values});
  EXPECT_EQ(forms->single3.value, 1);
  EXPECT_DOUBLE_EQ(forms->single2.value, 18.0 / 19);  // MSR 18, MSC 1.5, MSE 0, n 3: 18 / (18 + 2 * 1.5 / 3)
  EXPECT_FALSE(forms->single3.interval);
}

TEST(IntraclassCorrelation, OfEqualCasesIsNotDefined) {
  const std::vector<double> values(8, 2.5);
  EXPECT_FALSE(intraclassCorrelations({4, 2, values}));
}

TEST(IntraclassCorrelation, StandsDisagreementBeyondChance) {
  const std::vector<double> values{1, 4, 2, 3.5, 3, 2, 4, 1.5};
  const auto forms = intraclassCorrelations({4, 2, values});
  ASSERT_TRUE(forms);
  EXPECT_LT(forms->single3.value, 0);
  ASSERT_TRUE(forms->single3.interval);
  EXPECT_TRUE(forms->single3.interval->contains(forms->single3.value));
}

}  // namespace
}  // namespace recontour
