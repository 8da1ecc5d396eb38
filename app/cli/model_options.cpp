#include "app/cli/model_options.h"

#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <poll.h>
#include <unistd.h>

#include "app/cli/console.h"
#include "core/base/error.h"

namespace recontour::cli {
namespace {

std::string described(const ModelIdentity& model) { return model.name + ", SHA-256 " + model.manifestHash; }

bool someoneIsThere() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

/// A line that someone types; none when it is interrupted. The signal alone would not end a read: it goes to the thread
/// that waits for it.
std::string typedLine(const std::stop_token& stop) {
  constexpr int kStepMs = 100;
  pollfd keyboard = {STDIN_FILENO, POLLIN, 0};
  while (!stop.stop_requested() && ::poll(&keyboard, 1, kStepMs) <= 0) continue;
  std::string line;
  if (!stop.stop_requested()) std::getline(std::cin, line);
  return stop.stop_requested() ? std::string() : line;
}

/// @throws Error (Cancelled) when the person does not agree
void requireAgreement(const ModelIdentity& model) {
  const std::stop_token stop = interruption();
  std::fprintf(stderr, "The model %s is used for the first time here. A model is a program: run it? [y/N] ",
               described(model).c_str());
  const std::string answer = typedLine(stop);
  if (stop.stop_requested()) std::fputs("\n", stderr);
  if (answer != "y" && answer != "Y" && answer != "yes") throw Error("cancelled", ErrorKind::Cancelled);
}

/// A program that cannot remember it runs it all the same, and says so each time.
void remember(const ModelTrust& trust, const std::string& folder, const ModelIdentity& model) {
  try {
    trust.pin(folder, model);
    printError("the model is remembered in " + ModelTrust::standardFile().string());
  } catch (const Error& error) {
    printError("the model cannot be remembered (" + std::string(error.what()) + ")");
  }
}

void tell(const ModelIdentity& model, ModelStanding standing) {
  printError("the model " + described(model) + ", " +
             (standing == ModelStanding::Changed ? "is used here in place of the one that was used before"
                                                 : "is used for the first time here"));
}

}  // namespace

void addModelOptions(CLI::App& command, ModelOptions& options) {
  command.add_flag("--trust-model", options.trust, "run the model although it is new here or was exchanged");
  command.add_flag("--allow-unsandboxed", options.allowUnsandboxed,
                   "where there is no sandbox, run a model that is not shipped with all that you may do");
  command
      .add_option("--memory", options.memoryGb, "most memory that the model may take, in GB; 0 for 85 % of the free")
      ->check(CLI::Range(0.0, 1e5))
      ->capture_default_str();
  command.add_option("--patience", options.patienceMinutes, "minutes that the model may take for one step")
      ->check(CLI::Range(0.0001, 1e5))
      ->capture_default_str();
}

WorkerSettings workerSettings(const ModelOptions& options) {
  WorkerSettings settings = WorkerSettings::standard();
  settings.memoryLimitBytes = static_cast<std::uint64_t>(options.memoryGb * 1e9);
  settings.stallLimit = std::chrono::milliseconds(static_cast<std::int64_t>(options.patienceMinutes * 60000));
  return settings;
}

ModelUse useOf(const ModelOptions& options, const WorkerPredictor& predictor) {
  const ModelIdentity model = readModelIdentity(options.folder);
  ModelUse use{{model.manifestHash, options.allowUnsandboxed}, {}};
  predictor.requireAdmissible(options.folder, use.permission);
  const ModelTrust trust(ModelTrust::standardFile());
  const ModelStanding standing = trust.standing(options.folder, model.manifestHash);
  if (standing == ModelStanding::Shipped || standing == ModelStanding::Pinned) return use;
  if (standing == ModelStanding::Changed && !options.trust) {
    throw Error(options.folder, "holds another model than when it was used here before: now " + described(model),
                "if that is meant, --trust-model");
  }
  const bool ask = !options.trust && someoneIsThere();
  if (ask) requireAgreement(model);
  if (!ask) tell(model, standing);
  if (ask || options.trust) {
    remember(trust, options.folder, model);
  } else {
    use.unasked = model;
  }
  return use;
}

void rememberProved(const ModelOptions& options, ModelUse& use) {
  if (use.unasked) remember(ModelTrust(ModelTrust::standardFile()), options.folder, *use.unasked);
  use.unasked.reset();
}

}  // namespace recontour::cli
