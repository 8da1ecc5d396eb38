#include "core/phantom/section.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace recontour {

Section::Section(const Parameters& parameters, double growMm)
    : table_(parameters, "section", 3), exponent_(parameters.number("exponent")), growMm_(growMm) {}

Section::Outline Section::outline(double z) const {
  const double front = table_.at(z, 1) - growMm_;
  const double back = table_.at(z, 2) + growMm_;
  return {table_.at(z, 0) + growMm_, (front + back) / 2, (back - front) / 2};
}

void Section::fillDepth(std::span<const double> xs, std::span<const double> ys, double z, std::span<float> out) const {
  const Outline shape = outline(z);
  std::vector<double> columns;
  for (const double x : xs) columns.push_back(std::pow(std::abs(x) / shape.halfWidth, exponent_));
  const double scale = std::min(shape.halfWidth, shape.halfDepth);
  float* target = out.data();
  for (const double y : ys) {
    const double row = std::pow(std::abs(y - shape.centreY) / shape.halfDepth, exponent_);
    for (const double column : columns) {
      *target++ = static_cast<float>((1 - std::pow(row + column, 1 / exponent_)) * scale);
    }
  }
}

}  // namespace recontour
