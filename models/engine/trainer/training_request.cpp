#include "models/engine/trainer/training_request.h"

#include <algorithm>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "models/engine/manifest.h"
#include "models/engine/trainer/request_cases.h"
#include "models/engine/trainer/request_members.h"
#include "models/training/tissue_map.h"
#include "models/training/word_organs.h"

namespace recontour {
namespace {

constexpr int kMostOrgans = 254;  // labels are one byte, 255 marks what nothing is known of
constexpr Range kLambda{0, 1000}, kIterations{1, 1e6}, kSpacingMm{0.1, 20}, kPatch{1, 1024}, kWidth{1, 256};

LabelTable organsOf(const RequestMembers& organs) {
  LabelTable table{organs.text("name"), {}};
  const RequestMembers labels(organs.at("labels"), "organs.labels");
  const auto count = static_cast<int>(labels.object().size());
  if (count < 1 || count > kMostOrgans) organs.refuse("labels", "must have 1 to 254 organs");
  std::set<Label> used;
  for (const auto& [key, value] : labels.object().items()) {
    organs.requireName("labels", key);
    if (key == "background") organs.refuse("labels", "calls an organ 'background', which is what label 0 is");
    const auto label = static_cast<Label>(labels.wholeOf(value, key.c_str(), {1, double(count)}));
    if (!used.insert(label).second) organs.refuse("labels", "has the label " + std::to_string(label) + " twice");
    table.labels[key] = label;
  }
  return table;  // different labels from 1 to their count leave no gap
}

std::vector<double> classWeightsOf(const RequestMembers& json, std::size_t channels) {
  if (!json.has("class_weights")) return {};
  const Json& list = json.at("class_weights");
  if (!list.is_array() || list.size() != channels)
    json.refuse("class_weights", "must be a list of " + std::to_string(channels) + " numbers: background and organs");
  std::vector<double> weights;
  for (const Json& weight : list) weights.push_back(json.realOf(weight, "class_weights", kLambda));
  return weights;
}

LossSettings lossSettingsOf(const RequestMembers& json, std::size_t channels) {
  json.allowOnly({"name", "lambda_em", "lambda_ivm", "lambda_crf", "ivm", "ramp_iterations", "class_weights"});
  LossSettings loss;
  json.choice("name", {"ce-dice", "pce", "pce+em", "pce+ivm", "pce+em+ivm", "pce+crf"});
  loss.name = json.text("name", loss.name);
  loss.lambdaEm = json.real("lambda_em", loss.lambdaEm, kLambda);
  loss.lambdaIvm = json.real("lambda_ivm", loss.lambdaIvm, kLambda);
  loss.lambdaCrf = json.real("lambda_crf", loss.lambdaCrf, kLambda);
  loss.ivmNormalized = json.choice("ivm", {"paper", "normalized"}) == 1;
  loss.rampIterations = json.whole("ramp_iterations", loss.rampIterations, {0, kIterations.largest});
  loss.classWeights = classWeightsOf(json, channels);
  if (!loss.classWeights.empty() && !loss.isDense()) json.refuse("class_weights", "is for the loss ce-dice alone");
  return loss;
}

TrainingSchedule scheduleOf(const RequestMembers& json) {
  json.allowOnly({"iterations", "iterations_per_epoch", "learning_rate", "momentum", "weight_decay", "power", "batch",
                  "gradient_clip", "optimizer", "decay", "averaging"});
  TrainingSchedule schedule;
  using Optimizer = TrainingSchedule::Optimizer;
  using Decay = TrainingSchedule::Decay;
  schedule.optimizer = json.choice("optimizer", {"sgd", "adamw"}) == 1 ? Optimizer::AdamW : Optimizer::Sgd;
  schedule.decay = json.choice("decay", {"poly", "cosine"}) == 1 ? Decay::Cosine : Decay::Poly;
  schedule.averaging = json.real("averaging", schedule.averaging, {0, 0.99999});
  schedule.iterations = json.whole("iterations", schedule.iterations, kIterations);
  schedule.iterationsPerEpoch = json.whole("iterations_per_epoch", schedule.iterationsPerEpoch, kIterations);
  schedule.learningRate = json.real("learning_rate", schedule.learningRate, {1e-9, 100});
  schedule.momentum = json.real("momentum", schedule.momentum, {0, 0.9999});
  schedule.weightDecay = json.real("weight_decay", schedule.weightDecay, {0, 1});
  schedule.power = json.real("power", schedule.power, {0, 10});
  schedule.batch = json.whole("batch", schedule.batch, {1, 256});
  schedule.gradientClip = json.real("gradient_clip", schedule.gradientClip, {0, 1e6});
  return schedule;
}

void readGrid(const RequestMembers& message, TrainingRequest& request) {
  for (const char* list : {"spacing_mm", "patch"}) {
    const Json& json = message.at(list);
    if (!json.is_array() || json.size() != 3) message.refuse(list, "must have three entries: x, y, z");
  }
  for (int axis = 0; axis < 3; ++axis) {
    const auto at = static_cast<std::size_t>(axis);
    request.spacingMm[axis] = message.realOf(message.at("spacing_mm")[at], "spacing_mm", kSpacingMm);
    request.patch[axis] = message.wholeOf(message.at("patch")[at], "patch", kPatch);
  }
}

void readNetwork(const RequestMembers& message, const std::filesystem::path& base, TrainingRequest& request) {
  request.modelName = message.name("model_name");
  if (message.has("network_folder")) request.networkFolder = base / message.text("network_folder");
  if (message.has("start_folder")) request.startFolder = base / message.text("start_folder");
  if (message.has("network_manifest_sha256")) request.networkSha256 = message.text("network_manifest_sha256");
  if (message.has("start_manifest_sha256")) request.startSha256 = message.text("start_manifest_sha256");
  if (!request.networkFolder || message.has("network")) {
    request.network = message.name("network");
  }
  request.width = message.whole("width", request.width, kWidth);
}

std::uint64_t seedOf(const RequestMembers& message) {
  const Json& seed = message.at("seed");
  if (seed.is_number_unsigned()) return seed.get<std::uint64_t>();
  if (!seed.is_number_integer() || seed.get<std::int64_t>() < 0) message.refuse("seed", "is no whole number from 0 on");
  return seed.get<std::uint64_t>();
}

void readHowItRuns(const RequestMembers& message, TrainingRequest& request) {
  constexpr ModelSelection kSelections[] = {ModelSelection::Last, ModelSelection::HeldBackScribbles,
                                            ModelSelection::HeldBackDense};
  request.augments = message.flag("augmentation", request.augments);
  request.selection = kSelections[message.choice("selection", {"last", "val-scribble", "val-dense"})];
  if (message.has("seed")) request.seed = seedOf(message);
  request.device = message.text("device", request.device);
  request.threads = message.whole("threads", 0, {0, 256});
  if (request.threads == 0) request.threads = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 256);
  request.resumes = message.flag("resume", false);
}

bool areWords(const std::map<std::string, Label>& labels) {
  bool all = labels.size() == word::kLast;
  for (Label label = 1; label <= word::kLast && all; ++label) {
    const auto found = labels.find(std::string(word::kKeys[label]));
    all = found != labels.end() && found->second == label;
  }
  return all;
}

/// What the synthesis knows are WORD's organs by their numbers, on its own grid.
void readSynthesis(const RequestMembers& message, TrainingRequest& request) {
  if (!request.inventsCt()) {
    if (message.has("synthesis")) message.refuse("synthesis", "is for the source 'labels' alone");
    return;
  }
  const RequestMembers synthesis = message.inner("synthesis");
  synthesis.allowOnly({"variants_per_map"});
  request.variantsPerMap = synthesis.whole("variants_per_map", request.variantsPerMap, {1, 100});
  if (!areWords(request.organs.labels))
    message.refuse("organs", "must be those of the table 'word', since CT is invented around label maps of them alone");
  if (request.spacingMm != Point3{kSynthesisMm, kSynthesisMm, kSynthesisMm})
    message.refuse("spacing_mm", "must be 3, 3, 3, the grid that CT is invented on");
  if (!request.loss.isDense()) message.refuse("loss", "must be ce-dice, as label maps alone are dense labels");
  if (request.normalization.type == Normalization::Type::Zscore)
    message.refuse("normalization",
                   "must not be zscore: a patch that is invented has other figures than a whole image");
}

/// A patient on both sides would flatter the scores.
void checkPatients(const TrainingRequest& request) {
  std::set<std::string> learned;
  for (const auto& one : request.cases) {
    if (!one.heldBack) learned.insert(one.patient);
  }
  if (learned.empty()) throw Error("no case is left to learn from; hold back fewer");
  for (const auto& one : request.cases) {
    if (!one.heldBack || !learned.contains(one.patient)) continue;
    throw Error("case '" + one.name + "' is held back, but another case of its patient '" + one.patient +
                "' is learned from; put both on the same side");
  }
}

void checkLabels(const TrainingRequest& request) {
  const bool dense = request.loss.isDense();
  for (const auto& one : request.cases) {
    if (one.heldBack || (dense ? one.dense : one.scribbles)) continue;
    throw Error("case '" + one.name + "' has no " + (dense ? "dense labels" : "strokes") + ", which the loss '" +
                request.loss.name + "' learns from; add them or leave the case out");
  }
  for (const auto& one : request.cases) {
    if (one.dense || one.scribbles) continue;
    throw Error("case '" + one.name + "' is held back and has neither dense labels nor strokes to be scored by; add " +
                "them or leave the case out");
  }
  if (request.selection == ModelSelection::Last) return;
  const bool byDense = request.selection == ModelSelection::HeldBackDense;
  const auto scores = [&](const TrainingCaseFiles& one) {
    return one.heldBack && (byDense ? one.dense : one.scribbles);
  };
  if (std::ranges::any_of(request.cases, scores)) return;
  throw Error(std::string("no held-back case has ") + (byDense ? "dense labels" : "strokes") +
              " to choose the weights by; hold one back or take the last weights");
}

}  // namespace

