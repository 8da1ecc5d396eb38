#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/predict/model_trust.h"
#include "core/predict/worker_process.h"
#include "core/training/training_cases.h"
#include "core/training/training_settings.h"

namespace recontour {

/// After an iteration; scores only after an epoch with held-back cases.
struct TrainingPoint {
  int iteration = 0, iterations = 0;
  double learningRate = 0, loss = 0;
  std::map<std::string, double> terms;  ///< "pce", "em", ... before their weights
  std::optional<double> dscMean;
  std::map<std::string, double> dsc;  ///< by organ key
  double secondsLeft = -1;            ///< negative: not known
};

/// How the network labels a slice now: grey 0..255, labels of the organ table, 255 where nothing is known.
struct TrainingView {
  int iteration = 0, width = 0, height = 0;
  std::string caseName;
  std::vector<std::uint8_t> grey, predicted, truth;
};

/// Hears of a run, on its thread. Also gets progress of stages "read", "train", "score".
class TrainingSink : public ProgressSink {
 public:
  virtual void point(const TrainingPoint& point) = 0;
  virtual void view(const TrainingView& view) = 0;
  /// A sentence about the cases that a person should know before hours go by; the report has it again.
  virtual void warning(const std::string& /*sentence*/) {}
};

struct TrainingReport {
  std::filesystem::path model;  ///< the folder that was made
  std::string manifestHash, device, fallback;
  int iterations = 0, chosenIteration = 0;
  double seconds = 0;
  std::optional<double> dscMean;
  std::vector<std::string> warnings;
};

/// Where a run keeps its raw volumes and checkpoint until it is through: beside the model folder, NAME.training.
std::filesystem::path trainingFolder(const std::filesystem::path& model);
/// Whether a stopped run lies there that --resume can go on from.
bool canResume(const std::filesystem::path& model);

/// Opens the cases, hands them to the worker as raw volumes, follows it, and puts the model folder in place when it is
/// whole. The model is trusted from then on: this program made it (ModelTrust). What a run that was stopped has learned
/// stays in trainingFolder(); one that ended well leaves nothing there. Blocks for minutes to hours: call it from a
/// background thread.
/// @param out    the model folder; must not exist yet
/// @param trust  where the model is remembered
/// @throws Error: BadInput for cases or settings, ModelFailed when the worker fails, Cancelled when `stop` was
/// requested
TrainingReport train(const TrainingSettings& settings, const std::vector<TrainingSource>& cases,
                     const std::filesystem::path& out, const WorkerSettings& worker, TrainingSink& sink,
                     std::stop_token stop, const ModelTrust& trust = ModelTrust(ModelTrust::standardFile()));

}  // namespace recontour
