#include "core/statistics/holm.h"

#include <algorithm>

#include "core/base/error.h"

namespace recontour {
namespace {

/// Places of the values that are there, by rising value.
std::vector<std::size_t> ascending(std::span<const std::optional<double>> pValues) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < pValues.size(); ++i) {
    if (!pValues[i]) continue;
    if (!(*pValues[i] >= 0 && *pValues[i] <= 1)) throw Error("a p value must lie between 0 and 1");
    places.push_back(i);
  }
  std::stable_sort(places.begin(), places.end(), [&](auto a, auto b) { return *pValues[a] < *pValues[b]; });
  return places;
}

}  // namespace

std::vector<std::optional<double>> holmAdjusted(std::span<const std::optional<double>> pValues) {
  const std::vector<std::size_t> places = ascending(pValues);
  std::vector<std::optional<double>> adjusted(pValues.size());
  double largest = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(places.size() - k) * *pValues[places[k]]));
    adjusted[places[k]] = largest;
  }
  return adjusted;
}

}  // namespace recontour
