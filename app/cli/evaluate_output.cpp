#include "app/cli/evaluate_output.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/base/files_together.h"
#include "core/base/json.h"

namespace recontour::cli {
namespace {

OrderedJson optionalJson(std::optional<double> value) { return value ? OrderedJson(*value) : OrderedJson(nullptr); }

OrderedJson rowJson(const MetricRow& row, const std::vector<MetricColumn>& columns) {
  OrderedJson json{{"case", row.caseName},
                   {"organ", row.organ},
                   {"label", row.metrics.label},
                   {"voxels_truth", row.metrics.voxelsTruth},
                   {"voxels_prediction", row.metrics.voxelsPrediction},
                   {"empty", emptyName(row.metrics.empty)}};
  if (row.before) {
    json["before_voxels_prediction"] = row.before->voxelsPrediction;
    json["before_empty"] = emptyName(row.before->empty);
  }
  for (const MetricColumn& column : columns) json[column.name] = optionalJson(column.of(row));
  return json;
}

OrderedJson summaryJson(const MetricSummary& summary) {
  return {{"organ", summary.organ},
          {"label", summary.label ? OrderedJson(*summary.label) : OrderedJson(nullptr)},
          {"metric", summary.metric},
          {"n", summary.n},
          {"missing", summary.missing},
          {"mean", optionalJson(summary.mean)},
          {"sd_cases", optionalJson(summary.sdCases)},
          {"sd_pooled", optionalJson(summary.sdPooled)},
          {"median", optionalJson(summary.median)}};
}

constexpr int kSpreadWidth = 22;

int digitsOf(const MetricColumn& column) {
  const bool isPart = column.kind == MetricKind::Overlap || column.kind == MetricKind::Fraction;
  return isPart ? 4 : column.kind == MetricKind::Count ? 0 : 2;
}

int columnWidth(const MetricColumn& column) { return std::max(6, static_cast<int>(column.name.size())) + 3; }

void printCell(const MetricColumn& column, std::optional<double> value) {
  const int width = columnWidth(column);
  const int digits = digitsOf(column);
  if (value) {
    std::printf("%*.*f", width, digits, *value);
  } else {
    std::printf("%*s", width, "-");
  }
}

std::string remark(const MetricRow& row) {
  const auto text = [](Empty empty, const char* prediction) {
    if (empty == Empty::Both) return std::string("both empty");
    return empty == Empty::Truth ? std::string("truth empty") : std::string(prediction) + " empty";
  };
  if (row.metrics.empty != Empty::None) return text(row.metrics.empty, "prediction");
  if (row.before && row.before->empty != Empty::None) return text(row.before->empty, "before");
  return {};
}

/// Cases in order of appearance.
std::vector<std::string> casesOf(const Evaluation& evaluation) {
  std::vector<std::string> cases;
  for (const MetricRow& row : evaluation.rows) {
    if (cases.empty() || cases.back() != row.caseName) cases.push_back(row.caseName);
  }
  return cases;
}

std::string spreadText(const MetricSummary& summary, const MetricColumn& column) {
  char text[48];
  const int digits = digitsOf(column);
  if (!summary.mean) return "-";
  if (!summary.sdCases) return std::snprintf(text, sizeof text, "%.*f", digits, *summary.mean), text;
  std::snprintf(text, sizeof text, "%.*f +- %.*f", digits, *summary.mean, digits, *summary.sdCases);
  return text;
}

/// Mean and SD over cases, an organ a line.
void printSummary(const Evaluation& evaluation, std::size_t cases) {
  std::printf("%zu cases, mean +- SD over cases\n%-22s", cases, "organ");
  for (const MetricColumn& column : evaluation.columns) std::printf("%*s", kSpreadWidth, column.name.c_str());
  const std::size_t lines = evaluation.columns.empty() ? 0 : evaluation.summary.size() / evaluation.columns.size();
  for (std::size_t line = 0; line < lines; ++line) {
    std::printf("\n%-22s", evaluation.summary[line].organ.c_str());
    for (std::size_t c = 0; c < evaluation.columns.size(); ++c)
      std::printf("%*s", kSpreadWidth, spreadText(evaluation.summary[c * lines + line], evaluation.columns[c]).c_str());
  }
  std::printf("\n");
}

/// The organs of one case.
void printCase(const Evaluation& evaluation, bool withEmpty) {
  std::printf("%s\n%-22s%5s", evaluation.rows.front().caseName.c_str(), "organ", "label");
  for (const MetricColumn& column : evaluation.columns) std::printf("%*s", columnWidth(column), column.name.c_str());
  std::printf("\n");
  for (const MetricRow& row : evaluation.rows) {
    std::printf("%-22s%5d", row.organ.c_str(), row.metrics.label);
    for (const MetricColumn& column : evaluation.columns) printCell(column, column.of(row));
    const std::string note = remark(row);
    std::printf(note.empty() ? "\n" : "   %s\n", note.c_str());
  }
  std::printf("%-22s%5s", withEmpty ? "mean" : "mean of non-empty", "");
  for (const MetricColumn& column : evaluation.columns) {
    for (const MetricSummary& summary : evaluation.summary) {
      if (!summary.label && summary.metric == column.name) printCell(column, summary.mean);
    }
  }
  std::printf("\n");
}

}  // namespace

void writeEvaluation(const Evaluation& evaluation, const std::filesystem::path& file) {
  std::filesystem::path summaryFile = file;
  summaryFile.replace_extension(file.extension() == ".csv" ? ".summary.csv"
                                                           : file.extension().string() + ".summary.csv");
  FilesTogether files;
  files.write(file, metricTableCsv(evaluation.rows, evaluation.columns));
  files.write(summaryFile, summaryCsv(evaluation.summary));
  files.commit();
}

void printEvaluationJson(const Evaluation& evaluation, const EvaluationRequest& request, const std::string& profile) {
  OrderedJson json;
  const auto cases = casesOf(evaluation);
  if (cases.size() == 1) json["case"] = cases.front();
  json["profile"] = profile;
  json["truth"] = request.truth.string();
  json["prediction"] = request.prediction.string();
  if (!request.before.empty()) json["before"] = request.before.string();
  json["organs"] = OrderedJson::array();
  for (const MetricRow& row : evaluation.rows) json["organs"].push_back(rowJson(row, evaluation.columns));
  for (const MetricSummary& summary : evaluation.summary) json["summary"].push_back(summaryJson(summary));
  std::printf("%s\n", json.dump(2, ' ', false, OrderedJson::error_handler_t::replace).c_str());
}

void printEvaluation(const Evaluation& evaluation, bool withEmpty) {
  const std::size_t cases = casesOf(evaluation).size();
  if (cases == 1) printCase(evaluation, withEmpty);
  if (cases > 1) printSummary(evaluation, cases);
  std::printf("hd, hd95, assd, apl in mm, volumes in mL\n");
}

}  // namespace recontour::cli
