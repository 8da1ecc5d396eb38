#include "ui/report/value_axis.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// 1, 2 or 5 times a power of ten, so that some six steps fill the range.
double roundStep(double range) {
  const double rough = range / 6, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power * 1.0001) return factor * power;
  }
  return 10 * power;
}

}  // namespace

ValueAxis ValueAxis::around(std::span<const double> values, bool logarithmic, std::optional<double> least,
                            std::optional<double> largest) {
  ValueAxis axis;
  axis.logarithmic_ = logarithmic;
  std::vector<double> shown;
  std::ranges::copy_if(values, std::back_inserter(shown),
                       [&](double value) { return std::isfinite(value) && (!logarithmic || value > 0); });
  const bool none = shown.empty();
  double low = least.value_or(none ? (logarithmic ? 1 : 0) : std::ranges::min(shown));
  double high = largest.value_or(none ? (logarithmic ? 10 : 1) : std::ranges::max(shown));
  if (logarithmic) {
    low = least ? low : std::pow(10, std::floor(std::log10(low)));
    high = largest ? high : std::pow(10, std::ceil(std::log10(high)));
    if (high <= low) high = low * 10;
    for (double tick = low; tick <= high * 1.0001; tick *= 10) axis.ticks_.push_back({tick, QString::number(tick)});
  } else {
    if (high <= low) high = low + 1;
    const double step = roundStep(high - low);
    low = least ? low : std::floor(low / step) * step;
    high = largest ? high : std::ceil(high / step) * step;
    for (double tick = std::ceil(low / step - 1e-9) * step; tick <= high + step * 1e-6; tick += step)
      axis.ticks_.push_back({tick, QString::number(std::abs(tick) < step * 1e-6 ? 0 : tick, 'g', 6)});
  }
  axis.least_ = low;
  axis.largest_ = high;
  return axis;
}

double ValueAxis::part(double value) const {
  if (logarithmic_) return std::log(value / least_) / std::log(largest_ / least_);
  return (value - least_) / (largest_ - least_);
}

}  // namespace recontour
