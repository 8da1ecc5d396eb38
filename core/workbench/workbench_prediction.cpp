// Running a model and taking its labels.
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

using PredictionState = PredictionStatus::State;

/// The model's manifest. A folder that is no model fails in the worker.
Json manifestOf(const std::filesystem::path& modelFolder) {
  try {
    return readJsonFile(modelFolder / "recontour.json");
  } catch (const std::exception&) {
    return Json::object();
  }
}

/// Any thread; takes a while.
StartMap startFrom(PredictionResult& result, const std::filesystem::path& modelFolder) {
  StartMap start;
  start.labels = std::move(result.labels);
  start.labelsHash = labelMapHash(start.labels);
  start.source = StartSource::Prediction;
  start.name = result.modelName;
  start.modelHash = result.modelHash;
  const Json manifest = manifestOf(modelFolder);
  start.settings = Json{{"device", result.device},
                        {"precision", result.precision},
                        {"tiles", result.tiles},
                        {"demo", manifest.value("demo", false)},
                        {"expected_dsc", manifest.value("expected_dsc", Json::object())}}
                       .dump();
  return start;
}

}  // namespace

void Workbench::predict(const std::filesystem::path& modelFolder) {
  State& s = *state_;
  if (!s.editable()) return Q_EMIT message(MessageKind::Warning, tr("Open a case for editing before running a model"));
  s.prediction = {};
  s.prediction.state = PredictionState::Running;
  s.prediction.stage = "load";
  s.prediction.modelName = modelFolder.filename().string();
  PredictionRequest request;
  request.volume = s.opened->volume;
  request.geometry = s.opened->geometry;
  request.modelFolder = modelFolder;
  request.device = s.options.device;
  request.organTable = s.organs.name();
  s.runner.start(std::move(request), s.predictionCallbacks(modelFolder, s.clock.monotonicMs()));
  Q_EMIT predictionChanged();
}

PredictionRunner::Callbacks Workbench::State::predictionCallbacks(std::filesystem::path modelFolder,
                                                                  std::int64_t startedMs) {
  const auto asked = generation;
  const auto run = ++predictionRun;
  const auto current = [this, run] { return run == predictionRun; };
  PredictionRunner::Callbacks callbacks;
  callbacks.progress = [this, asked, current](std::string stage, int done, int total, double secondsLeft) {
    onGuiThread(asked, [this, current, stage = std::move(stage), done, total, secondsLeft] {
      if (current()) predictionProgress(stage, done, total, secondsLeft);
    });
  };
  callbacks.finished = [this, asked, current, startedMs,
                        modelFolder = std::move(modelFolder)](PredictionResult result) {
    StartMap start = startFrom(result, modelFolder);
    onGuiThread(asked, [this, current, startedMs, result = std::move(result), start = std::move(start)]() mutable {
      if (!current()) return;
      predictionFinished(result, std::move(start), static_cast<double>(clock.monotonicMs() - startedMs) / 1000.0);
    });
  };
  callbacks.failed = [this, asked, current](const Error& error) {
    onGuiThread(asked, [this, current, error] {
      if (current()) predictionFailed(error);
    });
  };
  return callbacks;
}

void Workbench::State::predictionProgress(const std::string& stage, int done, int total, double secondsLeft) {
  if (prediction.state != PredictionState::Running) return;
  prediction.stage = stage;
  prediction.tilesDone = done;
  prediction.tilesTotal = total;
  prediction.secondsLeft = secondsLeft;
  Q_EMIT owner.predictionChanged();
}

void Workbench::State::predictionFinished(const PredictionResult& result, StartMap start, double seconds) {
  prediction.state = PredictionState::Done;
  prediction.modelName = result.modelName;
  prediction.device = result.device;
  prediction.fallback = result.fallback;
  prediction.secondsTotal = seconds;
  for (const auto& warning : result.warnings)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(warning));
  takeStart(std::move(start));
  Q_EMIT owner.predictionChanged();
}

void Workbench::State::predictionFailed(const Error& error) {
  const bool cancelled = error.kind() == ErrorKind::Cancelled;
  prediction.state = cancelled ? PredictionState::Cancelled : PredictionState::Failed;
  prediction.error = error.what();
  Q_EMIT owner.predictionChanged();
  if (!cancelled) fail(error.what());
}

void Workbench::cancelPrediction() {
  if (state_->prediction.state == PredictionState::Running) state_->runner.cancel();
}

}  // namespace recontour
