#pragma once
#include <optional>
#include <span>

#include "core/statistics/t_estimate.h"

namespace recontour {

/// Which arm came first.
enum class ArmOrder { AB, BA };

/// One case (of one reader) done twice: the same quantity in period 1 and 2; times go in as logarithms.
struct CrossoverPair {
  ArmOrder order = ArmOrder::AB;
  double first = 0, second = 0;
};

/// Effects of a two-period crossover, from the values of cases as independent units.
struct Crossover {
  int nAb = 0, nBa = 0;
  TEstimate treatment;  ///< A - B, adjusted for period
  TEstimate period;     ///< period 2 - period 1, adjusted for arm: learning, or tiredness
  /// After-effect of A in period 2 - that of B. Report it, but do not choose the analysis by it: a test before the
  /// test inflates the error of the second (P. R. Freeman, Statistics in Medicine 8, 1989). Design against it instead.
  TEstimate carryOver;
};

/// Two-sample t-tests with pooled variance: treatment and period from the differences within units, carry-over from
/// their sums.
/// @return empty unless both orders have a unit and there are three or more in all
/// @throws Error when a value is infinite or not a number, unless 0 < confidence < 1
/// Source: Grizzle, Biometrics 21(2), 1965; Hills & Armitage, Br J Clin Pharmacol 8, 1979; S. Senn, Cross-over Trials
/// in Clinical Research, 2nd ed. 2002, chapter 3; Jones & Kenward, Design and Analysis of Cross-Over Trials, chapter 2.
std::optional<Crossover> analyseCrossover(std::span<const CrossoverPair> pairs, double confidence = 0.95);

}  // namespace recontour
