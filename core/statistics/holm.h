#pragma once
#include <optional>
#include <span>
#include <vector>

namespace recontour {

/// Adjusts the p values of one family so that comparing each with alpha keeps the chance of any false finding at alpha.
///
/// @param pValues  0..1 each; a test that was not made is empty and does not count in the family
/// @return         the adjusted values in the same order, empty where they were empty
/// @throws Error when a value is not within 0..1
/// Source: S. Holm, Scandinavian Journal of Statistics 6(2), 1979, pp. 65-70.
std::vector<std::optional<double>> holmAdjusted(std::span<const std::optional<double>> pValues);

}  // namespace recontour
