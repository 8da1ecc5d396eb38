#include <cstdio>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/study_output.h"
#include "app/cli/train_console.h"
#include "app/cli/train_options.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/predict/worker_predictor.h"
#include "core/study/study_in_place.h"
#include "core/training/training_cases.h"
#include "core/training/training_run.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

/// A model that the training starts from, as the person let it run.
class StartingModel {
 public:
  StartingModel(const ModelOptions& options, const std::optional<fs::path>& folder, const WorkerPredictor& worker,
                std::string& hash)
      : options_(options) {
    if (!folder) return;
    options_.folder = folder->string();
    use_ = useOf(options_, worker);
    hash = use_->permission.manifestHash;
  }
  void rememberProved() {
    if (use_) cli::rememberProved(options_, *use_);
  }

 private:
  ModelOptions options_;
  std::optional<ModelUse> use_;
};

/// A run that stopped says how it goes on.
Error withAdvice(const Error& error, const std::string& out) {
  const bool stopped = error.kind() == ErrorKind::Cancelled || error.kind() == ErrorKind::ModelFailed;
  if (!stopped || !canResume(out)) return error;
  return Error(std::string(error.what()) + "; what was learned is kept: go on with the same command and --resume",
               error.kind());
}

TrainingReport runTraining(const TrainOptions& options, TrainingSettings settings) {
  std::optional<StudyApplication> application;
  if (isCoordinatorStudy(options.cases)) application.emplace(false);
  const auto split = options.split.empty() ? std::nullopt : std::optional<fs::path>(options.split);
  const auto cases = options.fromLabels ? trainingLabelMapsIn(options.cases, split, settings.selection, settings.seed)
                                        : trainingCasesIn(options.cases, split, settings.loss == "ce-dice",
                                                          settings.selection, settings.seed);
  const WorkerSettings worker = workerSettings(options.model);
  const WorkerPredictor predictor(worker);
  StartingModel network(options.model, settings.networkFolder, predictor, settings.networkHash);
  StartingModel start(options.model, settings.startFolder, predictor, settings.startHash);
  TrainConsole console(options.out, settings.iterationsPerEpoch);
  try {
    TrainingReport report = train(settings, cases, options.out, worker, console, interruption());
    network.rememberProved();
    start.rememberProved();
    return report;
  } catch (const Error& error) {
    throw withAdvice(error, options.out);
  }
}

Json reportJson(const TrainingReport& report) {
  return {{"model", report.model.string()},
          {"name", readModelIdentity(report.model).name},
          {"manifest_sha256", report.manifestHash},
          {"device", report.device},
          {"fallback", report.fallback},
          {"iterations", report.iterations},
          {"chosen_iteration", report.chosenIteration},
          {"seconds", report.seconds},
          {"dsc_mean", report.dscMean ? Json(*report.dscMean) : Json()},
          {"warnings", report.warnings}};
}

void printReport(const TrainingReport& report) {
  char score[64] = "";
  if (report.dscMean) std::snprintf(score, sizeof score, ", held-back DSC %.4f", *report.dscMean);
  std::printf("%s: %d iterations on %s in %.1f s, weights of iteration %d%s\n", report.model.c_str(), report.iterations,
              report.device.c_str(), report.seconds, report.chosenIteration, score);
  if (!report.fallback.empty()) std::fprintf(stderr, "%s\n", report.fallback.c_str());
}

/// What a person wrote, as a matter of usage.
void requireUsable(const TrainingSettings& settings) {
  try {
    requireValid(settings);
  } catch (const Error& error) {
    throw CLI::ValidationError("train", error.what());
  }
}

void runCommand(const TrainOptions& options) {
  const TrainingSettings settings = settingsOf(options);
  requireUsable(settings);
  const TrainingReport report = runTraining(options, settings);
  if (options.json) {
    std::printf("%s\n", reportJson(report).dump(2).c_str());
  } else {
    printReport(report);
  }
}

}  // namespace

void addTrainCommand(CLI::App& app) {
  const auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand("train", "Train a network from strokes, dense labels or label maps alone");
  addTrainOptions(*command, *options);
  command->callback([options] { runCommand(*options); });
}

}  // namespace recontour::cli
