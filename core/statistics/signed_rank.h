#pragma once
// Private to core/statistics: the distribution of Wilcoxon's signed-rank sum.
#include <vector>

namespace recontour {

/// Up to this many differences the exact distribution is used, beyond it the normal one.
inline constexpr int kMostForExactRanks = 25;

/// P(W <= s) at index s = 0 .. n (n + 1) / 2 for the sum W of those ranks 1..n whose sign is positive, when each sign
/// is a fair coin. By counting subsets, exact in double. @param n  1..kMostForExactRanks Source: F. Wilcoxon,
/// Biometrics Bulletin 1(6), 1945.
std::vector<double> signedRankCdf(int n);

}  // namespace recontour
