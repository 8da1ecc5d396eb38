#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/statistics/interval.h"

namespace recontour {

/// A figure of some cases, given by number and possibly more than once; not a number where it is not defined.
using CaseStatistic = std::function<double(std::span<const int> cases)>;

struct BootstrapOptions {
  int replicates = 10000;  ///< B, 1 or more
  std::uint64_t seed = 1;  ///< store it with the result
  double confidence = 0.95;
};

/// Why there is no BCa interval.
enum class BcaProblem {
  None,
  NoSpread,        ///< all replicates, or all figures without one unit, are the same
  OneSided,        ///< all replicates lie on one side of the estimate
  NotDefined,      ///< the figure is not defined without some unit
  TooMuchSkewness  ///< the correction leaves the range where it means something
};

struct BootstrapResult {
  double estimate = 0;
  Interval percentile{};
  std::optional<Interval> bca{};  ///< empty when `bcaProblem` says why
  BcaProblem bcaProblem = BcaProblem::None;
  double biasCorrection = 0;    ///< z0; 0 without `bca`
  double acceleration = 0;      ///< a; 0 without `bca`
  int undefinedReplicates = 0;  ///< left out, the figure was not a number

  const Interval& interval() const { return bca ? *bca : percentile; }  ///< the one to report, named by `bcaProblem`
};

/// Confidence interval of a figure by drawing cases with replacement, all readers and organs of a case together.
/// The same seed gives the same interval everywhere.
///
/// @param cases  1 or more; the statistic is asked for numbers 0 .. cases - 1
/// @throws Error without cases or replicates, when the figure of all cases is not defined, unless 0 < confidence < 1
/// Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, sections 13.3 and 14.3; Efron, JASA 82(397),
/// 1987.
BootstrapResult bootstrapByCase(int cases, const CaseStatistic& statistic, const BootstrapOptions& options = {});

/// The same by drawing groups of cases, e.g. all scans of a patient. The jackknife leaves out a group at a time.
/// @param groups  of case numbers, 1 or more
BootstrapResult bootstrapByGroup(std::span<const std::vector<int>> groups, const CaseStatistic& statistic,
                                 const BootstrapOptions& options = {});

}  // namespace recontour
