#include <cstdio>
#include <set>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/metrics/metric_table.h"
#include "core/metrics/summary.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path truth, prediction, before;
  std::string organs = "word";
  std::vector<std::string> metrics = {"dsc", "hd95"};
  std::string profile = "word";
  fs::path csv;
  bool withEmpty = false;
  bool json = false;
};

struct Evaluation {
  std::string caseName;
  std::vector<MetricColumn> columns;
  std::vector<MetricRow> rows;
  std::vector<MetricSummary> summary;
};

[[noreturn]] void refuseUsage(const std::string& option, const std::string& cause) {
  throw CLI::ValidationError(option, cause);
}

void checkOptions(const Options& options) {
  static const std::set<std::string> kKnown = {"dsc", "hd95", "volume"};
  static const std::set<std::string> kPlanned = {"assd", "nsd", "apl"};
  std::set<std::string> seen;
  for (const std::string& metric : options.metrics) {
    if (kPlanned.contains(metric)) refuseUsage("--metrics", metric + " is not in this version; use dsc, hd95, volume");
    if (!kKnown.contains(metric)) refuseUsage("--metrics", "unknown metric '" + metric + "'; use dsc, hd95, volume");
    if (!seen.insert(metric).second) refuseUsage("--metrics", metric + " is given twice");
  }
  if (options.profile != "word") refuseUsage("--profile", options.profile + " is not in this version; use word");
  for (const fs::path& file : {options.truth, options.prediction, options.before}) {
    std::error_code missing;
    if (fs::equivalent(file, options.csv, missing)) refuseUsage("--csv", "would replace " + file.string());
    if (fs::is_directory(file)) refuseUsage(file.string(), "folders are not in this version; give one label file");
  }
}

