#include "core/metrics/metric_table.h"

#include <cassert>
#include <charconv>

#include "core/base/error.h"

namespace recontour {
namespace {

void appendColumns(const std::string& metric, bool ofBefore, std::vector<MetricColumn>& columns) {
  const std::string prefix = ofBefore ? "before_" : "";
  if (metric == "dsc") {
    columns.push_back({prefix + "dsc", [](const OrganMetrics& m) { return m.dsc; }, ofBefore});
  } else if (metric == "hd95") {
    columns.push_back({prefix + "hd95", [](const OrganMetrics& m) { return m.hd95; }, ofBefore});
  } else if (metric == "volume") {
    const auto truth = [](const OrganMetrics& m) { return std::optional(m.volumeTruthMl); };
    const auto prediction = [](const OrganMetrics& m) { return std::optional(m.volumePredictionMl); };
    if (!ofBefore) columns.push_back({"volume_truth_ml", truth, false});  // before and after share one truth
    columns.push_back({prefix + "volume_prediction_ml", prediction, ofBefore});
  } else {
    throw Error("unknown metric '" + metric + "'; known are dsc, hd95 and volume");
  }
}

std::string joined(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) line += (line.empty() ? "" : ",") + field;
  return line + "\n";
}

}  // namespace

const OrganMetrics* MetricColumn::source(const MetricRow& row) const {
  if (!ofBefore) return &row.metrics;
  return row.before ? &*row.before : nullptr;
}

std::optional<double> MetricColumn::of(const MetricRow& row) const {
  const OrganMetrics* metrics = source(row);
  return metrics == nullptr ? std::nullopt : value(*metrics);
}

std::vector<MetricColumn> metricColumns(std::span<const std::string> metrics, bool withBefore) {
  std::vector<MetricColumn> columns;
  for (const std::string& metric : metrics) appendColumns(metric, false, columns);
  if (!withBefore) return columns;
  for (const std::string& metric : metrics) appendColumns(metric, true, columns);
  return columns;
}

std::vector<MetricRow> metricRows(const std::string& caseName, const OrganTable& organs,
                                  std::span<const OrganMetrics> metrics, std::span<const OrganMetrics> before) {
  assert(metrics.size() == organs.organs().size() && (before.empty() || before.size() == metrics.size()));
  std::vector<MetricRow> rows;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    assert(metrics[i].label == organs.organs()[i].label);
    rows.push_back({caseName, organs.organs()[i].key, metrics[i], std::nullopt});
    if (!before.empty()) rows.back().before = before[i];
  }
  return rows;
}

std::string metricTableCsv(std::span<const MetricRow> rows, std::span<const MetricColumn> columns) {
  const bool withBefore = !columns.empty() && columns.back().ofBefore;
  std::vector<std::string> fields = {"case", "organ", "label", "voxels_truth", "voxels_prediction", "empty"};
  if (withBefore) fields.insert(fields.end(), {"before_voxels_prediction", "before_empty"});
  for (const MetricColumn& column : columns) fields.push_back(column.name);
  std::string csv = joined(fields);
  for (const MetricRow& row : rows) {
    const OrganMetrics& m = row.metrics;
    fields = {csvText(row.caseName),
              csvText(row.organ),
              std::to_string(m.label),
              std::to_string(m.voxelsTruth),
              std::to_string(m.voxelsPrediction),
              std::string(emptyName(m.empty))};
    if (withBefore) {
      fields.push_back(row.before ? std::to_string(row.before->voxelsPrediction) : "");
      fields.push_back(row.before ? std::string(emptyName(row.before->empty)) : "");
    }
    for (const MetricColumn& column : columns) fields.push_back(csvNumber(column.of(row)));
    csv += joined(fields);
  }
  return csv;
}

std::string csvNumber(std::optional<double> value) {
  if (!value) return {};
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, *value, std::chars_format::general, 17).ptr;
  return {digits, end};
}

std::string csvText(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace recontour
