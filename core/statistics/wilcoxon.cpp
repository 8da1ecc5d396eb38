#include "core/statistics/wilcoxon.h"

#include <cassert>
#include <cmath>
#include <vector>

#include "core/statistics/checks.h"
#include "core/statistics/distributions.h"
#include "core/statistics/signed_rank.h"

namespace recontour {
namespace {

std::vector<double> bySizeWithoutZeros(std::span<const double> differences) {
  std::vector<double> kept;
  std::copy_if(differences.begin(), differences.end(), std::back_inserter(kept), [](double d) { return d != 0; });
  std::sort(kept.begin(), kept.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  return kept;
}

/// Sums the ranks by sign. @return sum over groups of t equal sizes of t^3 - t
double addRanks(std::span<const double> bySize, WilcoxonResult& result) {
  double ties = 0;
  for (std::size_t from = 0; from < bySize.size();) {
    std::size_t to = from;
    while (to < bySize.size() && std::abs(bySize[to]) == std::abs(bySize[from])) ++to;
    const double rank = static_cast<double>(from + 1 + to) / 2, count = static_cast<double>(to - from);
    for (; from < to; ++from) (bySize[from] > 0 ? result.positiveRanks : result.negativeRanks) += rank;
    ties += count * count * count - count;
  }
  return ties;
}

void addNormal(WilcoxonResult& result, double ties) {
  const double n = result.nonZero;
  const double sd = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
  const double below = result.statistic() - n * (n + 1) / 4;
  result.pNormal = std::min(1.0, 2 * normalCdf(below / sd));
  result.pNormalCorrected = std::min(1.0, 2 * normalCdf((below + 0.5) / sd));
}

std::vector<double> walshAverages(std::span<const double> values) {
  std::vector<double> averages;
  averages.reserve(values.size() * (values.size() + 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i; j < values.size(); ++j) averages.push_back((values[i] + values[j]) / 2);
  }
  std::sort(averages.begin(), averages.end());
  return averages;
}

/// P(W <= sum) of n ranks.
double lowerTail(int sum, int n) {
  if (n <= kMostForExactRanks) return signedRankCdf(n)[static_cast<std::size_t>(sum)];
  const double mean = n * (n + 1.0) / 4, sd = std::sqrt(n * (n + 1.0) * (2 * n + 1.0) / 24);
  return normalCdf((sum + 0.5 - mean) / sd);
}

/// How many Walsh averages at each end lie outside of the interval.
int outsideEachEnd(int n, double tail) {
  int outside = 0;
  if (n <= kMostForExactRanks) {
    const std::vector<double> cdf = signedRankCdf(n);
    while (cdf[static_cast<std::size_t>(outside)] <= tail) ++outside;
    return outside;
  }
  const double mean = n * (n + 1.0) / 4, sd = std::sqrt(n * (n + 1.0) * (2 * n + 1.0) / 24);
  return std::max(0, static_cast<int>(std::floor(mean + normalQuantile(tail) * sd + 0.5)));
}

}  // namespace

double WilcoxonResult::p() const {
  if (pExact) return *pExact;
  return pNormalCorrected ? std::max(*pNormalCorrected, smallestPossibleP(nonZero)) : 1;
}

WilcoxonResult wilcoxonSignedRank(std::span<const double> differences) {
  requireFinite(differences);
  const std::vector<double> bySize = bySizeWithoutZeros(differences);
  WilcoxonResult result{.n = static_cast<int>(differences.size()), .nonZero = static_cast<int>(bySize.size())};
  if (bySize.empty()) return result;
  const double ties = addRanks(bySize, result);
  result.ties = ties > 0;
  result.rankBiserial = (result.positiveRanks - result.negativeRanks) / (result.positiveRanks + result.negativeRanks);
  addNormal(result, ties);
  if (!result.ties && result.nonZero <= kMostForExactRanks)
    result.pExact = std::min(1.0, 2 * lowerTail(static_cast<int>(result.statistic()), result.nonZero));
  return result;
}

double smallestPossibleP(int nonZero) {
  assert(nonZero >= 0);
  return std::min(1.0, std::ldexp(1.0, 1 - nonZero));
}

bool canBeSignificant(int nonZero, double alpha, int familySize) {
  assert(familySize >= 1);
  requireProbability(alpha);
  return smallestPossibleP(nonZero) * familySize <= alpha;
}

std::optional<HodgesLehmann> hodgesLehmann(std::span<const double> differences, double confidence) {
  requireFinite(differences);
  requireProbability(confidence);
  if (differences.empty()) return std::nullopt;
  const auto n = static_cast<int>(differences.size());
  const std::vector<double> averages = walshAverages(differences);
  const std::size_t middle = averages.size() / 2;
  HodgesLehmann result;
  result.estimate = averages.size() % 2 == 1 ? averages[middle] : (averages[middle - 1] + averages[middle]) / 2;
  if (const int outside = outsideEachEnd(n, (1 - confidence) / 2); outside > 0) {
    const auto first = static_cast<std::size_t>(outside) - 1;
    result.interval = Interval{averages[first], averages[averages.size() - 1 - first]};
    result.confidence = 1 - 2 * lowerTail(outside - 1, n);
  }
  return result;
}

}  // namespace recontour
