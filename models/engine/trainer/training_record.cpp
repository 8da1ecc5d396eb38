#include "models/engine/trainer/training_record.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr int kFormatVersion = 1;

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

OrderedJson lossJson(const LossSettings& loss) {
  OrderedJson json{{"name", loss.name},
                   {"lambda_em", loss.lambdaEm},
                   {"lambda_ivm", loss.lambdaIvm},
                   {"lambda_crf", loss.lambdaCrf},
                   {"ivm", loss.ivmNormalized ? "normalized" : "paper"},
                   {"ramp_iterations", loss.rampIterations}};
  if (!loss.classWeights.empty()) json["class_weights"] = loss.classWeights;
  return json;
}

OrderedJson scheduleJson(const TrainingSchedule& schedule) {
  return {{"iterations", schedule.iterations},
          {"iterations_per_epoch", schedule.iterationsPerEpoch},
          {"learning_rate", schedule.learningRate},
          {"momentum", schedule.momentum},
          {"weight_decay", schedule.weightDecay},
          {"power", schedule.power},
          {"batch", schedule.batch},
          {"gradient_clip", schedule.gradientClip},
          {"optimizer", schedule.optimizer == TrainingSchedule::Optimizer::AdamW ? "adamw" : "sgd"},
          {"decay", schedule.decay == TrainingSchedule::Decay::Cosine ? "cosine" : "poly"},
          {"averaging", schedule.averaging}};
}

/// A model that was used, by the name of its folder: where it lay is nobody's business.
OrderedJson modelJson(const std::optional<std::filesystem::path>& folder) {
  if (!folder) return nullptr;
  const auto manifest = *folder / "recontour.json";
  std::error_code missing;
  const bool isThere = std::filesystem::is_regular_file(manifest, missing);
  return {{"folder", folder->filename().string()},
          {"manifest_sha256", isThere ? OrderedJson(sha256HexOfFile(manifest)) : OrderedJson()}};
}

OrderedJson synthesisJson(const TrainingRequest& request) {
  if (!request.inventsCt()) return nullptr;
  return {{"variants_per_map", request.variantsPerMap}};
}

OrderedJson settingsJson(const TrainingRequest& request) {
  return {{"network", request.networkFolder ? OrderedJson() : OrderedJson(request.network)},
          {"width", request.width},
          {"network_folder", modelJson(request.networkFolder)},
          {"start_folder", modelJson(request.startFolder)},
          {"source", request.inventsCt() ? "labels" : "ct"},
          {"synthesis", synthesisJson(request)},
          {"loss", lossJson(request.loss)},
          {"schedule", scheduleJson(request.schedule)},
          {"spacing_mm", {request.spacingMm.x, request.spacingMm.y, request.spacingMm.z}},
          {"patch", {request.patch.x, request.patch.y, request.patch.z}},
          {"normalization", OrderedJson::parse(request.normalizationJson)},
          {"augmentation", request.augments},
          {"selection", selectionName(request.selection)},
          {"seed", request.seed},
          {"threads", request.threads}};
}

OrderedJson orNull(const std::string& hash) { return hash.empty() ? OrderedJson() : OrderedJson(hash); }

OrderedJson caseJson(const TrainingCaseFiles& one) {
  const Geometry& geometry = one.geometry;
  return {{"name", one.name},
          {"patient", one.patient},
          {"held_back", one.heldBack},
          {"synthetic", one.synthetic},
          {"size", {geometry.size.x, geometry.size.y, geometry.size.z}},
          {"spacing_mm", {geometry.spacing.x, geometry.spacing.y, geometry.spacing.z}},
          {"volume_sha256", orNull(one.volumeSha256)},
          {"scribbles_sha256", orNull(one.scribblesSha256)},
          {"dense_sha256", orNull(one.denseSha256)}};
}

OrderedJson organsJson(const TrainingRequest& request) {
  OrderedJson labels = OrderedJson::object();
  const auto keys = request.organKeys();
  for (std::size_t i = 0; i < keys.size(); ++i) labels[keys[i]] = i + 1;
  return {{"name", request.organs.name}, {"labels", labels}};
}

OrderedJson scoresJson(const TrainedModel& model, const TrainingRequest& request) {
  const CurvePoint* point = model.chosenPoint();
  if (point == nullptr || !point->dscMean) return nullptr;
  return {{"labels", request.scoredLabels() == ScoredLabels::Dense ? "dense" : "scribbles"},
          {"dsc_mean", rounded(*point->dscMean)},
          {"dsc", scoresByKey(point->dsc, request.organKeys())}};
}

}  // namespace

std::string selectionName(ModelSelection selection) {
  switch (selection) {
    case ModelSelection::HeldBackScribbles:
      return "val-scribble";
    case ModelSelection::HeldBackDense:
      return "val-dense";
    case ModelSelection::Last:
      break;
  }
  return "last";
}

OrderedJson scoresByKey(const std::map<Label, double>& dsc, const std::vector<std::string>& keys) {
  OrderedJson json = OrderedJson::object();
  for (const auto& [label, value] : dsc) json[keys.at(static_cast<std::size_t>(label) - 1)] = rounded(value);
  return json;
}

OrderedJson trainingRecord(const TrainedModel& model, const TrainingRequest& request,
                           const std::string& weightsSha256) {
  const auto parameters = parameterCount(model.architecture);
  OrderedJson cases = OrderedJson::array();
  for (const auto& one : request.cases) cases.push_back(caseJson(one));
  return {{"format", "recontour-training"},
          {"version", kFormatVersion},
          {"program", std::string("Recontour ") + RECONTOUR_VERSION},
          {"libtorch", model.libtorch},
          {"model",
           {{"name", request.modelName},
            {"weights_sha256", weightsSha256},
            {"network", model.architecture.name},
            {"dims", model.architecture.dims},
            {"channels", model.architecture.channels},
            {"parameters", parameters > 0 ? OrderedJson(parameters) : OrderedJson()}}},
          {"device", model.device},
          {"seconds", std::round(model.seconds * 10) / 10},
          {"chosen_iteration", model.chosenIteration},
          {"scores", scoresJson(model, request)},
          {"settings", settingsJson(request)},
          {"organs", organsJson(request)},
          {"cases", cases}};
}

}  // namespace recontour
