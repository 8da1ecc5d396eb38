#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/metrics/compare.h"

namespace recontour {

/// One row of an evaluation: an organ of a case, against the same truth after (and before) revision.
struct MetricRow {
  std::string caseName;
  std::string organ;  ///< key of the organ table
  OrganMetrics metrics;
  std::optional<OrganMetrics> before;
};

/// What a figure is: how it is printed, and whether more or less of it is better.
enum class MetricKind {
  Overlap,   ///< part of one, more is better
  Distance,  ///< mm, less is better
  Count,     ///< voxels, less is better
  Fraction,  ///< part of one, less is better
  Given      ///< neither: volumes, tolerances
};

/// A figure of a row under its column name, e.g. "dsc", "before_hd95", "volume_truth_ml".
struct MetricColumn {
  std::string name;
  MetricKind kind = MetricKind::Given;
  std::function<std::optional<double>(const OrganMetrics&)> value;
  bool ofBefore = false;
  /// The row's figures that the column is taken from; null when the row has no `before`.
  const OrganMetrics* source(const MetricRow& row) const;
  std::optional<double> of(const MetricRow& row) const;
};

/// A tolerance of the surface DSC and what its column is called by.
struct NamedTolerance {
  std::string name;  ///< "3mm"; empty for one an organ, which brings a column of its own
  Tolerance tolerance;
};

/// "dsc", "hd95", "hd", "assd", "nsd", "apl", "volume"
std::span<const std::string_view> metricNames();
/// @throws Error for another name
MetricSet metricSetOf(std::span<const std::string> metrics);
/// Columns of the named metrics in the given order, then those of `before` if wanted.
/// @param tolerances  those that compare() was given, in its order
/// @throws Error for another name
std::vector<MetricColumn> metricColumns(std::span<const std::string> metrics,
                                        std::span<const NamedTolerance> tolerances, bool withBefore);

/// Rows of one case, one per organ of the table in its order.
/// @param metrics, before  results of compare() for exactly the table's organs; `before` may be empty
std::vector<MetricRow> metricRows(const std::string& caseName, const OrganTable& organs,
                                  std::span<const OrganMetrics> metrics, std::span<const OrganMetrics> before);

/// One line a row with 17 significant digits, missing values empty (docs/formats/evaluate-csv.md).
std::string metricTableCsv(std::span<const MetricRow> rows, std::span<const MetricColumn> columns);

/// A number with 17 significant digits, the same in every locale; empty text for a missing one.
std::string csvNumber(std::optional<double> value);
/// Text as a CSV field, quoted where it has to be (RFC 4180).
std::string csvText(const std::string& text);

}  // namespace recontour
