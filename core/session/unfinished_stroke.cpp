#include "core/session/unfinished_stroke.h"

#include <array>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/label_runs.h"
#include "core/session/layer_name.h"
#include "core/session/step_summary.h"

namespace recontour {
namespace {

/// Strokes go on: a later part has the samples since the one before. Corrections are told whole in each.
void addInputs(Json& inputs, const Json& more) {
  if (more.contains("tool")) {
    inputs = more;
    return;
  }
  for (const Json& sample : more.at("samples")) inputs["samples"].push_back(sample);
}

/// Those from the last press on; none where nothing came of it.
std::vector<Event> lastStrokesParts(const std::vector<Event>& parts) {
  std::vector<Event> last;
  for (const Event& part : parts) {
    const Json header = parseJson(part.header, "event");
    const bool cancelled = header.value("cancelled", false);
    if (cancelled || header.at("part") == 0) last.clear();
    if (!cancelled) last.push_back(part);
  }
  return last;
}

/// All that the parts changed in the layer.
std::vector<LabelRun> runsOfParts(const ReplayedSession& session, const std::vector<Event>& parts, Label layer) {
  const LabelMap& before = session.labels.layer(layer);
  LabelMap after = before;
  for (const Event& part : parts) applyRuns(editRunsOf(part).runs, after);
  return runsOf(differenceOf(before, after, layer), before, layer);
}

Event eventOf(Json members, const Event& last, std::uint64_t sequence, const char* type) {
  for (const char* ofPart : {"of", "part", "payload_bytes"}) members.erase(ofPart);
  members["unfinished"] = true;
  members["seq"] = sequence;
  members["type"] = type;
  return {sequence, type, last.timeMs, last.wallMs, members.dump(), {}};
}

std::optional<Event> unfinishedEdit(const ReplayedSession& session, const std::vector<Event>& parts, Json members,
                                    std::uint64_t sequence) {
  const Label layer = layerNamed(members.at("layer").get<std::string>());
  const auto runs = runsOfParts(session, parts, layer);
  if (runs.empty()) return {};
  Json inputs;
  std::int64_t voxels = 0;
  for (const Event& part : parts) addInputs(inputs, parseJson(part.header, "event").at("inputs"));
  for (const LabelRun& run : runs) voxels += run.length;
  members["inputs"] = std::move(inputs);
  members["voxels"] = voxels;
  members["touched"] = labelsJson(organsIn(runs));
  Event event = eventOf(std::move(members), parts.back(), sequence, "edit");
  event.payload = encodeRuns(runs);
  Json header = Json::parse(event.header);
  header["payload_bytes"] = event.payload.size();
  event.header = header.dump();
  return event;
}

}  // namespace

/// Not parsed here: a log has many parts, and nearly all have their end.
void notePartial(ReplayedSession& session, const Event& event) {
  static constexpr std::array kEnds = {"edit", "scribble",      "start",         "undo",
                                       "redo", "scribble_undo", "scribble_redo", "open"};
  if (event.type == "partial") session.parts.push_back(event);
  for (const char* end : kEnds)
    if (event.type == end) session.parts.clear();
}

std::optional<Event> unfinishedStroke(const ReplayedSession& session, std::uint64_t sequence) {
  const auto parts = lastStrokesParts(session.parts);
  if (parts.empty()) return {};
  Json members = parseJson(parts.back().header, "event");
  if (members.at("of") == "edit") return unfinishedEdit(session, parts, std::move(members), sequence);
  const bool changes = !members.at("removed").empty() || !members.at("added").empty();
  return changes ? std::optional(eventOf(std::move(members), parts.back(), sequence, "scribble")) : std::nullopt;
}

}  // namespace recontour
