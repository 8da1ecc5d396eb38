#include <cstdio>
#include <set>
#include <thread>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/evaluate_figures.h"
#include "app/cli/evaluate_output.h"
#include "core/base/error.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/method_table.h"
#include "core/evaluate/tolerances.h"
#include "ui/report/figure_file.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path truth, prediction, before;
  std::string organs = "word";
  std::string values, truthValues;
  std::vector<std::string> metrics = {"dsc", "hd95"};
  std::string tolerance = "3";
  std::string profile = "word";
  fs::path csv, boxPlot, volumePlot;
  std::vector<std::string> methods;
  std::string table, baseline;
  bool withEmpty = false;
  bool json = false;
};

[[noreturn]] void refuseUsage(const std::string& option, const std::string& cause) {
  throw CLI::ValidationError(option, cause);
}

void checkMetrics(const Options& options) {
  const auto known = metricNames();
  std::string names;
  for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
  std::set<std::string> seen;
  for (const std::string& metric : options.metrics) {
    if (std::ranges::find(known, metric) == known.end())
      refuseUsage("--metrics", "unknown metric '" + metric + "'; use " + names);
    if (!seen.insert(metric).second) refuseUsage("--metrics", metric + " is given twice");
  }
}

void checkOptions(const Options& options) {
  checkMetrics(options);
  if (!profileNamed(options.profile))
    refuseUsage("--profile", "unknown profile '" + options.profile + "'; use word, medpy, nnunet or flare22");
  if (options.prediction.empty() == options.methods.empty())
    refuseUsage("--prediction", "give either a label map or folder to judge, or --method NAME=DIR for each method");
  if (!options.table.empty() && !tableStyleNamed(options.table))
    refuseUsage("--table", "unknown style '" + options.table + "'; use md, csv or tex");
  if (options.methods.empty() && !(options.table.empty() && options.baseline.empty()))
    refuseUsage("--table", "is of --method NAME=DIR");
  if (!options.methods.empty() && (options.json || !options.csv.empty() || !options.before.empty()))
    refuseUsage("--method", "prints a table; --json, --csv and --before are of --prediction");
  for (const fs::path& figure : {options.boxPlot, options.volumePlot})
    if (!figure.empty()) checkFigureName(figure);
  if (!options.volumePlot.empty() && std::ranges::find(options.metrics, "volume") == options.metrics.end())
    refuseUsage("--volumes", "wants the metric: --metrics dsc,volume");
  for (const fs::path& file : {options.truth, options.prediction, options.before}) {
    std::error_code missing;
    if (fs::equivalent(file, options.csv, missing)) refuseUsage("--csv", "would replace " + file.string());
  }
}

EvaluationRequest requestOf(const Options& options) {
  EvaluationRequest request{.truth = options.truth,
                            .prediction = options.prediction,
                            .before = options.before,
                            .organs = OrganTable::named(options.organs)};
  if (!options.values.empty()) request.predictionValues = LabelValueTable::named(options.values);
  if (!options.truthValues.empty()) request.truthValues = LabelValueTable::named(options.truthValues);
  request.metrics = options.metrics;
  request.tolerances = tolerancesFrom(options.tolerance, request.organs);
  request.profile = *profileNamed(options.profile);
  request.withEmpty = options.withEmpty;
  request.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return request;
}

/// What is printed and written is of the cases that could be read; the others fail at the end.
void tell(const Evaluation& evaluation, Failures& failures) {
  for (const std::string& warning : evaluation.warnings) printError(warning);
  for (const Error& error : evaluation.errors) failures.add(error);
}

void writeFigures(const Options& options, const std::vector<MethodResult>& methods, const OrganTable& organs) {
  if (!options.boxPlot.empty()) writeBoxPlots(options.boxPlot, methods, organs, options.withEmpty);
  if (!options.volumePlot.empty()) writeVolumePlot(options.volumePlot, methods.front().evaluation, organs);
}

