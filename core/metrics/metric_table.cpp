#include "core/metrics/metric_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "core/base/error.h"

namespace recontour {
namespace {

using Columns = std::vector<MetricColumn>;
using Tolerances = std::span<const NamedTolerance>;

constexpr std::array<std::string_view, 7> kMetrics = {"dsc", "hd95", "hd", "assd", "nsd", "apl", "volume"};

/// A figure of the added path length under its name.
MetricColumn pathColumn(const char* name, MetricKind kind, double (*value)(const PathMetrics&)) {
  return {name, kind, [value](const OrganMetrics& m) { return m.path ? std::optional(value(*m.path)) : std::nullopt; }};
}

Columns pathColumns() {
  using Kind = MetricKind;
  return {
      pathColumn("apl_voxels", Kind::Count, [](const PathMetrics& p) { return static_cast<double>(p.voxels); }),
      pathColumn("apl_mm", Kind::Distance, [](const PathMetrics& p) { return p.mm; }),
      pathColumn("apl_1voxel_mm", Kind::Distance, [](const PathMetrics& p) { return p.mmBeyond1; }),
      pathColumn("apl_outside_mm", Kind::Distance, [](const PathMetrics& p) { return p.mmOutside; }),
      {"apl_relative", Kind::Fraction, [](const OrganMetrics& m) { return m.path ? m.path->relative : std::nullopt; }}};
}

Columns surfaceColumns(Tolerances tolerances) {
  Columns columns;
  for (std::size_t i = 0; i < tolerances.size(); ++i) {
    const NamedTolerance& named = tolerances[i];
    const auto value = [i](const OrganMetrics& m) { return i < m.nsd.size() ? m.nsd[i] : std::nullopt; };
    columns.push_back({named.name.empty() ? "nsd" : "nsd_" + named.name, MetricKind::Overlap, value});
    if (!named.name.empty()) continue;
    columns.push_back({"nsd_tolerance_mm", MetricKind::Given,
                       [own = named.tolerance](const OrganMetrics& m) { return std::optional(own.of(m.label)); }});
  }
  return columns;
}

Columns columnsOf(const std::string& metric, Tolerances tolerances) {
  using Kind = MetricKind;
  if (metric == "dsc") return {{"dsc", Kind::Overlap, [](const OrganMetrics& m) { return m.dsc; }}};
  if (metric == "hd95") return {{"hd95", Kind::Distance, [](const OrganMetrics& m) { return m.hd95; }}};
  if (metric == "hd") return {{"hd", Kind::Distance, [](const OrganMetrics& m) { return m.hd100; }}};
  if (metric == "assd") return {{"assd_mm", Kind::Distance, [](const OrganMetrics& m) { return m.assdMm; }}};
  if (metric == "nsd") return surfaceColumns(tolerances);
  if (metric == "apl") return pathColumns();
  return {
      {"volume_truth_ml", Kind::Given, [](const OrganMetrics& m) { return std::optional(m.volumeTruthMl); }},
      {"volume_prediction_ml", Kind::Given, [](const OrganMetrics& m) { return std::optional(m.volumePredictionMl); }}};
}

/// What does not depend on the prediction, and so is the same before and after.
bool isOfTruth(const std::string& column) { return column == "volume_truth_ml" || column == "nsd_tolerance_mm"; }

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

std::span<const std::string_view> metricNames() { return kMetrics; }

MetricSet metricSetOf(std::span<const std::string> metrics) {
  MetricSet set{.dsc = false, .hd95 = false};
  for (const std::string& metric : metrics) {
    if (std::ranges::find(kMetrics, metric) == kMetrics.end())
      throw Error("unknown metric '" + metric + "'; known are dsc, hd95, hd, assd, nsd, apl and volume");
    set.dsc = set.dsc || metric == "dsc";
    set.hd95 = set.hd95 || metric == "hd95";
    set.hd100 = set.hd100 || metric == "hd";
    set.assd = set.assd || metric == "assd";
    set.nsd = set.nsd || metric == "nsd";
    set.path = set.path || metric == "apl";
  }
  return set;
}

std::vector<MetricColumn> metricColumns(std::span<const std::string> metrics, Tolerances tolerances, bool withBefore) {
  metricSetOf(metrics);  // knows them all, or throws
  Columns columns;
  for (const std::string& metric : metrics) {
    for (MetricColumn& column : columnsOf(metric, tolerances)) columns.push_back(std::move(column));
  }
  if (!withBefore) return columns;
  const Columns after = columns;
  for (const MetricColumn& column : after) {
    if (!isOfTruth(column.name)) columns.push_back({"before_" + column.name, column.kind, column.value, true});
  }
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
