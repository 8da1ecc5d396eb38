#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/predict/model_trust.h"
#include "core/predict/worker_process.h"
#include "core/training/training_cases.h"
#include "core/training/training_run.h"
#include "core/training/training_settings.h"

namespace recontour {

/// What a person wants trained.
struct TrainingJob {
  TrainingSettings settings;
  std::filesystem::path cases;                 ///< folder with WORD's layout
  std::optional<std::filesystem::path> split;  ///< see trainingCasesIn()
  std::filesystem::path model;                 ///< folder to write
};

/// Trains a network. Everything blocks for the disk or longer, so call it from background threads, several at once.
class Trainer {
 public:
  virtual ~Trainer() = default;
  /// How a job's cases are shared out. @throws Error with one line when it cannot start; Cancelled
  virtual std::vector<TrainingSource> cases(const TrainingJob& job, const std::stop_token& stop) = 0;
  /// @throws Error as recontour::train() does
  virtual TrainingReport train(const TrainingJob& job, TrainingSink& sink, std::stop_token stop) = 0;
  /// Whether a run for this model folder was stopped and can go on.
  virtual bool canResume(const std::filesystem::path& model) = 0;
};

/// Trains in a worker process. A network from elsewhere is trained only when it was agreed to.
/// @param trust  knows such models, and will know those that are made
std::shared_ptr<Trainer> makeWorkerTrainer(const WorkerSettings& worker = WorkerSettings::standard(),
                                           const ModelTrust& trust = ModelTrust(ModelTrust::standardFile()));

}  // namespace recontour
