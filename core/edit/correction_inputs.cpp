#include "core/edit/correction_inputs.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

Json jsonOf(const CorrectionStroke& stroke) {
  const PointerSample first = stroke.samples.empty() ? PointerSample() : stroke.samples.front();
  Json json = {
      {"label", stroke.label}, {"plane", planeName(first.plane)}, {"slice", first.slice}, {"samples", Json::array()}};
  for (const PointerSample& sample : stroke.samples)
    json["samples"].push_back({sample.pointMm.x, sample.pointMm.y, sample.pointMm.z, sample.timeMs});
  return json;
}

CorrectionStroke strokeFrom(const Json& json) {
  CorrectionStroke stroke{static_cast<Label>(wholeNumber(json.at("label"), 0, 255)), {}};
  PointerSample sample;
  sample.plane = planeNamed(json.at("plane").get<std::string>());
  sample.slice = json.at("slice").get<int>();
  for (const Json& entry : json.at("samples")) {
    sample.pointMm = {entry.at(0).get<double>(), entry.at(1).get<double>(), entry.at(2).get<double>()};
    sample.timeMs = entry.at(3).get<double>();
    stroke.samples.push_back(sample);
  }
  if (stroke.samples.empty()) throw Error("a correction has a stroke without samples");
  return stroke;
}

CorrectionMethod methodNamed(const std::string& name) {
  for (const CorrectionMethod method : {CorrectionMethod::Growth, CorrectionMethod::Cut}) {
    if (name == correctionMethodName(method)) return method;
  }
  throw Error("the correction '" + name + "' is unknown", "open it with a newer version");
}

}  // namespace

const char* correctionMethodName(CorrectionMethod method) {
  return method == CorrectionMethod::Growth ? "growth" : "cut";
}

std::string toJson(const CorrectionInputs& inputs) {
  Json json = {{"tool", "correct"},
               {"method", correctionMethodName(inputs.method)},
               {"organ", inputs.organ},
               {"reach_mm", inputs.reachMm},
               {"radius_mm", inputs.radiusMm},
               {"strokes", Json::array()}};
  if (Json rules = toJson(inputs.rules); !rules.empty()) json["rules"] = std::move(rules);
  for (const CorrectionStroke& stroke : inputs.strokes) json["strokes"].push_back(jsonOf(stroke));
  if (!inputs.strokes.empty()) {  // where a history goes to
    json["plane"] = json["strokes"].back()["plane"];
    json["slice"] = json["strokes"].back()["slice"];
  }
  return json.dump();
}

CorrectionInputs correctionInputsFrom(const std::string& text) {
  const Json json = parseJson(text, "correction");
  try {
    CorrectionInputs inputs;
    inputs.method = methodNamed(json.at("method").get<std::string>());
    inputs.organ = static_cast<Label>(wholeNumber(json.at("organ"), 1, 255));
    inputs.reachMm = json.at("reach_mm").get<double>();
    inputs.radiusMm = json.at("radius_mm").get<double>();
    if (json.contains("rules")) inputs.rules = editRulesFrom(json["rules"]);
    for (const Json& stroke : json.at("strokes")) inputs.strokes.push_back(strokeFrom(stroke));
    return inputs;
  } catch (const Json::exception& error) {
    throw Error(std::string("a correction's inputs cannot be read: ") + error.what());
  }
}

}  // namespace recontour
