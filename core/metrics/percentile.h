#pragma once
#include <vector>

namespace recontour {

/// Percentile with linear interpolation between order statistics, bit for bit as numpy.percentile (method "linear").
///
/// @param values   at least one; reordered
/// @param percent  0..100
double percentile(std::vector<double>& values, double percent);

}  // namespace recontour
