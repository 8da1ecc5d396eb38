#include "core/statistics/intraclass.h"

#include <cmath>

#include "core/statistics/checks.h"
#include "core/statistics/distributions.h"

namespace recontour {
namespace {

/// Spearman-Brown: reliability of the mean of k.
double ofMean(double single, double k) { return k * single / (1 + (k - 1) * single); }

Interval ofMean(const Interval& single, double k) { return {ofMean(single.lower, k), ofMean(single.upper, k)}; }

/// Of ICC(3,1) (Shrout & Fleiss 1979).
Interval fixedReaders(const MeanSquares& squares, double upperProbability) {
  const double k = squares.k, cases = squares.n - 1.0, rest = cases * (k - 1), f = squares.rows / squares.residual;
  const double lower = f / fisherQuantile(upperProbability, cases, rest);
  const double upper = f * fisherQuantile(upperProbability, rest, cases);
  return {(lower - 1) / (lower + k - 1), (upper - 1) / (upper + k - 1)};
}

void addIntervals(Icc& single, Icc& average, const Interval& interval, double k) {
  if (!std::isfinite(interval.lower) || !std::isfinite(interval.upper)) return;
  single.interval = interval;
  average.interval = ofMean(interval, k);
}

/// Of ICC(2,1), with Satterthwaite's degrees of freedom.
Interval randomReaders(const MeanSquares& squares, double icc, double upperProbability) {
  const double n = squares.n, k = squares.k, f = squares.columns / squares.residual;
  const double readers = k * icc * f, cases = n * (1 + (k - 1) * icc) - k * icc;
  const double degrees =
      (k - 1) * (n - 1) * (readers + cases) * (readers + cases) / ((n - 1) * readers * readers + cases * cases);
  const double others = k * squares.columns + (k * n - k - n) * squares.residual;
  const double f1 = fisherQuantile(upperProbability, n - 1, degrees);
  const double f2 = fisherQuantile(upperProbability, degrees, n - 1);
  return {n * (squares.rows - f1 * squares.residual) / (f1 * others + n * squares.rows),
          n * (f2 * squares.rows - squares.residual) / (others + n * f2 * squares.rows)};
}

}  // namespace

std::optional<IccForms> intraclassCorrelations(const RatingTable& table, double confidence) {
  requireProbability(confidence);
  const MeanSquares squares = meanSquares(table);
  if (squares.rows == 0) return std::nullopt;
  const double n = squares.n, k = squares.k, agreement = squares.rows - squares.residual;
  const double bias = (squares.columns - squares.residual) / n;
  IccForms forms{.squares = squares};
  forms.single2.value = agreement / (squares.rows + (k - 1) * squares.residual + k * bias);
  forms.single3.value = agreement / (squares.rows + (k - 1) * squares.residual);
  forms.average2.value = agreement / (squares.rows + bias);
  forms.average3.value = agreement / squares.rows;
  if (squares.residual == 0) return forms;
  const double upperProbability = (1 + confidence) / 2;
  addIntervals(forms.single3, forms.average3, fixedReaders(squares, upperProbability), k);
  addIntervals(forms.single2, forms.average2, randomReaders(squares, forms.single2.value, upperProbability), k);
  return forms;
}

}  // namespace recontour
