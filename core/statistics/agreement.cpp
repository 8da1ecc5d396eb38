#include "core/statistics/agreement.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"

namespace recontour {
namespace {

/// How many scores that can be compared have each value; summed up to and including it.
struct ScoreCounts {
  std::map<int, double> count, upTo;
  double all = 0;
};

/// Scores of items with at least two of them.
std::vector<std::vector<int>> comparable(std::span<const ItemScores> items) {
  std::vector<std::vector<int>> kept;
  for (const ItemScores& item : items) {
    std::vector<int> scores;
    for (const std::optional<int>& score : item) {
      if (score) scores.push_back(*score);
    }
    if (scores.size() > 1) kept.push_back(std::move(scores));
  }
  return kept;
}

ScoreCounts countScores(const std::vector<std::vector<int>>& items) {
  ScoreCounts counts;
  for (const std::vector<int>& scores : items) {
    for (const int score : scores) ++counts.count[score];
  }
  for (const auto& [score, count] : counts.count) counts.upTo[score] = counts.all += count;
  return counts;
}

/// Squared distance of two scores: how many scores lie from the middle of one to the middle of the other.
double ordinalDistance(const ScoreCounts& counts, int a, int b) {
  const auto middle = [&](int score) { return counts.upTo.at(score) - counts.count.at(score) / 2; };
  return (middle(a) - middle(b)) * (middle(a) - middle(b));
}

double observedDisagreement(const ScoreCounts& counts, const std::vector<int>& scores) {
  double sum = 0;
  for (const int a : scores) {
    for (const int b : scores) sum += ordinalDistance(counts, a, b);
  }
  return sum / static_cast<double>(scores.size() - 1);
}

double expectedDisagreement(const ScoreCounts& counts) {
  double sum = 0;
  for (const auto& [a, countA] : counts.count) {
    for (const auto& [b, countB] : counts.count) sum += countA * countB * ordinalDistance(counts, a, b);
  }
  return sum / (counts.all - 1);
}

double squaredDistance(int a, int b) { return (double{1} * a - b) * (double{1} * a - b); }

}  // namespace

std::optional<double> quadraticWeightedKappa(std::span<const int> a, std::span<const int> b) {
  if (a.size() != b.size()) throw Error("the raters scored different numbers of items");
  double observed = 0, expected = 0;
  for (std::size_t i = 0; i < a.size(); ++i) observed += squaredDistance(a[i], b[i]);
  for (const int scoreA : a) {
    for (const int scoreB : b) expected += squaredDistance(scoreA, scoreB);
  }
  if (expected == 0) return std::nullopt;
  return 1 - observed * static_cast<double>(a.size()) / expected;
}

std::optional<double> krippendorffAlphaOrdinal(std::span<const ItemScores> items) {
  const std::vector<std::vector<int>> kept = comparable(items);
  const ScoreCounts counts = countScores(kept);
  if (counts.count.size() < 2) return std::nullopt;
  double observed = 0;
  for (const std::vector<int>& scores : kept) observed += observedDisagreement(counts, scores);
  return 1 - observed / expectedDisagreement(counts);
}

}  // namespace recontour
