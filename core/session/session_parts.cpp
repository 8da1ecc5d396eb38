// Parts of a stroke on its way, so that no more than half a second of it is lost when the program ends in its middle.
#include <utility>

#include <nlohmann/json.hpp>

#include "core/session/label_runs.h"
#include "core/session/layer_name.h"
#include "core/session/session_state.h"
#include "core/session/unfinished_stroke.h"

namespace recontour {
namespace {

constexpr std::int64_t kPartMs = 250;  ///< with a tick as often, what is drawn waits 500 ms at most

/// The stroke's inputs; of a later part the samples alone that came since. Corrections are told whole.
Json inputsOf(const StrokeInputs& stroke, std::size_t told) {
  if (told == 0) return Json::parse(toJson(stroke));
  StrokeInputs since = stroke;
  since.samples.erase(since.samples.begin(), since.samples.begin() + static_cast<std::ptrdiff_t>(told));
  const Json whole = Json::parse(toJson(since));
  return {{"samples", whole.value("samples", Json::array())}};
}

}  // namespace

void Session::State::beginParts(std::string name, Label layer) {
  if (readOnly) return;
  parts = Parts{.name = std::move(name), .layer = layer, .told = replayed.labels.layer(layer)};
  parts->toldMs = parts->lastMs = clock.monotonicMs();
}

void Session::State::noteInput() {
  if (!parts) return;
  ++parts->inputs;
  parts->lastMs = clock.monotonicMs();
  appendPartWhenDue();
}

void Session::State::appendPartWhenDue() {
  if (!parts || parts->inputs == parts->toldInputs) return;
  if (clock.monotonicMs() - parts->toldMs >= kPartMs) appendPart();
}

void Session::State::appendPart() {
  const bool scribbles = scribble || erasing;
  Json members = scribbles ? scribbleChangeJson(changeOnItsWay())
                           : Json{{"layer", layerName(parts->layer)},
                                  {"name", parts->name},
                                  {"organ", replayed.selectedOrgan},
                                  {"inputs", correction ? Json::parse(toJson(correction->inputs()))
                                                        : inputsOf(strokeInputs, parts->samples)}};
  members["of"] = scribbles ? "scribble" : "edit";
  members["part"] = parts->count++;
  members["t0"] = strokeStartMs;
  members["t1"] = parts->lastMs;
  std::string payload;
  if (!scribbles) {
    const LabelMap& present = replayed.labels.layer(parts->layer);
    payload = encodeRuns(runsOf(differenceOf(parts->told, present, parts->layer), present, parts->layer));
    parts->told = present;
    parts->samples = strokeInputs.samples.size();
  }
  parts->toldInputs = parts->inputs;
  parts->toldMs = clock.monotonicMs();
  append("partial", std::move(members), std::move(payload));
}

std::optional<Event> Session::State::takeUpUnfinished() {
  std::optional<Event> event;
  try {
    event = unfinishedStroke(replayed, nextSequence);
    if (!event) return {};
    applyEvent(replayed, *event);
  } catch (const std::exception& error) {
    notes.push_back(std::string("What was drawn of the last stroke cannot be read: ") + error.what());
    return {};
  }
  const auto isTimed = timedEvents(std::span(&*event, 1));
  timed.insert(timed.end(), isTimed.begin(), isTimed.end());
  if (recovery && event->type == "edit") {
    recovery->unfinishedStroke = true;
    recovery->lastSteps.push_back(replayed.steps.back().summary);
    if (recovery->lastSteps.size() > kStepsShown) recovery->lastSteps.erase(recovery->lastSteps.begin());
  }
  notes.push_back(
      "The last stroke was cut short in its middle; what was drawn of it is a step, which undo takes back.");
  return event;
}

void Session::State::appendAsIs(Event event) {
  sinceSnapshot.note(event);
  nextSequence = event.sequence + 1;
  writer->append(std::move(event));
}

void Session::State::endParts() {
  const auto ended = std::exchange(parts, std::nullopt);
  if (ended && ended->count > 0) append("partial", {{"part", ended->count}, {"cancelled", true}});
}

}  // namespace recontour
