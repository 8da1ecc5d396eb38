// Scribble strokes: a layer of their own, with its own undo.
#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/session/session_state.h"
#include "core/strokes/scribble_json.h"
#include "core/strokes/stroke_shape.h"

namespace recontour {
namespace {

/// The step from some strokes to others.
ScribbleChange changeBetween(std::vector<ScribbleStroke> before, std::vector<ScribbleStroke> after) {
  const auto byId = [](const ScribbleStroke& a, const ScribbleStroke& b) { return a.id < b.id; };
  std::ranges::sort(before, byId);
  std::ranges::sort(after, byId);
  ScribbleChange change{"erase", {}, {}};
  std::ranges::set_difference(before, after, std::back_inserter(change.removed), byId);
  std::ranges::set_difference(after, before, std::back_inserter(change.added), byId);
  return change;
}

}  // namespace

const ScribbleLayer& Session::scribbles() const { return state_->replayed.scribbles; }

/// Painted when it is first asked for: most sessions have no strokes.
ScribbleRaster& Session::State::raster() const {
  if (!scribbleRaster) {
    scribbleRaster = std::make_unique<ScribbleRaster>(replayed.geometry);
    for (const ScribbleStroke& one : replayed.scribbles.strokes()) scribbleRaster->paint(one);
  }
  return *scribbleRaster;
}

const LabelMap& Session::scribbleLabels() const { return state_->raster().labels(); }
bool Session::scribbleActive() const { return state_->scribble || state_->erasing; }

Box Session::beginScribble(Label label, double radiusMm, const PointerSample& at) {
  State& s = *state_;
  if (s.readOnly || strokeActive() || scribbleActive()) return {};
  s.strokeStartMs = s.clock.monotonicMs();
  s.scribble = ScribbleStroke{.id = scribbles().nextId(),
                              .label = label,
                              .author = reader(),
                              .plane = at.plane,
                              .slice = at.slice,
                              .radiusMm = radiusMm,
                              .points = {{at.pointMm, at.timeMs}},
                              .startMs = s.clock.wallMs()};
  s.beginParts("draw", LabelLayers::kOrgans);
  return s.raster().press(*s.scribble);
}

Box Session::beginErasingScribbles(double radiusMm, const PointerSample& at) {
  State& s = *state_;
  if (s.readOnly || strokeActive() || scribbleActive()) return {};
  s.strokeStartMs = s.clock.monotonicMs();
  s.raster();
  s.erasing = State::Erasing{scribbles().strokes(), radiusMm, at.pointMm, scribbles().nextId()};
  s.beginParts("erase", LabelLayers::kOrgans);
  return s.eraseTo(at);
}

/// What a stroke that is drawn, or an eraser, would come to if it ended now.
ScribbleChange Session::State::changeOnItsWay() const {
  if (erasing) return changeBetween(replayed.scribbles.strokes(), erasing->strokes);
  ScribbleChange change{"draw", {}, {*scribble}};
  change.added.front().endMs = clock.wallMs();
  return change;
}

Box Session::State::eraseTo(const PointerSample& to) {
  const std::vector<Point3> way = {std::exchange(erasing->lastMm, to.pointMm), to.pointMm};
  const StrokePointer on{to.pointMm, to.plane, to.slice, axisMap};
  const ScribbleChange change = erasedAlong(erasing->strokes, way, erasing->radiusMm, on, erasing->nextId);
  for (const ScribbleStroke& gone : change.removed) std::erase(erasing->strokes, gone);
  erasing->strokes.insert(erasing->strokes.end(), change.added.begin(), change.added.end());
  std::ranges::sort(erasing->strokes, liesBelow);
  erasing->nextId += change.added.size();
  return raster().update(change, erasing->strokes);
}

Box Session::continueScribble(const PointerSample& to) {
  State& s = *state_;
  if (!s.erasing && (!s.scribble || to.pointMm == s.scribble->points.back().mm)) return {};
  if (s.scribble) s.scribble->points.push_back({to.pointMm, to.timeMs});
  const Box changed = s.erasing ? s.eraseTo(to) : s.raster().drag(*s.scribble);
  s.noteInput();
  return changed;
}

void Session::endScribble() {
  State& s = *state_;
  if (const auto erased = std::exchange(s.erasing, std::nullopt)) {
    const ScribbleChange change = changeBetween(scribbles().strokes(), erased->strokes);
    if (!change.empty()) s.recordScribbles(change, s.strokeStartMs);
    return s.endParts();
  }
  if (!s.scribble) return;
  s.scribble->endMs = s.clock.wallMs();
  s.raster().keep();
  s.recordScribbles({"draw", {}, {*std::exchange(s.scribble, std::nullopt)}}, s.strokeStartMs);
}

Box Session::cancelScribble() {
  if (const auto erased = std::exchange(state_->erasing, std::nullopt)) {
    state_->endParts();
    const ScribbleChange back = changeBetween(erased->strokes, scribbles().strokes());
    return state_->raster().update(back, scribbles().strokes());
  }
  if (!std::exchange(state_->scribble, std::nullopt)) return {};
  state_->endParts();
  return state_->raster().give();
}

Json Session::State::scribbleChangeJson(const ScribbleChange& change) const {
  Json members = {
      {"name", change.name}, {"organ", replayed.selectedOrgan}, {"removed", Json::array()}, {"added", Json::array()}};
  for (const ScribbleStroke& one : change.removed) members["removed"].push_back(one.id);
  for (const ScribbleStroke& one : change.added) members["added"].push_back(toJson(one));
  return members;
}

void Session::State::recordScribbles(ScribbleChange change, std::int64_t fromMs) {
  Json members = scribbleChangeJson(change);
  members["t0"] = fromMs;
  members["t1"] = clock.monotonicMs();
  parts.reset();  // this is the end of the stroke
  appendPendingSpans();
  replayed.scribbles.apply(std::move(change), append("scribble", std::move(members)));
}

Box Session::changeScribbles(const ScribbleChange& change, std::int64_t fromMs) {
  State& s = *state_;
  if (s.readOnly || scribbleActive() || change.empty()) return {};
  s.raster();  // of what was there
  s.recordScribbles(change, fromMs);
  return s.raster().update(change, scribbles().strokes());
}

bool Session::canUndoScribble() const { return !readOnly() && !scribbleActive() && scribbles().canUndo(); }
bool Session::canRedoScribble() const { return !readOnly() && !scribbleActive() && scribbles().canRedo(); }

/// Undo or redo: told to the log before the layer takes it.
Box Session::State::stepScribbles(const char* type, Json members, ScribbleChange (ScribbleLayer::*step)()) {
  raster();  // of what was there
  appendPendingSpans();
  members["organ"] = replayed.selectedOrgan;
  append(type, std::move(members));
  const ScribbleChange change = (replayed.scribbles.*step)();
  return raster().update(change, replayed.scribbles.strokes());
}

Box Session::undoScribble() {
  if (!canUndoScribble()) return {};
  return state_->stepScribbles("scribble_undo", {{"undo", scribbles().undoEvent()}}, &ScribbleLayer::undo);
}

Box Session::redoScribble() {
  if (!canRedoScribble()) return {};
  return state_->stepScribbles("scribble_redo", {{"redo", scribbles().redoEvent()}}, &ScribbleLayer::redo);
}

}  // namespace recontour
