// Creating a session, or continuing one where it was.

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/hand_over.h"
#include "core/session/session_state.h"

namespace recontour {
namespace {

Json geometryJson(const Geometry& g) {
  return {{"size", {g.size.x, g.size.y, g.size.z}},
          {"spacing", {g.spacing.x, g.spacing.y, g.spacing.z}},
          {"origin", {g.origin.x, g.origin.y, g.origin.z}},
          {"direction", g.direction}};
}

Json firstEvent(const Case& opened, const OrganTable& organs, const std::string& reader) {
  return {{"format", "recontour-session"},
          {"version", kSessionLogVersion},
          {"app_version", RECONTOUR_VERSION},
          {"case", opened.name},
          {"reader", reader},
          {"synthetic", opened.synthetic},
          {"image_hash", opened.imageHash},
          {"organ_table", organs.name()},
          {"organ_table_hash", organs.hash()},
          {"geometry", geometryJson(opened.geometry)}};
}

void requireSameCase(const std::filesystem::path& log, const ReplayedSession& session, const Case& opened,
                     const OrganTable& organs) {
  if (session.imageHash != opened.imageHash || !sameGrid(session.geometry, opened.geometry)) {
    throw Error(log, "belongs to another image than " + opened.name, "move the session folder away");
  }
  if (!organs.reads(session.organTableHash)) {
    throw Error(log, "was made with another organ table than " + organs.name(),
                "open it with the table it was made with");
  }
  for (const Organ& organ : organs.organs()) {
    if (organ.overlaps == session.overlapping.contains(organ.label) || !isDrawn(session, organ.label)) continue;
    throw Error(log, organ.name + (organ.overlaps ? " was drawn without" : " was drawn with") + " a layer of its own",
                std::string("set its \"overlaps\" to ") + (organ.overlaps ? "false" : "true") + " in the organ table");
  }
}

void requireNothingShown(const std::filesystem::path& log, const std::vector<Event>& events) {
  if (!eventsThatShowContours(events).empty())
    throw Error(log, "was not annotated from nothing: contours from elsewhere were shown in it",
                "begin again as another reader");
}

Json overlappingJson(const OrganTable& organs) {
  Json json = Json::array();
  for (const auto& [label, key] : organs.overlapping()) json.push_back({{"label", label}, {"key", key}});
  return json;
}

}  // namespace

std::unique_ptr<Session> Session::open(const std::filesystem::path& folder, const Case& opened,
                                       const OrganTable& organs, const std::string& reader, const Clock& clock,
                                       bool readOnly, bool fromNothing) {
  auto state = std::make_unique<State>(clock, folder);
  state->organs = organs;
  state->volume = opened.volume;
  state->axisMap = AxisMap(opened.geometry);
  state->readOnly = readOnly;
  const auto log = folder / "session.rclog";
  if (!readOnly) {
    createPrivateFolder(folder);
    state->lock = std::make_unique<SessionLock>(folder);
  }
  SessionLogContent content;
  const bool continued = std::filesystem::exists(log) && std::filesystem::file_size(log) > 0;
  if (continued) {
    content = readSessionLog(log);
    state->replayed = replayEvents(content.events);
    requireSameCase(log, state->replayed, opened, organs);
    state->timed = timedEvents(content.events);
    state->nextSequence = content.events.size();
    if (content.damage)
      state->notes.push_back("The session's log was damaged (" + *content.damage + "); all before it is restored.");
    if (!content.damage && content.events.back().type != "close") {
      state->notes.push_back("The last session was cut short; every finished stroke is restored.");
    }
  } else {
    state->replayed.geometry = opened.geometry;
    state->replayed.reader = reader;
    state->replayed.labels = LabelMap(opened.geometry.size);
  }
  if (fromNothing && !readOnly) requireNothingShown(log, content.events);
  setOverlapping(state->replayed, organs.overlapping());
  if (!readOnly) state->replayed.reader = reader;
  if (!readOnly) {
    state->writer = std::make_unique<SessionLogWriter>(log, std::move(content.ends), content.lastHash);
    state->replayed.recall = [writer = state->writer.get()](std::uint64_t event) { return writer->read(event); };
    if (const auto& aside = state->writer->setAside()) {
      state->notes.push_back("The damaged part was set aside in " + aside->filename().string() + ".");
    }
    if (!continued) state->append("first", firstEvent(opened, organs, reader));
    Json members = {{"app_version", RECONTOUR_VERSION}, {"reader", reader}};
    if (fromNothing) members["from_nothing"] = true;
    if (!organs.overlapping().empty()) members["overlapping"] = overlappingJson(organs);
    state->append("open", std::move(members));
    state->append("select_organ", {{"organ", state->replayed.selectedOrgan}});
  }
  return std::unique_ptr<Session>(new Session(std::move(state)));
}

}  // namespace recontour
