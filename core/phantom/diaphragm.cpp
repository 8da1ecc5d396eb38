#include "core/phantom/diaphragm.h"

#include <algorithm>
#include <cmath>

#include "core/phantom/gaussian.h"

namespace recontour {

Diaphragm::Diaphragm(const Parameters& p, const std::vector<EllipsoidUnion>& organs, const BoundsMm& cover)
    : stepMm_(p.number("step")) {
  // Nodes lie at whole multiples of the step and reach well over the edge, so that heights do not depend on the box.
  const double margin = 5 * p.number("smoothing");
  first_ = {std::floor((cover.lower.x - margin) / stepMm_) * stepMm_,
            std::floor((cover.lower.y - margin) / stepMm_) * stepMm_, 0};
  columns_ = static_cast<int>(std::ceil((cover.upper.x + margin - first_.x) / stepMm_)) + 1;
  rows_ = static_cast<int>(std::ceil((cover.upper.y + margin - first_.y) / stepMm_)) + 1;
  heights_.resize(static_cast<std::size_t>(columns_ * rows_));
  for (int j = 0; j < rows_; ++j) {
    for (int i = 0; i < columns_; ++i)
      node(i, j) = rawHeight(p, organs, first_.x + i * stepMm_, first_.y + j * stepMm_);
  }
  smooth(p.number("smoothing"));
  lowest_ = *std::min_element(heights_.begin(), heights_.end());
}

double Diaphragm::rawHeight(const Parameters& p, const std::vector<EllipsoidUnion>& organs, double x, double y) const {
  const auto floor = p.list("floor", 4);  // height, slope over -y, least and largest -y
  double height = floor[0] + floor[1] * std::clamp(-y, floor[2], floor[3]);
  const double inflate = p.number("inflate");
  for (const auto& organ : organs) {
    for (const auto& part : organ.parts()) height = std::max(height, part.topAt(x, y, inflate).value_or(height));
  }
  return height;
}

void Diaphragm::smooth(double sigmaMm) {
  const auto weights = gaussianWeights(sigmaMm / stepMm_);
  const int reach = static_cast<int>(weights.size() / 2);
  for (const bool alongRows : {true, false}) {
    const Diaphragm before = *this;
    for (int j = 0; j < rows_; ++j) {
      for (int i = 0; i < columns_; ++i) {
        double sum = 0;
        for (int k = -reach; k <= reach; ++k) {
          const int column = std::clamp(alongRows ? i + k : i, 0, columns_ - 1);
          const int row = std::clamp(alongRows ? j : j + k, 0, rows_ - 1);
          sum += weights[static_cast<std::size_t>(k + reach)] * before.node(column, row);
        }
        node(i, j) = sum;
      }
    }
  }
}

double Diaphragm::heightAt(double x, double y) const {
  const double column = std::clamp((x - first_.x) / stepMm_, 0.0, columns_ - 1.001);
  const double row = std::clamp((y - first_.y) / stepMm_, 0.0, rows_ - 1.001);
  const int i = static_cast<int>(column), j = static_cast<int>(row);
  const double u = column - i, v = row - j;
  return (1 - v) * ((1 - u) * node(i, j) + u * node(i + 1, j)) +
         v * ((1 - u) * node(i, j + 1) + u * node(i + 1, j + 1));
}

}  // namespace recontour
