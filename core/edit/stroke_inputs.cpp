#include "core/edit/stroke_inputs.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/edit/adaptive_brush_tool.h"
#include "core/edit/cut_tool.h"
#include "core/edit/flood_fill_tool.h"
#include "core/edit/redraw_tool.h"

namespace recontour {

namespace {

constexpr std::array<const char*, kStrokeKinds> kKindNames = {
    "brush", "threshold brush", "lasso", "polygon", "flood fill", "adaptive brush", "redraw", "nudge", "cut"};
constexpr std::array kLassoNames = {"fill", "reassign", "revert"};

bool usesHu(StrokeKind kind) { return kind == StrokeKind::ThresholdBrush || kind == StrokeKind::FloodFill; }

StrokeKind kindNamed(const std::string& name) {
  for (std::size_t kind = 0; kind < kKindNames.size(); ++kind) {
    if (name == kKindNames[kind]) return static_cast<StrokeKind>(kind);
  }
  throw Error("a stroke of the unknown tool '" + name + "'", "open it with a newer version");
}

LassoAction lassoNamed(const std::string& name) {
  for (std::size_t action = 0; action < kLassoNames.size(); ++action) {
    if (name == kLassoNames[action]) return static_cast<LassoAction>(action);
  }
  throw Error("a lasso that is to '" + name + "' is unknown", "open it with a newer version");
}

}  // namespace

const char* strokeKindName(StrokeKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::string toJson(const StrokeInputs& inputs) {
  Json json;
  json["tool"] = strokeKindName(inputs.kind);
  if (usesHu(inputs.kind)) json["hu"] = {inputs.hu.low, inputs.hu.high};
  if (inputs.flipped) json["flipped"] = true;
  if (inputs.lasso != LassoAction::Fill) json["lasso"] = kLassoNames[static_cast<std::size_t>(inputs.lasso)];
  if (Json rules = toJson(inputs.rules); !rules.empty()) json["rules"] = std::move(rules);
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
    StrokeInputs inputs;
    inputs.kind = kindNamed(json.at("tool").get<std::string>());
    if (usesHu(inputs.kind)) inputs.hu = {json.at("hu").at(0).get<double>(), json.at("hu").at(1).get<double>()};
    inputs.flipped = json.value("flipped", false);
    inputs.lasso = lassoNamed(json.value("lasso", "fill"));
    if (json.contains("rules")) inputs.rules = editRulesFrom(json["rules"]);
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

void decideNudge(StrokeInputs& inputs, const PointerSample& at, const LabelMap& labels, const Geometry& geometry) {
  const Index3 voxel = geometry.nearestVoxel(at.pointMm);
  const bool inside = geometry.box().contains(voxel) && labels.at(voxel) == inputs.settings.label;
  if (inputs.kind == StrokeKind::Nudge) inputs.settings.erase = !inside;
}

std::unique_ptr<Tool> makeTool(const StrokeInputs& inputs, const Volume& volume, const LabelMap& start) {
  const Label written = inputs.settings.erase ? Label{0} : inputs.settings.label;
  switch (inputs.kind) {
    case StrokeKind::Lasso:
    case StrokeKind::Polygon:
      return std::make_unique<LassoTool>(written, inputs.lasso, start);
    case StrokeKind::FloodFill:
      return std::make_unique<FloodFillTool>(FloodFillTool::Settings{written, inputs.hu, inputs.settings.ball}, volume);
    case StrokeKind::AdaptiveBrush:
      return std::make_unique<AdaptiveBrushTool>(AdaptiveBrushTool::Settings{written, inputs.settings.radiusMm},
                                                 volume);
    case StrokeKind::Redraw:
      return std::make_unique<RedrawTool>(inputs.settings.label, inputs.flipped);
    case StrokeKind::Cut:
      return std::make_unique<CutTool>(CutTool::Settings{inputs.settings.label, inputs.settings.ball, inputs.flipped});
    case StrokeKind::Brush:
    case StrokeKind::ThresholdBrush:
    case StrokeKind::Nudge:
      break;
  }
  return std::make_unique<BrushTool>(inputs.settings);
}

Box execute(const StrokeInputs& inputs, const Volume& volume, EditTransaction& edit, const LabelMap& start) {
  const auto tool = makeTool(inputs, volume, start);
  Box changed;
  for (std::size_t i = 0; i < inputs.samples.size(); ++i) {
    changed = unite(changed, i == 0 ? tool->press(inputs.samples[i], edit) : tool->drag(inputs.samples[i], edit));
  }
  return unite(changed, tool->release(edit));
}

WriteFilter strokeFilter(const StrokeInputs& inputs, const LabelSet& locked, bool readOnly, const AxisMap& axisMap,
                         const Volume& volume, const LabelLayers& layers) {
  EditRules rules = inputs.rules;
  if (inputs.kind == StrokeKind::ThresholdBrush) {
    const HuRange area = rules.hu.value_or(inputs.hu);
    rules.hu = HuRange{std::max(area.low, inputs.hu.low), std::min(area.high, inputs.hu.high)};
  }
  WriteFilter filter = filterOf(rules, inputs.settings.label, axisMap, volume, layers);
  filter.locked = locked;
  filter.readOnly = readOnly;
  const bool erases = inputs.settings.erase && inputs.kind != StrokeKind::Redraw;  // which does both
  if (erases) filter.overwritable = LabelSet().set(inputs.settings.label);
  return filter;
}

}  // namespace recontour
