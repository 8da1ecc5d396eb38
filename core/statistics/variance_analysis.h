#pragma once
#include <cstddef>
#include <span>

namespace recontour {

/// Values of n rows (cases) by k columns (readers), all there; row by row.
struct RatingTable {
  int rows = 0, columns = 0;  ///< 2 or more each
  std::span<const double> values{};
  std::span<const double> row(int number) const {
    const auto width = static_cast<std::size_t>(columns);
    return values.subspan(static_cast<std::size_t>(number) * width, width);
  }
  double at(int number, int column) const { return row(number)[static_cast<std::size_t>(column)]; }
};

/// Two-way analysis of variance with one value a cell.
struct MeanSquares {
  int n = 0, k = 0;     ///< rows, columns
  double rows = 0;      ///< MSR, n - 1 degrees of freedom
  double columns = 0;   ///< MSC, k - 1
  double residual = 0;  ///< MSE, (n - 1)(k - 1); zero when what is left is rounding
};

/// @throws Error for fewer than two rows or columns, a wrong number of values, or one that is not finite
/// Source: H. Scheffe, The Analysis of Variance, 1959, chapter 4.
MeanSquares meanSquares(const RatingTable& table);

/// Variances in the square of the values' unit, by equating mean squares with their expectations when rows and
/// columns are both random; an estimate below zero is given as zero.
struct VarianceComponents {
  double rows = 0, columns = 0, residual = 0;
};
VarianceComponents varianceComponents(const MeanSquares& squares);

}  // namespace recontour
