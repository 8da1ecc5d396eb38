#include "models/engine/trainer/trained_model.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/files_together.h"
#include "core/base/sha256.h"
#include "models/engine/manifest.h"
#include "models/engine/trainer/model_card.h"
#include "models/engine/trainer/training_record.h"

namespace recontour {
namespace {

constexpr const char* kWeights = "model.ts";
constexpr double kAirHu = -1000;

/// Manifests list the slowest axis first.
template <typename Triple>
OrderedJson slowestFirst(const Triple& triple) {
  return {triple[2], triple[1], triple[0]};
}

OrderedJson inputJson(const Architecture& network, const TrainingRequest& request) {
  // Slices are taken whole, since convolutions take any size; a volume in the windows that were learned from.
  OrderedJson patch = slowestFirst(request.patch);
  if (network.dims == 2) patch = {1, nullptr, nullptr};
  if (network.wholeSlices) patch = {request.patch.z, nullptr, nullptr};
  return {{"channels", {"CT"}},   {"axis_order", "zyx"},
          {"orientation", "LPS"}, {"dims", 3},
          {"dtype", "float32"},   {"spacing_mm", slowestFirst(request.spacingMm)},
          {"patch", patch},       {"divisible_by", slowestFirst(network.divisibleBy)},
          {"pad_hu", kAirHu}};
}

OrderedJson labelsJson(const TrainingRequest& request) {
  OrderedJson labels{{"0", {{"key", "background"}}}};
  const auto keys = request.organKeys();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    OrderedJson& label = labels[std::to_string(i + 1)];
    label["key"] = keys[i];
    if (request.organs.name == "word") label["word"] = i + 1;
  }
  return labels;
}

OrderedJson manifestJson(const TrainedModel& model, const TrainingRequest& request, const std::string& sha256) {
  OrderedJson json{{"format", "recontour-model"},
                   {"version", 1},
                   {"name", request.modelName},
                   {"weights", kWeights},
                   {"sha256", sha256},
                   {"engine", "torchscript"},
                   {"task", "multiclass"},
                   {"input", inputJson(model.architecture, request)},
                   {"normalization", OrderedJson::parse(request.normalizationJson)},
                   {"resample", {{"image", "linear"}, {"logits", "linear"}}},
                   {"inference",
                    {{"overlap", 0.5},
                     {"weighting", "gaussian"},
                     {"sigma_scale", 0.125},
                     {"mirror_axes", OrderedJson::array()},
                     {"crop", "none"}}},
                   {"output", {{"kind", "logits"}, {"channels", model.architecture.channels}, {"output_index", 0}}},
                   {"labels", labelsJson(request)},
                   {"bf16", false}};
  const CurvePoint* point = model.chosenPoint();
  if (point != nullptr && point->dscMean && request.scoredLabels() == ScoredLabels::Dense) {
    json["expected_dsc"] = scoresByKey(point->dsc, request.organKeys());
  }
  json["license"] = "yours to choose: depends on the data";
  json["source"] = std::string("trained with Recontour ") + RECONTOUR_VERSION + " from " + learnedFrom(request);
  return json;
}

}  // namespace

const CurvePoint* TrainedModel::chosenPoint() const {
  const auto found = std::ranges::find(curve, chosenIteration, &CurvePoint::iteration);
  return found == curve.end() ? nullptr : &*found;
}

void writeTrainedModel(const TrainedModel& model, const TrainingRequest& request, const std::filesystem::path& folder) {
  const std::string sha256 = sha256Hex(std::string_view(model.archive));
  const std::string manifest = manifestJson(model, request, sha256).dump(1) + "\n";
  parseManifest(Json::parse(manifest), folder / "recontour.json");  // what cannot be read again is not written
  FilesTogether files;
  files.makeFolder(folder);
  files.write(folder / kWeights, model.archive);
  files.write(folder / "recontour.json", manifest);
  files.write(folder / "MODEL_CARD.md", modelCard(model, request));
  files.write(folder / "train.json", trainingRecord(model, request, sha256).dump(1) + "\n");
  files.write(folder / "curves.csv", curvesCsv(model.curve, request.organKeys()));
  files.commit();
}

}  // namespace recontour
