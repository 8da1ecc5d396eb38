// Strokes and start maps: what a reader or a model changes.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/session/label_runs.h"
#include "core/session/layer_name.h"
#include "core/session/session_state.h"

namespace recontour {
namespace {

const char* nameOf(StartSource source) {
  switch (source) {
    case StartSource::File:
      return "file";
    case StartSource::Prediction:
      return "prediction";
    case StartSource::StructureSet:
      return "structure set";
    case StartSource::Empty:
      return "empty";
  }
  return "file";
}

/// The voxel after the merge: organs in `taken` get the start's, all others keep what they have.
Label merged(Label present, Label start, const LabelSet& taken) {
  if (present != 0 && !taken[present]) return present;
  return taken[start] ? start : Label{0};
}

/// Brings the organs in `taken` from `start`; bricks without any label are passed over.
void mergeStart(const LabelMap& start, const LabelSet& taken, EditTransaction& edit) {
  const LabelMap present = edit.labels();  // a snapshot: the transaction writes while bricks are visited
  forEachBrickOfEither(present, start, [&](const Box& box, DenseBox labels, const DenseBox& from) {
    std::ranges::transform(labels.labels, from.labels, labels.labels.begin(),
                           [&](Label now, Label other) { return merged(now, other, taken); });
    edit.write(box, labels);
  });
}

}  // namespace

bool Session::strokeActive() const { return state_->stroke != nullptr; }
const StrokeInputs& Session::lastStroke() const { return state_->strokeInputs; }
Refusal Session::strokeRefusal() const { return state_->strokeRefusal; }

Box Session::beginStroke(const BrushTool::Settings& settings, const PointerSample& at) {
  return beginStroke(StrokeInputs{settings}, at);
}

Box Session::beginStroke(const StrokeInputs& stroke, const PointerSample& at) {
  State& s = *state_;
  if (s.stroke) return {};
  s.snapshotWhenDue();
  s.strokeStartMs = s.clock.monotonicMs();
  s.strokeInputs = stroke;
  s.strokeInputs.samples = {at};
  const Label layer = layers().layerOf(stroke.settings.label);
  decideNudge(s.strokeInputs, at, layers().layer(layer), s.replayed.geometry);
  s.strokeRefusal = Refusal::None;
  s.tool = makeTool(s.strokeInputs, s.volume,
                    stroke.lasso == LassoAction::Revert ? beforeLayers().layer(layer) : LabelMap());
  const auto filter = strokeFilter(s.strokeInputs, s.replayed.locked, s.readOnly, s.axisMap, s.volume, layers());
  const bool erases = stroke.kind == StrokeKind::Brush && stroke.settings.erase;
  const std::string name = erases ? "erase" : strokeKindName(stroke.kind);
  s.stroke = std::make_unique<EditTransaction>(static_cast<EditTarget&>(*this), name, filter, layer);
  s.beginParts(name, layer);
  return s.tool->press(at, *s.stroke);
}

Box Session::continueStroke(const PointerSample& to) {
  State& s = *state_;
  if (!s.stroke) return {};
  if (!s.correction) s.strokeInputs.samples.push_back(to);
  const Box changed = s.correction ? s.correction->continueStroke(to, *s.stroke) : s.tool->drag(to, *s.stroke);
  s.noteInput();
  return changed;
}

Box Session::endStroke() {
  State& s = *state_;
  if (s.correction) return endCorrectionStroke();
  if (!s.stroke) return {};
  s.tool->release(*s.stroke);
  const Box changed = s.stroke->changedBox();
  s.strokeRefusal = changed.empty() ? s.stroke->refusal() : Refusal::None;
  s.stroke->commit(toJson(s.strokeInputs));
  s.stroke.reset();
  s.endParts();
  return changed;
}

Box Session::cancelStroke() {
  State& s = *state_;
  if (!s.stroke) return {};
  const Box changed = s.stroke->changedBox();
  s.stroke->cancel();
  s.stroke.reset();
  s.endParts();
  s.correction.reset();
  s.correctionEndMs.reset();
  return changed;
}

Box Session::apply(const Operation& operation, const EditRules& rules, const LabelMap& result) {
  if (strokeActive() || !(result.size() == labels().size())) return {};
  const Label layer = layerOf(operation, layers());
  const auto edit = begin(operationName(operation.kind), layer);
  const LabelMap present = layers().layer(layer);
  for (std::size_t number = 0; number < result.brickCount(); ++number) {
    if (present.brick(number) == result.brick(number)) continue;
    const Box box = result.brickBox(number);
    edit->write(box, result.copy(box));
  }
  const Box changed = edit->changedBox();
  edit->commit(toJson(operation, rules));
  return changed;
}

Box Session::clear(Label organ) {
  const Box box = boundingBox(layers().of(organ), organ);
  if (box.empty() || strokeActive() || readOnly() || isLocked(organ)) return {};
  const auto edit = begin("clear organ", layers().layerOf(organ));
  DenseBox dense = edit->labels().copy(box);
  std::ranges::replace(dense.labels, organ, Label{0});
  edit->write(box, dense);
  const Box changed = edit->changedBox();
  edit->commit();
  return changed;
}

Box Session::addStart(const StartMap& start) {
  State& s = *state_;
  if (s.readOnly || s.stroke) return {};
  LabelSet taken;
  const LabelSet stated = s.replayed.review.stated();
  // What a structure set brought is not emptied by a model or file that does not have it.
  const bool ofSet = s.replayed.structures.has_value();
  const LabelSet holds = ofSet ? organsIn(runsOf(start.labels)) : LabelSet();
  for (const Organ& organ : s.organs.organs()) {
    const bool known = start.knows ? (*start.knows)[organ.label] : !ofSet || holds[organ.label];
    if (known && edits(organ.label) == 0 && !isLocked(organ.label) && !stated[organ.label]) taken.set(organ.label);
  }
  s.startStep = UndoStep{};
  WriteFilter filter;
  filter.locked = s.replayed.locked;
  ReplayedStart replayed{0, start.labels, start.over, taken, {}, {}};
  const LabelLayers brought = layersOf(replayed, layers().structures());
  for (const Label layer : layers().numbers()) {
    EditTransaction edit(*this, "start", filter, layer);
    mergeStart(brought.layer(layer), taken, edit);
    edit.commit();
  }
  UndoStep step = *std::exchange(s.startStep, std::nullopt);
  const Box changed = step.changed;
  Json organs = Json::array();
  for (const Organ& organ : s.organs.organs()) {
    if (taken[organ.label]) organs.push_back(organ.label);
  }
  Json members = {{"source", nameOf(start.source)},
                  {"name", start.name},
                  {"sha256", start.sha256},
                  {"model_hash", start.modelHash},
                  {"organs", std::move(organs)},
                  {"map_sha256", start.labelsHash.empty() ? labelMapHash(start.labels) : start.labelsHash}};
  if (!start.settings.empty()) members["settings"] = Json::parse(start.settings);
  s.appendPendingSpans();
  const StepSummary summary = stepSummaryFrom(members, s.clock.wallMs());
  const auto whole = runsOf(start.labels);
  std::string payload = encodeRuns(whole);
  replayed.has = organsIn(whole);
  for (const auto& [structure, map] : start.over) {
    const auto runs = runsOf(map);
    members["start_layers"].push_back(layerName(structure));
    replayed.has |= organsIn(runs);
    payload += encodeRuns(runs);
  }
  LabelSet changedOrgans;
  for (const Label layer : layers().numbers()) {
    if (layer != LabelLayers::kOrgans) members["layers"].push_back(layerName(layer));
    const auto runs = runsOf(step, labels(), layer);
    changedOrgans |= organsIn(runs);
    payload += encodeRuns(runs);
  }
  const auto sequence = s.append("start", std::move(members), std::move(payload));
  pushStep(s.replayed, std::move(step), {sequence, {}, summary, changedOrgans});
  replayed.step = s.replayed.steps.size() - 1;
  replayed.summary = {nameOf(start.source), start.name, start.sha256, start.modelHash, start.settings};
  replayed.structures = structuresOfStart(s.replayed, start.sha256);
  s.replayed.starts.push_back(std::move(replayed));
  s.replayed.review.forgetLooks();
  s.before.reset();
  return changed;
}

}  // namespace recontour
