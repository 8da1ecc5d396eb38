#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/metrics/metric_table.h"

namespace recontour {

/// One metric of one organ over cases, or of all organs together.
struct MetricSummary {
  std::string organ;           ///< key, or "all"
  std::optional<Label> label;  ///< empty for "all"
  std::string metric;          ///< column name
  int n = 0;                   ///< values that went in: cases
  int missing = 0;             ///< rows left out
  std::optional<double> mean{}, sdCases{}, median{};
  std::optional<double> sdPooled{};  ///< "all" only
};

/// Rows where a map lacks the organ are left out and counted as missing, unless `withEmpty`; so are missing values.
///
/// SDs divide by n - 1 and are empty for n < 2. The value of a case in row "all" is the mean over its organs; mean,
/// sdCases and median are over these. sdPooled is the square root of the mean over organs of the variance over cases.
/// @return  by metric: one entry per organ in order of appearance, then "all"
std::vector<MetricSummary> summarise(std::span<const MetricRow> rows, std::span<const MetricColumn> columns,
                                     bool withEmpty);

/// organ,label,metric,n,missing,mean,sd_cases,sd_pooled,median (docs/formats/evaluate-csv.md).
std::string summaryCsv(std::span<const MetricSummary> summaries);

}  // namespace recontour
