#include "core/session/replay.h"

#include <algorithm>
#include <span>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/label_runs.h"
#include "core/session/layer_name.h"
#include "core/session/snapshot.h"
#include "core/session/unfinished_stroke.h"
#include "core/strokes/scribble_json.h"

namespace recontour {
namespace {

std::uint64_t numberOf(const Json& json) { return static_cast<std::uint64_t>(wholeNumber(json, 0, INT64_MAX)); }
Label labelOf(const Json& json) { return static_cast<Label>(wholeNumber(json, 0, 255)); }

Geometry geometryFrom(const Json& json) {
  Geometry geometry;
  for (int axis = 0; axis < 3; ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    geometry.size[axis] = json.at("size").at(i).get<int>();
    geometry.spacing[axis] = json.at("spacing").at(i).get<double>();
    geometry.origin[axis] = json.at("origin").at(i).get<double>();
  }
  for (std::size_t i = 0; i < 9; ++i) geometry.direction[i] = json.at("direction").at(i).get<double>();
  return geometry;
}

/// @param header  of the event, which holds all of a stroke's samples and is parsed once
LayerRuns editRunsOf(const Json& header, const Event& event) {
  std::string_view payload = event.payload;
  return {layerNamed(header.value("layer", layerName(LabelLayers::kOrgans))), decodeRuns(payload)};
}

/// The start map itself, then what taking it changed.
struct StartRuns {
  std::vector<LabelRun> whole;
  std::vector<LayerRuns> over;
  std::vector<LayerRuns> changes;
};

StartRuns startRunsOf(const Json& header, const Event& event) {
  std::string_view payload = event.payload;
  StartRuns start{decodeRuns(payload), {}, {}};
  for (const Json& layer : header.value("start_layers", Json::array()))
    start.over.push_back({layerNamed(layer.get<std::string>()), decodeRuns(payload)});
  start.changes.push_back({LabelLayers::kOrgans, decodeRuns(payload)});
  for (const Json& layer : header.value("layers", Json::array()))
    start.changes.push_back({layerNamed(layer.get<std::string>()), decodeRuns(payload)});
  return start;
}

/// Organs that an edit touched, or that took a start.
LabelSet organsOf(const ReplayedSession& session, std::size_t step) {
  const auto start = std::ranges::find(session.starts, step, &ReplayedStart::step);
  return start == session.starts.end() ? session.steps[step].organs : start->organs;
}

std::bitset<256> organsIn(const std::vector<LayerRuns>& changes) {
  std::bitset<256> organs;
  for (const LayerRuns& change : changes) organs |= organsIn(change.runs);
  return organs;
}

/// What could be redone is gone.
void forgetUndone(ReplayedSession& session) {
  const auto depth = static_cast<std::size_t>(session.undo.depth());
  session.steps.resize(depth);
  std::erase_if(session.starts, [depth](const ReplayedStart& start) { return start.step >= depth; });
}

void addStep(ReplayedSession& session, ReplayedStep what) {
  session.review.changed(what.organs);
  session.steps.push_back(std::move(what));
}

/// A step whose labels come from a snapshot.
void pushLetStep(ReplayedSession& session, ReplayedStep what) {
  forgetUndone(session);
  session.undo.pushLet();
  addStep(session, std::move(what));
}

Box undoPassedOver(ReplayedSession& session) {
  const auto step = static_cast<std::size_t>(session.undo.depth() - 1);
  session.undo.goTo(step);
  session.review.changed(organsOf(session, step));
  return {};
}

Box redoPassedOver(ReplayedSession& session) {
  const auto step = static_cast<std::size_t>(session.undo.depth());
  session.undo.goTo(step + 1);
  session.review.changed(organsOf(session, step));
  return {};
}

/// Whether an event's labels are applied, or come from a snapshot behind it.
enum class Labels { Applied, PassedOver };

class Replayer {
 public:
  explicit Replayer(ReplayedSession& session, Labels labels = Labels::Applied)
      : session_(session), passesOver_(labels == Labels::PassedOver) {}

