#include "core/edit/operation.h"

#include <array>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/edit/organ_cut.h"
#include "core/edit/scratch_target.h"

namespace recontour {
namespace {

using Run = void (*)(const Operation&, const OperationInput&, EditTransaction&);
struct Entry {
  OperationKind kind;
  const char* name;
  Run run;
};
constexpr std::array<Entry, kOperationKinds> kOperations = {{
    {OperationKind::FillBetweenSlices, "fill between slices", fillBetweenSlices},
    {OperationKind::FillHoles, "fill holes", fillHoles},
    {OperationKind::KeepLargest, "keep largest", keepLargest},
    {OperationKind::DropSmall, "drop small islands", dropSmall},
    {OperationKind::TakePiece, "take piece", takePiece},
    {OperationKind::TakeSlicePiece, "take piece on slice", takePiece},
    {OperationKind::Margin, "margin", addMargin},
    {OperationKind::Smooth, "smooth", smooth},
    {OperationKind::SmoothAll, "smooth all", smoothAll},
    {OperationKind::Median, "median", smoothByMedian},
    {OperationKind::CopySlice, "copy slice", copySlice},
    {OperationKind::ClearSlice, "clear slice", clearSlices},
    {OperationKind::ClearFrom, "clear from slice", clearSlices},
    {OperationKind::RevertOrgan, "revert organ", revert},
    {OperationKind::RevertSlice, "revert slice", revert},
    {OperationKind::RevertSlices, "revert slices", revert},
    {OperationKind::Swap, "swap", swapOrMerge},
    {OperationKind::Merge, "merge", swapOrMerge},
    {OperationKind::KeepAway, "keep away", keepByDistance},
    {OperationKind::KeepNear, "keep near", keepByDistance},
}};

const Entry& entryOf(OperationKind kind) { return kOperations[static_cast<std::size_t>(kind)]; }

OperationKind kindNamed(const std::string& name) {
  for (const Entry& entry : kOperations) {
    if (name == entry.name) return entry.kind;
  }
  throw Error("the operation '" + name + "' is unknown", "open it with a newer version");
}

}  // namespace

const char* operationName(OperationKind kind) { return entryOf(kind).name; }

std::string toJson(const Operation& operation, const EditRules& rules) {
  Json json = {{"operation", operationName(operation.kind)},
               {"organ", operation.organ},
               {"other", operation.other},
               {"amount", operation.amount},
               {"plane", planeName(operation.plane)},
               {"slice", operation.slice},
               {"step", operation.step},
               {"at", {operation.atMm.x, operation.atMm.y, operation.atMm.z}}};
  if (Json written = toJson(rules); !written.empty()) json["rules"] = std::move(written);
  return json.dump();
}

LoggedOperation operationFrom(const std::string& text) {
  const Json json = parseJson(text, "operation");
  try {
    LoggedOperation logged;
    Operation& operation = logged.operation;
    operation.kind = kindNamed(json.at("operation").get<std::string>());
    operation.organ = static_cast<Label>(wholeNumber(json.at("organ"), 0, 255));
    operation.other = static_cast<Label>(wholeNumber(json.at("other"), 0, 255));
    operation.amount = json.at("amount").get<double>();
    operation.plane = planeNamed(json.at("plane").get<std::string>());
    operation.slice = json.at("slice").get<int>();
    operation.step = json.at("step").get<int>();
    const Json& at = json.at("at");
    operation.atMm = {at.at(0).get<double>(), at.at(1).get<double>(), at.at(2).get<double>()};
    if (json.contains("rules")) logged.rules = editRulesFrom(json["rules"]);
    return logged;
  } catch (const Json::exception& error) {
    throw Error(std::string("an operation's inputs cannot be read: ") + error.what());
  }
}

Label layerOf(const Operation& operation, const LabelLayers& layers) {
  return operation.kind == OperationKind::SmoothAll ? LabelLayers::kOrgans : layers.layerOf(operation.organ);
}

OperationInput inputOf(const Operation& operation, const LabelLayers& layers, const LabelLayers& start,
                       const Geometry& geometry) {
  const Label layer = layerOf(operation, layers), other = layers.layerOf(operation.other);
  OperationInput input{layers.layer(layer), start.layer(layer), geometry, {}};
  if (other != layer) input.otherLayer = layers.layer(other);
  return input;
}

OperationResult executed(const Operation& operation, const OperationInput& input) {
  ScratchTarget scratch(input.labels, input.geometry);
  EditTransaction edit(scratch, operationName(operation.kind), input.filter);
  try {
    entryOf(operation.kind).run(operation, input, edit);
  } catch (const OperationStopped&) {
    return {input.labels, Refusal::None, true};
  }
  OperationResult result{edit.labels(), edit.refusal()};
  edit.commit();
  return result;
}

}  // namespace recontour
