#pragma once
#include <optional>
#include <span>
#include <vector>

namespace recontour {

/// Cohen's kappa of two raters' ordered scores, disagreement weighted by its square.
///
/// @param a, b  scores of the same items, e.g. acceptability 1..5
/// @return      1 full agreement, 0 chance; empty without items or when all scores are the same
/// @throws Error when they differ in number
/// Source: J. Cohen, Psychological Bulletin 70(4), 1968, pp. 213-220.
std::optional<double> quadraticWeightedKappa(std::span<const int> a, std::span<const int> b);

/// A score by each rater of one item; empty where one did not give any.
using ItemScores = std::vector<std::optional<int>>;

/// Krippendorff's alpha of ordinal scores by any number of raters. Items with fewer than two scores are left out.
///
/// @return 1 full agreement, 0 chance; empty when no item has two scores or all scores are the same
/// Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011.
std::optional<double> krippendorffAlphaOrdinal(std::span<const ItemScores> items);

}  // namespace recontour