  /// @return voxels that it changed
  Box apply(const Event& event) {
    notePartial(session_, event);
    if (event.type == "partial") return {};
    const Json header = parseJson(event.header, "event");
    if (event.type == "first") first(header);
    if (event.type == "open") open(header);
    if (event.type == "structures") addStructures(session_, structureSourceOf(header));
    if (event.type == "edit") edit(event, header);
    if (event.type == "start") start(event, header);
    if (event.type == "undo") undo(numberOf(header.at("undo")));
    if (event.type == "redo") redo(numberOf(header.at("redo")));
    if (event.type == "scribble") scribble(event, header);
    if (event.type == "scribble_undo") undoScribble(numberOf(header.at("undo")));
    if (event.type == "scribble_redo") redoScribble(numberOf(header.at("redo")));
    if (event.type == "select_organ") session_.selectedOrgan = labelOf(header.at("organ"));
    if (event.type == "look") look(header);
    if (event.type == "organ_state") state(header);
    if (event.type == "comment") comment(event, header);
    if (event.type == "check")
      session_.check =
          CaseCheck{header.at("approved").get<bool>(), header.value("text", ""), session_.reader, event.wallMs};
    if (event.type == "lock") session_.locked[labelOf(header.at("organ"))] = header.at("locked").get<bool>();
    return changed_;
  }

 private:
  void look(const Json& header) {
    session_.review.look(planeNamed(header.at("plane").get<std::string>()), header.at("first").get<int>(),
                         header.at("last").get<int>());
  }

  /// A verdict that this version does not know is none.
  void state(const Json& header) {
    const auto verdict = verdictNamed(header.at("state").get<std::string>()).value_or(OrganVerdict::None);
    session_.review.state(labelOf(header.at("organ")), {verdict, header.value("reason", "")});
  }

  void first(const Json& header) {
    session_.geometry = geometryFrom(header.at("geometry"));
    session_.labels = LabelMap(session_.geometry.size);
    session_.imageHash = header.at("image_hash").get<std::string>();
    session_.organTableHash = header.at("organ_table_hash").get<std::string>();
    session_.caseName = header.value("case", "");
    session_.reader = header.value("reader", "");
  }

  void comment(const Event& event, const Json& header) {
    session_.comments.push_back({labelOf(header.at("organ")), planeNamed(header.at("plane").get<std::string>()),
                                 header.at("slice").get<int>(), header.at("text").get<std::string>(), session_.reader,
                                 event.sequence, event.wallMs});
  }

  /// Who has it now, and which structures have layers from now on.
  void open(const Json& header) {
    session_.reader = header.value("reader", session_.reader);
    std::map<Label, std::string> keys;
    for (const Json& entry : header.value("overlapping", Json::array()))
      keys[labelOf(entry.at("label"))] = entry.at("key").get<std::string>();
    for (const auto& [label, key] : session_.overlapping) {
      if (!keys.contains(label) && isDrawn(session_, label))
        throw Error("it drops the layer of structure " + std::to_string(label) + ", which is drawn");
    }
    setOverlapping(session_, std::move(keys));
  }

  void step(const std::vector<LayerRuns>& changes, ReplayedStep what) {
    UndoStep step;
    for (const LayerRuns& change : changes) {
      requireLayer(change.layer);
      if (passesOver_) continue;
      LabelMap& map = session_.labels.layer(change.layer);
      const LabelMap before = map;
      applyRuns(change.runs, map);
      step.append(differenceOf(before, map, change.layer));
    }
    changed_ = step.changed;
    passesOver_ ? pushLetStep(session_, std::move(what)) : pushStep(session_, std::move(step), std::move(what));
  }

  void requireLayer(Label layer) const {
    if (session_.labels.layerOf(layer) != layer) throw Error("it changes a layer that was not opened");
  }

  void edit(const Event& event, const Json& header) {
    const StepSummary summary = stepSummaryFrom(header, event.wallMs);
    if (passesOver_ && header.contains("touched")) {
      const LayerRuns unread{layerNamed(header.at("layer").get<std::string>()), {}};
      return step({unread}, {event.sequence, labelsFrom(header.at("touched")), summary});
    }
    const LayerRuns change = editRunsOf(header, event);
    step({change}, {event.sequence, organsIn(change.runs), summary});
  }

