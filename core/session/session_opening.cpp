// Creating a session, or continuing one where it was.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/hand_over.h"
#include "core/session/log_record.h"
#include "core/session/log_recovery.h"
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

/// What a reader is told to recognise where the work was cut off.
std::vector<StepSummary> lastSteps(const ReplayedSession& session) {
  const auto depth = static_cast<std::size_t>(session.undo.depth());
  std::vector<StepSummary> last;
  for (std::size_t step = depth - std::min(depth, kStepsShown); step < depth; ++step)
    last.push_back(session.steps[step].summary);
  return last;
}

std::optional<Recovery> recoveryOf(const RecoveredLog& found, const ReplayedSession& session) {
  const bool cutShort = !found.content.events.empty() && found.content.events.back().type != "close";
  if (!cutShort && !found.fromElsewhere && found.damage.empty()) return {};
  Recovery recovery;
  recovery.lastSteps = lastSteps(session);
  recovery.fromElsewhere = found.fromElsewhere;
  recovery.setAside = found.setAside;
  recovery.damage = found.damage;
  return recovery;
}

std::vector<std::string> recoveryNotes(const RecoveredLog& found) {
  std::vector<std::string> notes;
  const auto& events = found.content.events;
  if (events.empty() && !found.damage.empty())
    notes.push_back("The session's log cannot be read (" + found.damage + "); a new one was begun.");
  if (!events.empty() && !found.damage.empty())
    notes.push_back("The session's log was damaged (" + found.damage + "); all before it is restored.");
  if (found.setAside) notes.push_back("The damaged part was set aside in " + found.setAside->filename().string() + ".");
  if (found.fromElsewhere)
    notes.emplace_back("The disk had refused the last events; they were brought back from another one.");
  if (found.damage.empty() && !events.empty() && events.back().type != "close")
    notes.emplace_back("The last session was cut short; every finished stroke is restored.");
  notes.insert(notes.end(), found.notes.begin(), found.notes.end());
  return notes;
}

Json overlappingJson(const OrganTable& organs) {
  Json json = Json::array();
  for (const auto& [label, key] : organs.overlapping()) json.push_back({{"label", label}, {"key", key}});
  return json;
}

}  // namespace

/// Takes the lock, or finds out that the session is to be read only.
void Session::State::takeLock(Access access) {
  readOnly = access == Access::Read;
  if (readOnly) return;
  createPrivateFolder(folder);
  if (access == Access::Edit) {
    lock = std::make_unique<SessionLock>(folder);
  } else {
    lock = SessionLock::tryTake(folder, heldBy);
    readOnly = lock == nullptr;
  }
  if (lock) sweepTemporaryFiles(folder);
  if (!lock || !lock->takenOver()) return;
  notes.push_back("The program that had it open (" + *lock->takenOver() + ") no longer runs; its lock was taken over.");
}

void Session::State::tellOf(const RecoveredLog& found) {
  const auto told = recoveryNotes(found);
  notes.insert(notes.end(), told.begin(), told.end());
  recovery = recoveryOf(found, replayed);
}

RecoveredLog Session::State::readLog(const std::vector<std::filesystem::path>& elsewhere,
                                     const std::function<void(const SessionLogContent&)>& take) {
  const auto log = folder / "session.rclog";
  if (!readOnly) {
    RecoveredLog found = recoverLog(log, elsewhere, take);
    tellOf(found);
    return found;
  }
  std::error_code nothing;
  if (std::filesystem::status(log, nothing).type() == std::filesystem::file_type::not_found) return {};
  // What another program writes now may end in the midst of an event, and is not cut short.
  const bool beingWritten = heldBy || SessionLock::heldBy(folder);
  if (beingWritten && std::filesystem::file_size(log, nothing) == 0) return {};
  RecoveredLog found = readWithRests(log, elsewhere);
  take(found.content);
  if (!beingWritten) tellOf(found);
  return found;
}

/// Events that the log's disk still refuses are appended anew.
void Session::State::startWriter(RecoveredLog found, const std::vector<std::filesystem::path>& elsewhere) {
  SessionLogContent& content = found.content;
  content.ends.resize(found.inLog);
  const Sha256Digest lastHash = found.inLog > 0 ? content.hashes[found.inLog - 1] : Sha256Digest{};
  writer = std::make_unique<SessionLogWriter>(folder / "session.rclog", std::move(content.ends), lastHash, elsewhere);
  replayed.recall = [log = writer.get()](std::uint64_t event) { return log->read(event); };
  for (std::size_t event = found.inLog; event < content.events.size(); ++event)
    writer->append(std::move(content.events[event]));
}

/// Steps before a snapshot are read again from the log, also where it is only read.
void Session::State::recallFrom(const RecoveredLog& found) {
  replayed.recall = [log = folder / "session.rclog", ends = found.content.ends, inLog = found.inLog](auto event) {
    if (event >= inLog) throw Error(log, "does not hold event " + std::to_string(event));
    return readEvent(log, event > 0 ? ends[event - 1] : 0, ends[event], event);
  };
}

std::unique_ptr<Session> Session::open(const std::filesystem::path& folder, const Case& opened,
                                       const OrganTable& organs, const std::string& reader, const Clock& clock,
                                       const SessionOptions& options) {
  auto state = std::make_unique<State>(clock, folder);
  state->organs = organs;
  state->volume = opened.volume;
  state->axisMap = AxisMap(opened.geometry);
  state->takeLock(options.access);
  const auto log = folder / "session.rclog";
  RecoveredLog found = state->readLog(options.elsewhere, [&](const SessionLogContent& content) {
    state->replayed = replayEvents(content.events);
    if (!state->replayed.ownOrgans.empty()) state->organs = withOrgans(organs, state->replayed.ownOrgans);
    requireSameCase(log, state->replayed, opened, state->organs);
    if (options.fromNothing && !state->readOnly) requireNothingShown(log, content.events);
    state->timed = timedEvents(content.events);
    state->nextSequence = content.events.size();
    for (const Event& event : content.events) state->sinceSnapshot.note(event);
  });
  const bool continued = !found.content.events.empty();
  if (!continued) {
    state->replayed.geometry = opened.geometry;
    state->replayed.reader = reader;
    state->replayed.labels = LabelMap(opened.geometry.size);
  }
  // A stroke that another program draws just now has its end to come.
  auto unfinished = !state->readOnly || state->recovery ? state->takeUpUnfinished() : std::nullopt;
  setOverlapping(state->replayed, state->organs.overlapping());
  if (!state->readOnly) {
    state->replayed.reader = reader;
    state->startWriter(std::move(found), options.elsewhere);
    if (unfinished) state->appendAsIs(*std::move(unfinished));
    if (!continued) state->append("first", firstEvent(opened, organs, reader));
    Json members = {{"app_version", RECONTOUR_VERSION}, {"reader", reader}};
    if (options.fromNothing) members["from_nothing"] = true;
    if (!state->organs.overlapping().empty()) members["overlapping"] = overlappingJson(state->organs);
    state->append("open", std::move(members));
    state->append("select_organ", {{"organ", state->replayed.selectedOrgan}});
  } else {
    state->recallFrom(found);
  }
  return std::unique_ptr<Session>(new Session(std::move(state)));
}

}  // namespace recontour
