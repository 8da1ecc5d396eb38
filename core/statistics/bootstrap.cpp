#include "core/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/portable_random.h"
#include "core/statistics/checks.h"
#include "core/statistics/descriptive.h"
#include "core/statistics/distributions.h"

namespace recontour {
namespace {

using Groups = std::span<const std::vector<int>>;

void append(std::vector<int>& cases, const std::vector<int>& group) {
  cases.insert(cases.end(), group.begin(), group.end());
}

double ofAll(Groups groups, const CaseStatistic& statistic) {
  std::vector<int> cases;
  for (const std::vector<int>& group : groups) append(cases, group);
  return statistic(cases);
}

/// Ascending; those that are not defined are left out.
std::vector<double> replicates(Groups groups, const CaseStatistic& statistic, const BootstrapOptions& options) {
  PortableRandom random(options.seed);
  std::vector<double> figures;
  std::vector<int> cases;
  for (int replicate = 0; replicate < options.replicates; ++replicate) {
    cases.clear();
    for (std::size_t i = 0; i < groups.size(); ++i)
      append(cases, groups[static_cast<std::size_t>(random.uniformBelow(groups.size()))]);
    if (const double figure = statistic(cases); std::isfinite(figure)) figures.push_back(figure);
  }
  std::sort(figures.begin(), figures.end());
  return figures;
}

/// The figure without each group in turn.
std::vector<double> jackknife(Groups groups, const CaseStatistic& statistic) {
  std::vector<double> figures;
  std::vector<int> cases;
  for (std::size_t left = 0; left < groups.size(); ++left) {
    cases.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (i != left) append(cases, groups[i]);
    }
    figures.push_back(cases.empty() ? std::nan("") : statistic(cases));
  }
  return figures;
}

/// Zero spread leaves it undefined: not a number.
double accelerationOf(std::span<const double> jackknifed) {
  const double mean = meanOf(jackknifed);
  double squares = 0, cubes = 0;
  for (const double figure : jackknifed) {
    squares += (mean - figure) * (mean - figure);
    cubes += (mean - figure) * (mean - figure) * (mean - figure);
  }
  return cubes / (6 * std::pow(squares, 1.5));
}

Interval between(std::span<const double> sorted, double lower, double upper) {
  return {quantileOfSorted(sorted, lower), quantileOfSorted(sorted, upper)};
}

/// Fills in bias correction and acceleration.
BcaProblem correct(BootstrapResult& result, std::span<const double> sorted, std::span<const double> jackknifed) {
  const auto atLeast = std::lower_bound(sorted.begin(), sorted.end(), result.estimate);
  const double below = static_cast<double>(atLeast - sorted.begin()) / static_cast<double>(sorted.size());
  if (sorted.front() == sorted.back()) return BcaProblem::NoSpread;
  if (below <= 0 || below >= 1) return BcaProblem::OneSided;
  if (!std::all_of(jackknifed.begin(), jackknifed.end(), [](double figure) { return std::isfinite(figure); }))
    return BcaProblem::NotDefined;
  const double acceleration = accelerationOf(jackknifed);
  if (!std::isfinite(acceleration)) return BcaProblem::NoSpread;
  result.biasCorrection = normalQuantile(below);
  result.acceleration = acceleration;
  return BcaProblem::None;
}

/// The level at which the replicates are read instead of Phi(z); empty where the correction has no meaning.
std::optional<double> correctedLevel(const BootstrapResult& result, double z) {
  const double moved = result.biasCorrection + z, scale = 1 - result.acceleration * moved;
  if (scale <= 0) return std::nullopt;
  return normalCdf(result.biasCorrection + moved / scale);
}

void addBca(BootstrapResult& result, std::span<const double> sorted, std::span<const double> jackknifed, double tail) {
  result.bcaProblem = correct(result, sorted, jackknifed);
  if (result.bcaProblem != BcaProblem::None) return;
  const auto lower = correctedLevel(result, normalQuantile(tail)),
             upper = correctedLevel(result, -normalQuantile(tail));
  if (lower && upper) {
    result.bca = between(sorted, *lower, *upper);
    return;
  }
  result.bcaProblem = BcaProblem::TooMuchSkewness;
  result.biasCorrection = result.acceleration = 0;
}

}  // namespace

BootstrapResult bootstrapByGroup(Groups groups, const CaseStatistic& statistic, const BootstrapOptions& options) {
  requireProbability(options.confidence);
  if (groups.empty() || options.replicates < 1) throw Error("a bootstrap needs cases and replicates");
  BootstrapResult result{.estimate = ofAll(groups, statistic)};
  if (!std::isfinite(result.estimate)) throw Error("the figure to bootstrap is not defined for these cases");
  const std::vector<double> sorted = replicates(groups, statistic, options);
  if (sorted.empty()) throw Error("the figure to bootstrap is not defined for any drawn sample");
  result.undefinedReplicates = options.replicates - static_cast<int>(sorted.size());
  const double tail = (1 - options.confidence) / 2;
  result.percentile = between(sorted, tail, 1 - tail);
  addBca(result, sorted, jackknife(groups, statistic), tail);
  return result;
}

BootstrapResult bootstrapByCase(int cases, const CaseStatistic& statistic, const BootstrapOptions& options) {
  std::vector<std::vector<int>> groups;
  for (int number = 0; number < cases; ++number) groups.push_back({number});
  return bootstrapByGroup(groups, statistic, options);
}

}  // namespace recontour
