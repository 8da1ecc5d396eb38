#pragma once

namespace recontour {

/// A confidence interval, both ends included.
struct Interval {
  double lower = 0, upper = 0;
  bool contains(double value) const { return lower <= value && value <= upper; }
};

}  // namespace recontour
