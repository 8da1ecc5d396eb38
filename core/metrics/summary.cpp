#include "core/metrics/summary.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace recontour {
namespace {

double meanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Sample variance; needs two values.
double varianceOf(const std::vector<double>& values) {
  const double mean = meanOf(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

double medianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void describe(const std::vector<double>& values, MetricSummary& summary) {
  summary.n = static_cast<int>(values.size());
  if (values.empty()) return;
  summary.mean = meanOf(values);
  summary.median = medianOf(values);
  if (values.size() > 1) summary.sdCases = std::sqrt(varianceOf(values));
}

struct OrganValues {
  std::string organ;
  Label label = 0;
  std::vector<double> values;
  int missing = 0;
};

/// The values of one column, by organ and by case, each in order of appearance.
struct ColumnValues {
  std::vector<OrganValues> organs;
  std::vector<std::vector<double>> cases;
};

ColumnValues collect(std::span<const MetricRow> rows, const MetricColumn& column, bool withEmpty) {
  ColumnValues collected;
  std::map<Label, std::size_t> organNumber;
  std::map<std::string, std::size_t> caseNumber;
  for (const MetricRow& row : rows) {
    const auto [organ, newOrgan] = organNumber.try_emplace(row.metrics.label, collected.organs.size());
    if (newOrgan) collected.organs.push_back({row.organ, row.metrics.label, {}, 0});
    const auto [study, newCase] = caseNumber.try_emplace(row.caseName, collected.cases.size());
    if (newCase) collected.cases.emplace_back();
    const OrganMetrics* source = column.source(row);
    const std::optional<double> value = column.of(row);
    if (value && (withEmpty || source->empty == Empty::None)) {
      collected.organs[organ->second].values.push_back(*value);
      collected.cases[study->second].push_back(*value);
    } else {
      ++collected.organs[organ->second].missing;
    }
  }
  return collected;
}

MetricSummary summariseAll(const ColumnValues& collected, const std::string& metric) {
  MetricSummary all{.organ = "all", .label = {}, .metric = metric};
  std::vector<double> caseMeans, variances;
  for (const std::vector<double>& values : collected.cases) {
    if (!values.empty()) caseMeans.push_back(meanOf(values));
  }
  for (const OrganValues& organ : collected.organs) {
    all.missing += organ.missing;
    if (organ.values.size() > 1) variances.push_back(varianceOf(organ.values));
  }
  describe(caseMeans, all);
  if (!variances.empty()) all.sdPooled = std::sqrt(meanOf(variances));
  return all;
}

}  // namespace

std::vector<MetricSummary> summarise(std::span<const MetricRow> rows, std::span<const MetricColumn> columns,
                                     bool withEmpty) {
  std::vector<MetricSummary> summaries;
  for (const MetricColumn& column : columns) {
    const ColumnValues collected = collect(rows, column, withEmpty);
    for (const OrganValues& organ : collected.organs) {
      MetricSummary summary{.organ = organ.organ, .label = organ.label, .metric = column.name};
      summary.missing = organ.missing;
      describe(organ.values, summary);
      summaries.push_back(summary);
    }
    summaries.push_back(summariseAll(collected, column.name));
  }
  return summaries;
}

std::string summaryCsv(std::span<const MetricSummary> summaries) {
  std::string csv = "organ,label,metric,n,missing,mean,sd_cases,sd_pooled,median\n";
  for (const MetricSummary& summary : summaries) {
    csv += csvText(summary.organ) + "," + (summary.label ? std::to_string(*summary.label) : "") + "," + summary.metric;
    csv += "," + std::to_string(summary.n) + "," + std::to_string(summary.missing);
    for (const auto& value : {summary.mean, summary.sdCases, summary.sdPooled, summary.median}) {
      csv += "," + csvNumber(value);
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace recontour
