#pragma once
#include <optional>
#include <string>

#include "core/predict/model_trust.h"
#include "core/predict/worker_predictor.h"

namespace CLI {
class App;
}

namespace recontour::cli {

/// Options of every command that runs a model.
struct ModelOptions {
  std::string folder;
  bool trust = false, allowUnsandboxed = false;
  double memoryGb = 0;          ///< 0: most of what is free
  double patienceMinutes = 10;  ///< without a step forward
};

void addModelOptions(CLI::App& command, ModelOptions& options);
WorkerSettings workerSettings(const ModelOptions& options);

/// A model that may run, and as what.
struct ModelUse {
  ModelPermission permission;
  std::optional<ModelIdentity> unasked;  ///< where nobody was asked: to be remembered once it has proved itself
};

/// A model that is new here is asked for on a terminal and, when agreed to, remembered; so is one of --trust-model.
/// Elsewhere it is only named on standard error.
/// @throws Error (BadInput) where it may not run: without a sandbox, or changed since it was remembered; Cancelled when
///         the person says no or interrupts
ModelUse useOf(const ModelOptions& options, const WorkerPredictor& predictor);
/// Remembers a model that nobody was asked for and that has labelled a case, once.
void rememberProved(const ModelOptions& options, ModelUse& use);

}  // namespace recontour::cli