  void start(const Event& event, const Json& header) {
    const StartRuns runs = startRunsOf(header, event);
    ReplayedStart start;
    start.labels = LabelMap(session_.geometry.size);
    start.summary = {header.value("source", ""), header.value("name", ""), header.value("sha256", ""),
                     header.value("model_hash", ""), header.contains("settings") ? header["settings"].dump() : ""};
    applyRuns(runs.whole, start.labels);
    start.has = organsIn(runs.whole) | organsIn(runs.over);
    for (const LayerRuns& one : runs.over)
      applyRuns(one.runs, start.over[one.layer] = LabelMap(session_.geometry.size));
    for (const auto& organ : header.at("organs")) start.organs.set(labelOf(organ));
    step(runs.changes, {event.sequence, {}, stepSummaryFrom(header, event.wallMs), organsIn(runs.changes)});
    start.step = session_.steps.size() - 1;
    start.structures = structuresOfStart(session_, start.summary.sha256);
    session_.starts.push_back(std::move(start));
    session_.review.forgetLooks();
  }

  void undo(std::uint64_t sequence) {
    const auto depth = static_cast<std::size_t>(session_.undo.depth());
    if (depth == 0 || session_.steps[depth - 1].event != sequence)
      throw Error("it undoes an event that is not the last");
    changed_ = passesOver_ ? undoPassedOver(session_) : undoStep(session_);
  }

  void redo(std::uint64_t sequence) {
    const auto depth = static_cast<std::size_t>(session_.undo.depth());
    if (!session_.undo.canRedo() || session_.steps[depth].event != sequence)
      throw Error("it redoes an event that is not the next");
    changed_ = passesOver_ ? redoPassedOver(session_) : redoStep(session_);
  }

  void scribble(const Event& event, const Json& header) {
    ScribbleChange change{header.value("name", ""), {}, {}};
    for (const Json& id : header.at("removed")) {
      const ScribbleStroke* stroke = session_.scribbles.find(numberOf(id));
      if (stroke == nullptr) throw Error("it takes a stroke away that is not there");
      change.removed.push_back(*stroke);
    }
    for (const Json& stroke : header.at("added")) change.added.push_back(scribbleStrokeFrom(stroke));
    session_.scribbles.apply(std::move(change), event.sequence);
  }

  void undoScribble(std::uint64_t sequence) {
    if (!session_.scribbles.canUndo() || session_.scribbles.undoEvent() != sequence)
      throw Error("it undoes an event that is not the last");
    session_.scribbles.undo();
  }

  void redoScribble(std::uint64_t sequence) {
    if (!session_.scribbles.canRedo() || session_.scribbles.redoEvent() != sequence)
      throw Error("it redoes an event that is not the next");
    session_.scribbles.redo();
  }

