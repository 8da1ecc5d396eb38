#pragma once
#include <QString>
#include <optional>
#include <span>
#include <vector>

namespace recontour {

/// An axis of values with ticks at round numbers; linear or logarithmic.
class ValueAxis {
 public:
  struct Tick {
    double value;
    QString text;
  };
  /// From the values' smallest to largest, widened to round numbers, where an end is not given.
  static ValueAxis around(std::span<const double> values, bool logarithmic, std::optional<double> least,
                          std::optional<double> largest);
  /// 0 at the lower end, 1 at the upper.
  double part(double value) const;
  const std::vector<Tick>& ticks() const { return ticks_; }

 private:
  double least_ = 0, largest_ = 1;
  bool logarithmic_ = false;
  std::vector<Tick> ticks_;
};

}  // namespace recontour
