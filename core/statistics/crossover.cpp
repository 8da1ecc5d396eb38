#include "core/statistics/crossover.h"

#include <cmath>
#include <vector>

#include "core/statistics/checks.h"
#include "core/statistics/descriptive.h"

namespace recontour {
namespace {

/// One value a unit, by order of arms.
struct TwoGroups {
  std::vector<double> ab, ba;
};

template <class Value>
TwoGroups grouped(std::span<const CrossoverPair> pairs, const Value& value) {
  TwoGroups groups;
  for (const CrossoverPair& pair : pairs) (pair.order == ArmOrder::AB ? groups.ab : groups.ba).push_back(value(pair));
  requireFinite(groups.ab);
  requireFinite(groups.ba);
  return groups;
}

double squaresAroundMean(const std::vector<double>& values) {
  return values.size() < 2 ? 0 : varianceOf(values) * static_cast<double>(values.size() - 1);
}

/// factor * (mean AB + sign * mean BA), the variance pooled over both groups.
TEstimate combined(const TwoGroups& groups, double sign, double factor, double confidence) {
  const auto nAb = static_cast<double>(groups.ab.size()), nBa = static_cast<double>(groups.ba.size());
  const double degrees = nAb + nBa - 2;
  const double variance = (squaresAroundMean(groups.ab) + squaresAroundMean(groups.ba)) / degrees;
  const double error = std::abs(factor) * std::sqrt(variance * (1 / nAb + 1 / nBa));
  return tEstimate(factor * (meanOf(groups.ab) + sign * meanOf(groups.ba)), error, degrees, confidence);
}

}  // namespace

std::optional<Crossover> analyseCrossover(std::span<const CrossoverPair> pairs, double confidence) {
  const TwoGroups differences = grouped(pairs, [](const CrossoverPair& pair) { return pair.first - pair.second; });
  const TwoGroups sums = grouped(pairs, [](const CrossoverPair& pair) { return pair.first + pair.second; });
  if (sums.ab.empty() || sums.ba.empty() || pairs.size() < 3) return std::nullopt;
  return Crossover{.nAb = static_cast<int>(sums.ab.size()),
                   .nBa = static_cast<int>(sums.ba.size()),
                   .treatment = combined(differences, -1, 0.5, confidence),
                   .period = combined(differences, 1, -0.5, confidence),
                   .carryOver = combined(sums, -1, 1, confidence)};
}

}  // namespace recontour