  ReplayedSession& session_;
  bool passesOver_ = false;
  Box changed_;
};

/// One layer of "before" with the organs in `taken` as the start has them; bricks without any label are passed over.
void takeOver(const LabelMap& start, const LabelSet& taken, LabelMap& before) {
  const LabelMap present = before;
  forEachBrickOfEither(present, start, [&](const Box& box, DenseBox labels, const DenseBox& from) {
    for (std::size_t i = 0; i < labels.labels.size(); ++i) {
      Label& label = labels.labels[i];
      if (taken[label]) label = 0;
      if (taken[from.labels[i]]) label = from.labels[i];
    }
    before.write(box, labels);
  });
}

/// Gives a step its bricks back, from its event.
/// @param done  the labels are those after the step; else those before it
void recall(ReplayedSession& session, std::size_t step, bool done) {
  if (session.undo.holds(step)) return;
  if (!session.recall) throw Error("a step cannot be read again");
  UndoStep again;
  for (auto& [layer, runs] : changesOf(session.recall(session.steps[step].event))) {
    if (done) {
      for (LabelRun& run : runs) std::swap(run.before, run.after);
    }
    const LabelMap& present = session.labels.layer(layer);
    LabelMap other = present;
    applyRuns(runs, other);
    again.append(done ? differenceOf(other, present, layer) : differenceOf(present, other, layer));
  }
  session.undo.giveBack(step, std::move(again));
}

}  // namespace

LayerRuns editRunsOf(const Event& event) { return editRunsOf(parseJson(event.header, "event"), event); }

std::vector<LayerRuns> changesOf(const Event& event) {
  const Json header = parseJson(event.header, "event");
  if (event.type == "start") return startRunsOf(header, event).changes;
  return {editRunsOf(header, event)};
}

bool isDrawn(const ReplayedSession& session, Label organ) {
  return std::ranges::any_of(session.steps, [organ](const ReplayedStep& step) { return step.organs[organ]; }) ||
         std::ranges::any_of(session.starts, [organ](const ReplayedStart& start) { return start.has[organ]; });
}

void setOverlapping(ReplayedSession& session, std::map<Label, std::string> keys) {
  LabelSet structures;
  for (const auto& [structure, key] : keys) structures.set(structure);
  session.labels.setOverlapping(structures.reset(0));
  session.overlapping = std::move(keys);
}

LabelLayers layersOf(const ReplayedStart& start, const std::bitset<256>& structures) {
  LabelLayers layers = inLayers(start.labels, structures);
  for (const auto& [structure, map] : start.over)
    if (structures[structure]) layers.layer(structure) = map;
  return layers;
}

std::optional<std::size_t> structuresOfStart(const ReplayedSession& session, const std::string& sha256) {
  for (std::size_t i = session.allStructures.size(); i > 0; --i)
    if (session.allStructures[i - 1].sha256 == sha256) return i - 1;
  return {};
}

void addStructures(ReplayedSession& session, const StructureSource& source) {
  std::map<Label, std::string> keys = session.overlapping;
  for (const Organ& organ : source.organs) {
    if (organ.overlaps != keys.contains(organ.label) && isDrawn(session, organ.label))
      throw Error(organ.name + " has been drawn and cannot get or lose a layer of its own");
    if (organ.overlaps) keys[organ.label] = organ.key;
  }
  for (const Organ& organ : source.organs) {
    std::erase_if(session.ownOrgans, [&](const Organ& other) { return other.label == organ.label; });
    session.ownOrgans.push_back(organ);
  }
  setOverlapping(session, std::move(keys));
  session.structures = source;
  session.allStructures.push_back(source);
}

void pushStep(ReplayedSession& session, UndoStep step, ReplayedStep what) {
  forgetUndone(session);
  session.undo.push(std::move(step), what.summary.isStart);
  addStep(session, std::move(what));
}

Label lockedOrganOf(const ReplayedSession& session, std::size_t step) {
  if (session.locked.none()) return 0;  // nothing is looked into for most undos
  const ReplayedStep& what = session.steps[step];
  const LabelSet touched = (what.summary.isStart ? what.changed : what.organs) & session.locked;
  for (std::size_t label = 1; label < touched.size(); ++label) {
    if (touched[label]) return static_cast<Label>(label);
  }
  return 0;
}

void boundUndo(ReplayedSession& session, std::uint64_t saved, std::size_t bytes) {
  if (!session.recall) return;
  session.undo.keepWithin(bytes, [&](std::size_t step) { return session.steps[step].event < saved; });
}

Box undoStep(ReplayedSession& session) {
  recall(session, static_cast<std::size_t>(session.undo.depth() - 1), true);
  const Box changed = session.undo.undo(session.labels);
  session.review.changed(organsOf(session, static_cast<std::size_t>(session.undo.depth())));
  return changed;
}

Box redoStep(ReplayedSession& session) {
  recall(session, static_cast<std::size_t>(session.undo.depth()), false);
  const Box changed = session.undo.redo(session.labels);
  session.review.changed(organsOf(session, static_cast<std::size_t>(session.undo.depth() - 1)));
  return changed;
}

Box applyEvent(ReplayedSession& session, const Event& event) { return Replayer(session).apply(event); }

namespace {

/// Applies one event of a log. @throws Error naming it when that cannot be done
void applyNamed(ReplayedSession& session, const Event& event, Labels labels) {
  try {
    Replayer(session, labels).apply(event);
  } catch (const std::exception& error) {
    throw Error("event " + std::to_string(event.sequence) + " (" + event.type + ") cannot be applied: " + error.what());
  }
}

/// Those that count, with a way to read them again.
ReplayedSession sessionOf(const std::vector<Event>& events) {
  ReplayedSession session;
  session.recall = [&events](std::uint64_t event) { return events.at(event); };
  return session;
}

void applyAll(ReplayedSession& session, std::span<const Event> events) {
  for (const Event& event : events) {
    applyNamed(session, event, Labels::Applied);
    boundUndo(session, event.sequence + 1);
  }
}

std::span<const Event> eventsUpTo(const std::vector<Event>& events, std::optional<std::uint64_t> upTo) {
  return std::span(events).first(upTo ? std::min<std::size_t>(events.size(), *upTo + 1) : events.size());
}

/// The session at its last snapshot. @return none when it cannot be taken: the events before it tell the same
std::optional<ReplayedSession> atSnapshot(const std::vector<Event>& events, std::size_t snapshot) {
  ReplayedSession session = sessionOf(events);
  for (const Event& event : std::span(events).first(snapshot)) applyNamed(session, event, Labels::PassedOver);
  try {
    session.labels = snapshotLabels(session, events[snapshot]);
  } catch (const std::exception&) {
    return {};
  }
  return session;
}

void requireSnapshot(const ReplayedSession& session, const Event& event) {
  bool same = false;
  try {
    same = snapshotLabels(session, event) == session.labels;
  } catch (const std::exception& error) {
    throw Error("event " + std::to_string(event.sequence) + " (snapshot) cannot be read: " + error.what());
  }
  if (!same)
    throw Error("event " + std::to_string(event.sequence) +
                " (snapshot) holds other labels than the events before it lead to");
}

}  // namespace

ReplayedSession replayEvents(const std::vector<Event>& events, std::optional<std::uint64_t> upTo) {
  const auto wanted = eventsUpTo(events, upTo);
  const auto found = std::ranges::find(wanted.rbegin(), wanted.rend(), "snapshot", &Event::type);
  const auto snapshot = static_cast<std::size_t>(wanted.rend() - found);  // its number and one more; 0 without one
  auto session = snapshot > 0 ? atSnapshot(events, snapshot - 1) : std::nullopt;
  const std::size_t next = session ? snapshot : 0;
  if (!session) session = sessionOf(events);
  applyAll(*session, wanted.subspan(next));
  session->recall = nullptr;
  return *std::move(session);
}

ReplayedSession replayWhole(const std::vector<Event>& events, std::optional<std::uint64_t> upTo) {
  ReplayedSession session = sessionOf(events);
  for (const Event& event : eventsUpTo(events, upTo)) {
    applyAll(session, std::span(&event, 1));
    if (event.type == "snapshot") requireSnapshot(session, event);
  }
  session.recall = nullptr;
  return session;
}

ReplayedSession replay(const std::filesystem::path& session, std::optional<std::uint64_t> upTo) {
  const auto log = sessionLogPath(session);
  const auto content = readSessionLog(log);
  try {
    return replayEvents(content.events, upTo);
  } catch (const Error& error) {
    throw Error(log, error.what(), "run recontour-cli verify on it");
  }
}

LabelLayers beforeLabels(const ReplayedSession& session) {
  const LabelSet structures = session.labels.structures();
  LabelLayers before{LabelMap(session.geometry.size)};
  before.setOverlapping(structures);
  const auto depth = static_cast<std::size_t>(session.undo.depth());
  for (const ReplayedStart& start : session.starts) {
    if (start.step >= depth) continue;  // undone
    const LabelLayers from = layersOf(start, structures);
    for (const Label layer : from.numbers()) takeOver(from.layer(layer), start.organs, before.layer(layer));
  }
  return before;
}

}  // namespace recontour