/// File name without .nii.gz, .nii or .nrrd, and without the channel number that nnU-Net puts before it.
std::string caseNameOf(const fs::path& file) {
  std::string name = file.filename().string();
  for (const std::string ending : {".gz", ".nii", ".nrrd", "_0000"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

std::string describe(const Geometry& grid) {
  char text[160];
  std::snprintf(text, sizeof text, "%d x %d x %d voxels of %.4g x %.4g x %.4g mm from (%.6g, %.6g, %.6g)", grid.size.x,
                grid.size.y, grid.size.z, grid.spacing.x, grid.spacing.y, grid.spacing.z, grid.origin.x, grid.origin.y,
                grid.origin.z);
  return text;
}

void warnAboutOtherLabels(const fs::path& file, const LabelMap& map, const OrganTable& organs) {
  const auto counts = labelCounts(map);
  std::string others;
  for (int label = 1; label < 256; ++label) {
    if (counts[static_cast<std::size_t>(label)] == 0 || organs.find(static_cast<Label>(label))) continue;
    others += (others.empty() ? "" : ", ") + std::to_string(label);
  }
  if (others.empty()) return;
  printError(file.string() + ": holds labels that the organ table '" + organs.name() + "' lacks, left out: " + others);
}

LabelMap readOnGridOf(const LabelImage& truth, const fs::path& truthFile, const fs::path& file) {
  LabelImage image = readLabelFile(file);
  if (sameGrid(truth.geometry, image.geometry)) return std::move(image.labels);
  throw Error(file,
              "lies on another grid than " + truthFile.string() + " (" + describe(image.geometry) + ", not " +
                  describe(truth.geometry) + ")",
              "resample it to that grid first");
}

Evaluation evaluate(const Options& options) {
  const OrganTable organs = OrganTable::named(options.organs);
  std::vector<Label> labels;
  for (const Organ& organ : organs.organs()) labels.push_back(organ.label);
  const auto has = [&](const char* name) { return std::ranges::count(options.metrics, name) > 0; };
  const MetricSet metrics{.dsc = has("dsc"), .hd95 = has("hd95")};
  const LabelImage truth = readLabelFile(options.truth);
  warnAboutOtherLabels(options.truth, truth.labels, organs);
  const auto compared = [&](const fs::path& file) {
    const LabelMap map = readOnGridOf(truth, options.truth, file);
    warnAboutOtherLabels(file, map, organs);
    return compare(truth.labels, map, truth.geometry.spacing, labels, metrics, Profile::Word);
  };
  const std::vector<OrganMetrics> after = compared(options.prediction);
  const auto before = options.before.empty() ? std::vector<OrganMetrics>{} : compared(options.before);

  Evaluation result{caseNameOf(options.truth), metricColumns(options.metrics, !before.empty()), {}, {}};
  result.rows = metricRows(result.caseName, organs, after, before);
  result.summary = summarise(result.rows, result.columns, options.withEmpty);
  return result;
}

void writeCsv(const Evaluation& evaluation, const fs::path& file) {
  fs::path summaryFile = file;
  summaryFile.replace_extension(file.extension() == ".csv" ? ".summary.csv"
                                                           : file.extension().string() + ".summary.csv");
  SafeFile rows(file), summary(summaryFile);  // both exist before either is renamed: a full disk leaves neither
  rows.write(metricTableCsv(evaluation.rows, evaluation.columns));
  summary.write(summaryCsv(evaluation.summary));
  rows.commit();
  summary.commit();
}

OrderedJson optionalJson(std::optional<double> value) { return value ? OrderedJson(*value) : OrderedJson(nullptr); }

OrderedJson rowJson(const MetricRow& row, const std::vector<MetricColumn>& columns) {
  OrderedJson json{{"organ", row.organ},
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

void printJson(const Evaluation& evaluation, const Options& options) {
  OrderedJson json{{"case", evaluation.caseName},
                   {"profile", options.profile},
                   {"truth", options.truth.string()},
                   {"prediction", options.prediction.string()}};
  if (!options.before.empty()) json["before"] = options.before.string();
  for (const MetricRow& row : evaluation.rows) json["organs"].push_back(rowJson(row, evaluation.columns));
  for (const MetricSummary& summary : evaluation.summary) json["summary"].push_back(summaryJson(summary));
  std::printf("%s\n", json.dump(2, ' ', false, OrderedJson::error_handler_t::replace).c_str());
}

int columnWidth(const MetricColumn& column) { return std::max(6, static_cast<int>(column.name.size())) + 3; }

void printCell(const MetricColumn& column, std::optional<double> value) {
  const int width = columnWidth(column);
  const int digits = column.name.ends_with("dsc") ? 4 : 2;
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

void printTable(const Evaluation& evaluation, bool withEmpty) {
  std::printf("%s\n%-22s%5s", evaluation.caseName.c_str(), "organ", "label");
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
  std::printf("\nhd95 in mm, volumes in mL\n");
}

void run(const Options& options) {
  checkOptions(options);
  const Evaluation evaluation = evaluate(options);
  if (interruption().stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
  if (!options.csv.empty()) writeCsv(evaluation, options.csv);
  if (options.json) printJson(evaluation, options);
  if (!options.json && options.csv.empty()) printTable(evaluation, options.withEmpty);
}

}  // namespace

void addEvaluateCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("evaluate", "Compare a label map with a reference, organ by organ");
  command->add_option("--truth", options->truth, "reference label map (.nii, .nii.gz)")->required();
  command->add_option("--prediction", options->prediction, "label map to judge, on the same grid")->required();
  command->add_option("--before", options->before, "label map before revision, judged beside it");
  command->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  command->add_option("--metrics", options->metrics, "comma-separated: dsc (0..1), hd95 (mm), volume (mL)")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--profile", options->profile, "whose rules hold for empty organs: word (dsc 0, hd95 50)")
      ->capture_default_str();
  command->add_option("--csv", options->csv, "write this table, and the summary beside it as NAME.summary.csv");
  command->add_flag("--with-empty", options->withEmpty, "keep organs that a map lacks in mean, SD and median");
  command->add_flag("--json", options->json, "print one JSON document");
  command->callback([options] { run(*options); });
}

}  // namespace recontour::cli
