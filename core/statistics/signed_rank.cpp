#include "core/statistics/signed_rank.h"

#include <cassert>
#include <cmath>

namespace recontour {

std::vector<double> signedRankCdf(int n) {
  assert(n >= 1 && n <= kMostForExactRanks);
  const auto ranks = static_cast<std::size_t>(n);
  std::vector<double> subsets(ranks * (ranks + 1) / 2 + 1, 0.0);  // with sum s
  subsets[0] = 1;
  for (std::size_t rank = 1; rank <= ranks; ++rank) {
    for (std::size_t sum = rank * (rank + 1) / 2; sum >= rank; --sum) subsets[sum] += subsets[sum - rank];
  }
  double below = 0;
  for (double& entry : subsets) entry = std::ldexp(below += entry, -n);
  return subsets;
}

}  // namespace recontour