std::vector<std::string> TrainingRequest::organKeys() const {
  std::vector<std::string> keys(organs.labels.size());
  for (const auto& [key, label] : organs.labels) keys.at(static_cast<std::size_t>(label) - 1) = key;
  return keys;
}

ScoredLabels TrainingRequest::scoredLabels() const {
  bool strokes = false, dense = false;
  for (const auto& one : cases) {
    strokes = strokes || (one.heldBack && one.scribbles);
    dense = dense || (one.heldBack && one.dense);
  }
  if (dense && selection != ModelSelection::HeldBackScribbles) return ScoredLabels::Dense;
  return strokes ? ScoredLabels::Strokes : ScoredLabels::None;
}

TrainingRequest trainingRequestOf(const Json& json, const std::filesystem::path& base) {
  const RequestMembers message(json, "");
  TrainingRequest request;
  request.message = json.dump();
  request.folder = base / message.text("folder");
  if (message.choice("source", {"ct", "labels"}) == 1) request.source = TrainingSourceKind::Labels;
  request.cases = requestedCases(message, request.folder, request.inventsCt());
  message.at("organs");
  request.organs = organsOf(message.inner("organs"));
  readNetwork(message, base, request);
  request.loss = lossSettingsOf(message.inner("loss"), request.organs.labels.size() + 1);
  request.schedule = scheduleOf(message.inner("schedule"));
  readGrid(message, request);
  request.normalization = parseNormalization(message.at("normalization"));
  request.normalizationJson = message.at("normalization").dump();
  readHowItRuns(message, request);
  readSynthesis(message, request);
  checkPatients(request);
  checkLabels(request);
  return request;
}

}  // namespace recontour
