#pragma once
#include <optional>
#include <span>

#include "core/statistics/interval.h"

namespace recontour {

/// "New is not worse than the reference by the margin or more", by a one-sided confidence bound.
struct NonInferiority {
  int n = 0;
  double mean = 0;        ///< of the differences
  double lowerBound = 0;  ///< one-sided, at confidence 1 - alpha
  double margin = 0;
  double p = 1;              ///< one-sided, of the hypothesis that the true mean is -margin or less
  bool nonInferior = false;  ///< lowerBound > -margin
};

/// @param differences  new - reference, paired, where more is better; negate those where less is better (time, HD95)
/// @param margin       > 0, in their unit; fix it before looking at the data
/// @param alpha        one-sided; 0.025 is that of ICH E9
/// @return empty for fewer than two differences
/// @throws Error when a difference is infinite or not a number, unless margin > 0 and 0 < alpha < 0.5
/// Source: ICH E9 (1998), sections 3.3.2 and 5.5; Walker & Nowacki, J Gen Intern Med 26(2), 2011.
std::optional<NonInferiority> nonInferiority(std::span<const double> differences, double margin, double alpha = 0.025);

/// "New and reference differ by less than the margin", by two one-sided t-tests (TOST).
struct Equivalence {
  int n = 0;
  double mean = 0;
  Interval interval{};  ///< at confidence 1 - 2 alpha
  double margin = 0;
  double pAboveLower = 1;   ///< one-sided, of "the true mean is -margin or less"
  double pBelowUpper = 1;   ///< one-sided, of "the true mean is margin or more"
  bool equivalent = false;  ///< the interval lies within -margin..margin
  double p() const { return pAboveLower > pBelowUpper ? pAboveLower : pBelowUpper; }
};

/// Parameters, result and errors as of `nonInferiority`; each of the two tests is made at alpha.
/// Source: D. J. Schuirmann, J Pharmacokinet Biopharm 15(6), 1987, pp. 657-680.
std::optional<Equivalence> equivalence(std::span<const double> differences, double margin, double alpha = 0.05);

}  // namespace recontour
