#include "core/edit/stroke_inputs.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {

std::string toJson(const StrokeInputs& inputs) {
  Json json;
  json["tool"] = "brush";
  json["settings"] = {{"label", inputs.settings.label},
                      {"radius_mm", inputs.settings.radiusMm},
                      {"ball", inputs.settings.ball},
                      {"erase", inputs.settings.erase}};
  if (inputs.settings.pressureSize) json["settings"]["pressure_size"] = true;
  json["plane"] = planeName(inputs.samples.empty() ? Plane::Axial : inputs.samples.front().plane);
  json["slice"] = inputs.samples.empty() ? 0 : inputs.samples.front().slice;
  for (const PointerSample& sample : inputs.samples) {
    json["samples"].push_back({sample.pointMm.x, sample.pointMm.y, sample.pointMm.z, sample.timeMs});
    if (inputs.settings.pressureSize) json["samples"].back().push_back(sample.pressure);
  }
  return json.dump();
}

StrokeInputs strokeInputsFrom(const std::string& text) {
  const Json json = parseJson(text, "stroke");
  try {
    if (json.at("tool") != "brush") throw Error("the tool is not the brush");
    StrokeInputs inputs;
    const Json& settings = json.at("settings");
    inputs.settings = {static_cast<Label>(wholeNumber(settings.at("label"), 0, 255)),
                       settings.at("radius_mm").get<double>(), settings.at("ball").get<bool>(),
                       settings.at("erase").get<bool>(), settings.value("pressure_size", false)};
    PointerSample sample;
    sample.plane = planeNamed(json.at("plane").get<std::string>());
    sample.slice = json.at("slice").get<int>();
    for (const auto& entry : json.at("samples")) {
      sample.pointMm = {entry.at(0).get<double>(), entry.at(1).get<double>(), entry.at(2).get<double>()};
      sample.timeMs = entry.at(3).get<double>();
      if (inputs.settings.pressureSize) sample.pressure = entry.at(4).get<double>();
      inputs.samples.push_back(sample);
    }
    return inputs;
  } catch (const Json::exception& error) {
    throw Error(std::string("a stroke's inputs cannot be read: ") + error.what());
  }
}

Box execute(const StrokeInputs& inputs, EditTransaction& edit) {
  BrushTool brush(inputs.settings);
  Box changed;
  for (std::size_t i = 0; i < inputs.samples.size(); ++i) {
    changed = unite(changed, i == 0 ? brush.press(inputs.samples[i], edit) : brush.drag(inputs.samples[i], edit));
  }
  return unite(changed, brush.release(edit));
}

WriteFilter strokeFilter(const BrushTool::Settings& settings, const LabelSet& locked, bool readOnly) {
  WriteFilter filter;
  filter.locked = locked;
  filter.readOnly = readOnly;
  if (settings.erase) filter.overwritable = LabelSet().set(settings.label);
  return filter;
}

}  // namespace recontour
