#pragma once
#include <string>
#include <vector>

#include "core/phantom/parameters.h"

namespace recontour {

/// Values over a coordinate (usually z in mm), linear between rows, constant beyond the ends.
class Table {
 public:
  /// Reads rows "coordinate value...". @throws Error unless coordinates ascend
  Table(const Parameters& parameters, const std::string& key, std::size_t values);
  double at(double coordinate, std::size_t value = 0) const;
  double first() const { return rows_.front()[0]; }
  double last() const { return rows_.back()[0]; }

 private:
  std::vector<std::vector<double>> rows_;
};

}  // namespace recontour
