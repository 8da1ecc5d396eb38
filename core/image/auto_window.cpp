#include "core/image/auto_window.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace recontour {
namespace {

constexpr std::int16_t kLowestHu = -300;
constexpr double kLeastWidthHu = 50;

}  // namespace

std::optional<WindowLevel> windowOf(const Slice<std::int16_t>& slice) {
  std::vector<std::int16_t> body;
  std::ranges::copy_if(slice.pixels, std::back_inserter(body), [](std::int16_t hu) { return hu > kLowestHu; });
  if (body.empty() || body.size() < slice.pixels.size() / 100) return std::nullopt;
  const auto percentile = [&](double part) {
    const auto at = body.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(body.size() - 1));
    std::ranges::nth_element(body, at);
    return static_cast<double>(*at);
  };
  const double low = percentile(0.02), high = percentile(0.98);
  return WindowLevel{std::max(kLeastWidthHu, high - low), std::round((low + high) / 2)};
}

}  // namespace recontour
