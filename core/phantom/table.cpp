#include "core/phantom/table.h"

namespace recontour {

Table::Table(const Parameters& parameters, const std::string& key, std::size_t values)
    : rows_(parameters.rows(key, values + 1)) {
  for (std::size_t row = 1; row < rows_.size(); ++row) {
    if (rows_[row][0] <= rows_[row - 1][0]) parameters.fail(key, "must ascend in its first column");
  }
}

double Table::at(double coordinate, std::size_t value) const {
  const std::size_t column = value + 1;
  if (coordinate <= first()) return rows_.front()[column];
  if (coordinate >= last()) return rows_.back()[column];
  std::size_t upper = 1;
  while (rows_[upper][0] < coordinate) ++upper;
  const auto& a = rows_[upper - 1];
  const auto& b = rows_[upper];
  return a[column] + (b[column] - a[column]) * (coordinate - a[0]) / (b[0] - a[0]);
}

}  // namespace recontour
