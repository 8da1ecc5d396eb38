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

/// What the model was made for.
Json organKeysOf(const Json& manifest) {
  Json keys = Json::array();
  const Json labels = manifest.value("labels", Json::object());
  for (const Json& label : labels) {
    if (label.contains("key")) keys.push_back(label["key"]);
  }
  return keys;
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
                        {"sandboxed", result.sandboxed},
                        {"manifest_sha256", result.manifestHash},
                        {"demo", manifest.value("demo", false)},
                        {"organs", organKeysOf(manifest)},
                        {"expected_dsc", manifest.value("expected_dsc", Json::object())}}
                       .dump();
  return start;
}

}  // namespace

void Workbench::predict(const std::filesystem::path& modelFolder) {
  if (!state_->editable())
    return Q_EMIT message(MessageKind::Warning, tr("Open a case for editing before running a model"));
  if (!state_->refusesContours()) state_->startPrediction(modelFolder, true);
}

void Workbench::predictAgain() {
  if (!state_->lastModel.empty()) predict(state_->lastModel);
}

void Workbench::State::predictByItself() {
  if (options.fromNothing) return;
  const bool wanted = options.model && editable() && prediction.state == PredictionState::None;
  if (wanted && !session->hasStarts() && opened->structures.empty()) startPrediction(*options.model, false);
}

void Workbench::trustModel(const std::filesystem::path& modelFolder) {
  const auto asked = std::exchange(state_->askedModel, std::nullopt);
  if (!asked || asked->folder != modelFolder || !state_->editable()) return;
  state_->startPrediction(modelFolder, asked->anew, asked->model);
}

void Workbench::State::startPrediction(const std::filesystem::path& modelFolder, bool anew,
                                       std::optional<ModelIdentity> agreed) {
  if (runIsAhead && next) next->prediction = {};  // the case that is open goes first
  prediction = {};
  prediction.state = PredictionState::Running;
  prediction.stage = "load";
  prediction.modelName = modelFolder.filename().string();
  lastModel = modelFolder;
  askedModel.reset();
  startRun(*opened, modelFolder, anew, false, std::move(agreed));
  Q_EMIT owner.predictionChanged();
}

void Workbench::State::startRun(const Case& of, const std::filesystem::path& modelFolder, bool anew, bool ahead,
                                std::optional<ModelIdentity> agreed) {
  runIsAhead = ahead;
  cancelAsked = false;
  PredictionRequest request;
  request.volume = of.volume;
  request.geometry = of.geometry;
  request.imageHash = of.imageHash;
  request.modelFolder = modelFolder;
  request.device = options.device;
  request.organTable = organs.name();
  request.allowUnsandboxed = options.allowUnsandboxed;
  runner.start(std::move(request), anew, predictionCallbacks(modelFolder, anew, clock.monotonicMs()),
               std::move(agreed));
}

void Workbench::State::stopRun() {
  runner.cancel();
  ++predictionRun;
  runIsAhead = false;
}

PredictionRunner::Callbacks Workbench::State::predictionCallbacks(std::filesystem::path modelFolder, bool anew,
                                                                  std::int64_t startedMs) {
  const auto tell = [this, run = ++predictionRun](auto call) {
    post([this, run, call = std::move(call)]() mutable {
      if (run == predictionRun) call();
    });
  };
  PredictionRunner::Callbacks callbacks;
  callbacks.progress = [this, tell](std::string stage, int done, int total, double secondsLeft) {
    tell([this, stage = std::move(stage), done, total, secondsLeft] {
      PredictionStatus& status = statusOfRun();
      status.stage = stage;
      status.tilesDone = done;
      status.tilesTotal = total;
      status.secondsLeft = secondsLeft;
      predictionMoved();
    });
  };
  callbacks.runsOn = [this, tell](std::string model, std::string device) {
    tell([this, model = std::move(model), device = std::move(device)] {
      statusOfRun().modelName = model;
      statusOfRun().device = device;
      predictionMoved();
    });
  };
  callbacks.needsTrust = [this, tell, modelFolder, anew](const ModelIdentity& model, bool changed) {
    tell([this, asked = AskedModel{modelFolder, model, anew}, changed] { predictionNeedsTrust(asked, changed); });
  };
  callbacks.finished = [this, tell, startedMs, modelFolder = std::move(modelFolder)](PredictionResult result) {
    StartMap start = startFrom(result, modelFolder);
    tell([this, startedMs, result = std::move(result), start = std::move(start)]() mutable {
      predictionFinished(result, std::move(start), static_cast<double>(clock.monotonicMs() - startedMs) / 1000.0);
    });
  };
  callbacks.failed = [this, tell](const Error& error) { tell([this, error] { predictionFailed(error); }); };
  return callbacks;
}

void Workbench::State::predictionMoved() {
  if (!runIsAhead) Q_EMIT owner.predictionChanged();
}

void Workbench::State::predictionFinished(const PredictionResult& result, StartMap start, double seconds) {
  if (cancelAsked) return predictionFailed(Error("cancelled", ErrorKind::Cancelled));
  PredictionStatus& status = statusOfRun();
  status.state = PredictionState::Done;
  status.modelName = result.modelName;
  status.device = result.device;
  status.fallback = result.fallback;
  status.secondsTotal = seconds;
  status.kept = result.kept;
  status.sandboxed = result.sandboxed;
  if (std::exchange(runIsAhead, false)) {
    next->warnings = result.warnings;
    next->start = std::move(start);
    return;
  }
  for (const auto& warning : result.warnings)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(warning));
  takeStart(std::move(start));
  Q_EMIT owner.predictionChanged();
  calm.start();
}

void Workbench::State::predictionFailed(const Error& error) {
  const bool cancelled = error.kind() == ErrorKind::Cancelled;
  PredictionStatus& status = statusOfRun();
  status.state = cancelled ? PredictionState::Cancelled : PredictionState::Failed;
  status.error = error.what();
  if (std::exchange(runIsAhead, false)) return;  // it runs again when that case is open, and tells then
  Q_EMIT owner.predictionChanged();
  if (!cancelled) Q_EMIT owner.predictionFailed(QString::fromUtf8(error.what()));
  calm.start();
}

void Workbench::State::predictionNeedsTrust(const AskedModel& asked, bool changed) {
  if (runIsAhead) return predictionFailed(Error("it must be asked for"));  // when that case is open
  if (cancelAsked) return predictionFailed(Error("cancelled", ErrorKind::Cancelled));
  prediction = {};
  askedModel = asked;
  Q_EMIT owner.predictionChanged();
  Q_EMIT owner.modelNeedsTrust(QString::fromStdString(asked.folder.string()), QString::fromStdString(asked.model.name),
                               QString::fromStdString(asked.model.manifestHash), changed);
  calm.start();
}

void Workbench::cancelPrediction() {
  if (state_->prediction.state != PredictionState::Running) return;
  state_->cancelAsked = true;
  state_->runner.cancel();
}

void Workbench::setModel(const std::optional<std::filesystem::path>& modelFolder) {
  if (state_->options.model == modelFolder) return;
  state_->options.model = modelFolder;
  state_->dropNext();  // what was predicted for it is another model's
  const bool startsNow =
      modelFolder && state_->editable() && !state_->options.fromNothing && !state_->session->hasStarts();
  if (startsNow && state_->prediction.state != PredictionState::Done) state_->startPrediction(*modelFolder, false);
  state_->calm.start();
}

void Workbench::setDevice(const std::string& device) {
  if (state_->options.device == device) return;
  state_->options.device = device;
  state_->dropNext();
  state_->calm.start();
}

}  // namespace recontour
