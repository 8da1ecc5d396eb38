#pragma once
#include <algorithm>
#include <optional>
#include <span>

#include "core/statistics/interval.h"

namespace recontour {

/// Wilcoxon's signed-rank test of paired differences.
struct WilcoxonResult {
  int n = 0;                                 ///< differences given
  int nonZero = 0;                           ///< of these not zero; only they have ranks
  bool ties = false;                         ///< two of the non-zero differences have the same size
  double positiveRanks = 0;                  ///< W+, sum of the ranks of positive differences
  double negativeRanks = 0;                  ///< W-
  std::optional<double> pExact{};            ///< two-sided; without ties and for 1..25 non-zero differences
  std::optional<double> pNormal{};           ///< two-sided, normal with tie correction; empty when all are zero
  std::optional<double> pNormalCorrected{};  ///< the same with continuity correction
  std::optional<double> rankBiserial{};      ///< (W+ - W-) / (W+ + W-), -1..1; empty when all are zero
  double statistic() const { return std::min(positiveRanks, negativeRanks); }
  int zeros() const { return n - nonZero; }
  /// The two-sided p to report: exact, else normal with continuity correction but not below `smallestPossibleP`, which
  /// that approximation undercuts for a handful of tied differences; 1 when all differences are zero.
  double p() const;
};

/// Zeros are dropped, equal sizes get their mean rank. Sizes are compared exactly: round differences that carry
/// rounding errors, or ties are missed.
/// @throws Error when a difference is infinite or not a number
/// Source: F. Wilcoxon, Biometrics Bulletin 1(6), 1945; rank-biserial: D. S. Kerby, Comprehensive Psychology 3, 2014.
WilcoxonResult wilcoxonSignedRank(std::span<const double> differences);

/// The two-sided p of n differences of one sign, 2^(1-n): no signed-rank test can give less. @param nonZero  0 or more
double smallestPossibleP(int nonZero);
/// False when the smallest possible p, as the smallest of a Holm family, stays above alpha: a report then says that
/// the test cannot be significant. (As a later one of a family whose others are rejected it needs only alpha.)
/// @param familySize  tests in the family, 1 or more @throws Error unless 0 < alpha < 1
bool canBeSignificant(int nonZero, double alpha, int familySize);

/// Pseudo-median of differences: the median of all means of two (Walsh averages, each with itself too).
struct HodgesLehmann {
  double estimate = 0;
  std::optional<Interval> interval{};  ///< empty when n is too small for the confidence
  std::optional<double> confidence{};  ///< what the interval reaches: at least what was asked for, about if n > 25
};

/// Zeros count, since an organ left as it was is a change of zero; leave them out to estimate that of edited ones.
/// The interval lies between ordered Walsh averages, by the exact distribution for n <= 25, else by the normal one.
/// @return empty without differences
/// @throws Error when a difference is infinite or not a number, unless 0 < confidence < 1
/// Source: Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3rd ed. 2014, sections 3.2 and 3.3.
std::optional<HodgesLehmann> hodgesLehmann(std::span<const double> differences, double confidence = 0.95);

}  // namespace recontour
