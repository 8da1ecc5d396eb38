#include "core/statistics/variance_analysis.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/statistics/checks.h"
#include "core/statistics/descriptive.h"

namespace recontour {
namespace {

void check(const RatingTable& table) {
  if (table.rows < 2 || table.columns < 2) throw Error("agreement needs two or more cases and readers");
  if (table.values.size() != static_cast<std::size_t>(table.rows) * static_cast<std::size_t>(table.columns))
    throw Error("agreement needs a value of every reader for every case");
  requireFinite(table.values);
}

std::vector<double> rowMeans(const RatingTable& table) {
  std::vector<double> means;
  for (int row = 0; row < table.rows; ++row) means.push_back(meanOf(table.row(row)));
  return means;
}

std::vector<double> columnMeans(const RatingTable& table) {
  std::vector<double> means(static_cast<std::size_t>(table.columns), 0.0);
  for (int column = 0; column < table.columns; ++column) {
    double& mean = means[static_cast<std::size_t>(column)];
    for (int row = 0; row < table.rows; ++row) mean += table.at(row, column);
    mean /= table.rows;
  }
  return means;
}

double residualSquares(const RatingTable& table, std::span<const double> rows, std::span<const double> columns) {
  const double mean = meanOf(rows);
  double sum = 0;
  for (int row = 0; row < table.rows; ++row) {
    for (int column = 0; column < table.columns; ++column) {
      const double fitted = rows[static_cast<std::size_t>(row)] + columns[static_cast<std::size_t>(column)] - mean;
      sum += (table.at(row, column) - fitted) * (table.at(row, column) - fitted);
    }
  }
  return sum;
}

/// Zero when it is rounding error of values of that size.
double withoutRounding(double square, double largest) {
  const double rounding = 1e-13 * largest;
  return square <= rounding * rounding ? 0 : square;
}

}  // namespace

MeanSquares meanSquares(const RatingTable& table) {
  check(table);
  const std::vector<double> rows = rowMeans(table), columns = columnMeans(table);
  double largest = 0;
  for (const double value : table.values) largest = std::max(largest, std::abs(value));
  const double residual = residualSquares(table, rows, columns) / ((table.rows - 1.0) * (table.columns - 1.0));
  return {.n = table.rows,
          .k = table.columns,
          .rows = withoutRounding(table.columns * varianceOf(rows), largest),
          .columns = withoutRounding(table.rows * varianceOf(columns), largest),
          .residual = withoutRounding(residual, largest)};
}

VarianceComponents varianceComponents(const MeanSquares& squares) {
  return {.rows = std::max(0.0, (squares.rows - squares.residual) / squares.k),
          .columns = std::max(0.0, (squares.columns - squares.residual) / squares.n),
          .residual = squares.residual};
}

}  // namespace recontour