void evaluateOne(const Options& options) {
  const EvaluationRequest request = requestOf(options);
  ConsoleProgress progress("evaluate");
  const Evaluation evaluation = evaluate(request, progress, interruption());
  Failures failures;
  tell(evaluation, failures);
  if (!options.csv.empty()) writeEvaluation(evaluation, options.csv);
  writeFigures(options, {{"", evaluation}}, request.organs);
  if (options.json) printEvaluationJson(evaluation, request, options.profile);
  if (!options.json && options.csv.empty()) printEvaluation(evaluation, options.withEmpty);
  failures.throwWorst();
}

/// "nnU-Net=predictions/nnunet": its name and its folder.
std::pair<std::string, fs::path> methodOf(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size())
    refuseUsage("--method", "'" + text + "' is not NAME=DIR");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void compareMethods(const Options& options) {
  EvaluationRequest request = requestOf(options);
  request.allPredictions = false;
  std::vector<MethodResult> results;
  Failures failures;
  for (const std::string& text : options.methods) {
    const auto [name, folder] = methodOf(text);
    request.prediction = folder;
    ConsoleProgress progress(name);
    results.push_back({name, evaluate(request, progress, interruption())});
    tell(results.back().evaluation, failures);
  }
  const TableStyle style = tableStyleNamed(options.table).value_or(TableStyle::Markdown);
  for (const MetricColumn& column : results.front().evaluation.columns)
    std::printf("%s\n", methodTable(results, request.organs, column, style, options.baseline).c_str());
  writeFigures(options, results, request.organs);
  failures.throwWorst();
}

void run(const Options& options) {
  checkOptions(options);
  options.methods.empty() ? evaluateOne(options) : compareMethods(options);
}

}  // namespace

void addEvaluateCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("evaluate", "Compare label maps with references, organ by organ");
  command->add_option("--truth", options->truth, "reference label map, or a folder of them")->required();
  command->add_option("--prediction", options->prediction,
                      "label map to judge, or a folder of them with the same names");
  command->add_option("--before", options->before, "label map or folder before revision, judged beside it");
  command
      ->add_option("--map", options->values,
                   "what the values of predictions mean: amos, btcv, tcia, totalsegmentator, totalsegmentator-v1, or a "
                   "table file; without it they are labels")
      ->type_name("TABLE");
  command->add_option("--truth-map", options->truthValues, "the same of the truth")->type_name("TABLE");
  command->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  command
      ->add_option(
          "--metrics", options->metrics,
          "comma-separated: dsc (0..1), hd95, hd, assd (mm), nsd (surface DSC, 0..1), apl (added path length), "
          "volume (mL)")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--tolerance", options->tolerance, "of nsd: mm, several as 1,2,3, or a file of one an organ")
      ->capture_default_str();
  command
      ->add_option("--profile", options->profile,
                   "whose rules hold for empty organs: word (dsc 0, hd95 50), medpy, nnunet, flare22")
      ->capture_default_str();
  command->add_option("--csv", options->csv, "write this table, and the summary beside it as NAME.summary.csv");
  command->add_option("--boxplot", options->boxPlot, "draw each metric, a box an organ and method: a .svg or .png")
      ->type_name("FILE");
  command->add_option("--volumes", options->volumePlot, "draw the volumes in the truth, with --metrics ...,volume")
      ->type_name("FILE");
  command->add_option("--method", options->methods, "NAME=DIR of label maps, once a method: prints a table of them");
  command->add_option("--table", options->table, "of the methods: md, csv or tex");
  command->add_option("--baseline", options->baseline, "name of a method: adds each other one's difference from it");
  command->add_flag("--with-empty", options->withEmpty, "keep organs that a map lacks in mean, SD and median");
  command->add_flag("--json", options->json, "print one JSON document");
  command->callback([options] { run(*options); });
}

}  // namespace recontour::cli
