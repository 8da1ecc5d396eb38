#include "core/session/session.h"

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/label_runs.h"
#include "core/session/layer_name.h"
#include "core/session/session_state.h"

namespace recontour {

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}

Session::~Session() { close(); }

std::uint64_t Session::State::append(const std::string& type, Json members, std::string payload,
                                     std::function<std::string()> laterPayload) {
  if (readOnly || closed) return nextSequence;
  Event event;
  event.sequence = nextSequence++;
  event.type = type;
  event.timeMs = clock.monotonicMs();
  event.wallMs = clock.wallMs();
  members["seq"] = event.sequence;
  members["type"] = type;
  members["t"] = event.timeMs;
  members["wall"] = event.wallMs;
  if (!payload.empty()) members["payload_bytes"] = payload.size();
  event.header = members.dump(-1, ' ', false, Json::error_handler_t::replace);  // a file name may hold any bytes
  event.payload = std::move(payload);
  event.laterPayload = std::move(laterPayload);
  sinceSnapshot.note(event);
  const auto isTimed = timedEvents(std::span(&event, 1));
  timed.insert(timed.end(), isTimed.begin(), isTimed.end());
  writer->append(std::move(event));
  return nextSequence - 1;
}

/// The labels are shared, so that this costs nothing here; the log's thread encodes them.
void Session::State::snapshotWhenDue() {
  if (readOnly || stroke || !sinceSnapshot.due()) return;
  Json layers = Json::array();
  for (const Label layer : replayed.labels.numbers()) layers.push_back(layerName(layer));
  append("snapshot", {{"layers", std::move(layers)}, {"depth", replayed.undo.depth()}}, {},
         [labels = replayed.labels] { return encodeLayers(labels); });
}

/// What is on disk can be read again.
void Session::State::boundUndo() {
  if (writer && !writer->status().error) recontour::boundUndo(replayed, writer->eventsInFile(), undoBytes);
}

const LabelLayers& Session::layers() const { return state_->replayed.labels; }
const LabelMap& Session::labels() const { return layers().organs(); }
LabelMap& Session::editableLabels(Label layer) { return state_->replayed.labels.layer(layer); }
const Geometry& Session::geometry() const { return state_->replayed.geometry; }
const std::filesystem::path& Session::folder() const { return state_->folder; }
bool Session::readOnly() const { return state_->readOnly; }
const std::optional<std::string>& Session::heldBy() const { return state_->heldBy; }
const std::optional<Recovery>& Session::recovery() const { return state_->recovery; }
const std::string& Session::reader() const { return state_->replayed.reader; }
const OrganTable& Session::organs() const { return state_->organs; }
const std::optional<StructureSource>& Session::structures() const { return state_->replayed.structures; }
bool Session::hasStarts() const { return !state_->replayed.starts.empty(); }
const std::vector<std::string>& Session::notes() const { return state_->notes; }
bool Session::canUndo() const { return !state_->readOnly && state_->replayed.undo.canUndo(); }
bool Session::canRedo() const { return !state_->readOnly && state_->replayed.undo.canRedo(); }
int Session::undoDepth() const { return state_->replayed.undo.depth(); }
Label Session::selectedOrgan() const { return state_->replayed.selectedOrgan; }
bool Session::isLocked(Label organ) const { return state_->replayed.locked[organ]; }

std::vector<StartSummary> Session::starts() const {
  std::vector<StartSummary> summaries;
  for (const ReplayedStart& start : state_->replayed.starts) {
    if (start.step < static_cast<std::size_t>(undoDepth())) summaries.push_back(start.summary);
  }
  return summaries;
}

std::vector<StepSummary> Session::steps() const {
  std::vector<StepSummary> steps;
  for (const ReplayedStep& step : state_->replayed.steps) steps.push_back(step.summary);
  return steps;
}

const LabelMap& Session::beforeLabels() const { return beforeLayers().organs(); }

const LabelLayers& Session::beforeLayers() const {
  if (!state_->before) state_->before = recontour::beforeLabels(state_->replayed);
  return *state_->before;
}

std::unique_ptr<EditTransaction> Session::begin(const std::string& name, Label layer) {
  state_->snapshotWhenDue();
  WriteFilter filter;
  filter.locked = state_->replayed.locked;
  filter.readOnly = state_->readOnly;
  return std::make_unique<EditTransaction>(static_cast<EditTarget&>(*this), name, filter, layer);
}

void Session::committed(EditRecord record) {
  State& s = *state_;
  if (s.startStep) {
    s.startStep->append(std::move(record.step));
    return;
  }
  s.parts.reset();  // this edit is the end of the stroke
  const auto runs = runsOf(record.step, labels(), record.layer);
  const auto touched = organsIn(runs);
  std::int64_t voxels = 0;
  for (const LabelRun& run : runs) voxels += run.length;
  Json members = {{"layer", layerName(record.layer)},
                  {"name", record.name},
                  {"organ", s.replayed.selectedOrgan},
                  {"t0", s.stroke ? s.strokeStartMs : s.clock.monotonicMs()},
                  {"t1", s.correctionEndMs.value_or(s.clock.monotonicMs())},
                  {"voxels", voxels},
                  {"touched", labelsJson(touched)}};
  if (!record.inputs.empty()) members["inputs"] = Json::parse(record.inputs);
  s.appendPendingSpans();
  const StepSummary summary = stepSummaryFrom(members, s.clock.wallMs());
  const auto sequence = s.append("edit", std::move(members), encodeRuns(runs));
  pushStep(s.replayed, std::move(record.step), {sequence, touched, summary});
  s.boundUndo();
}

Label Session::undoBlockedBy() const {
  const ReplayedSession& r = state_->replayed;
  return canUndo() ? lockedOrganOf(r, static_cast<std::size_t>(r.undo.depth() - 1)) : Label{0};
}

Label Session::redoBlockedBy() const {
  const ReplayedSession& r = state_->replayed;
  return canRedo() ? lockedOrganOf(r, static_cast<std::size_t>(r.undo.depth())) : Label{0};
}

void Session::setUndoBytes(std::size_t bytes) {
  state_->undoBytes = bytes;
  state_->boundUndo();
}

std::vector<LabelRun> Session::changesOf(int step) const {
  const ReplayedSession& r = state_->replayed;
  const auto number = static_cast<std::size_t>(step);
  if (number >= r.steps.size()) return {};  // a list that is older than the last stroke
  std::vector<LabelRun> runs;
  if (!r.undo.holds(number)) {
    if (!r.recall) return {};
    for (const LayerRuns& change : recontour::changesOf(r.recall(r.steps[number].event)))
      runs.insert(runs.end(), change.runs.begin(), change.runs.end());
    return runs;
  }
  for (const Label layer : r.labels.numbers()) {
    const auto more = runsOf(r.undo.step(number), r.labels.organs(), layer);
    runs.insert(runs.end(), more.begin(), more.end());
  }
  return runs;
}

Box Session::undo() {
  if (!canUndo() || strokeActive() || undoBlockedBy() != 0) return {};
  ReplayedSession& r = state_->replayed;
  const auto step = static_cast<std::size_t>(r.undo.depth() - 1);
  const Box changed = undoStep(r);
  if (r.steps[step].summary.isStart) state_->before.reset();
  state_->appendPendingSpans();
  state_->append("undo", {{"undo", r.steps[step].event}, {"organ", r.selectedOrgan}});
  state_->boundUndo();
  return changed;
}

Box Session::redo() {
  if (!canRedo() || strokeActive() || redoBlockedBy() != 0) return {};
  ReplayedSession& r = state_->replayed;
  const auto step = static_cast<std::size_t>(r.undo.depth());
  const Box changed = redoStep(r);
  if (r.steps[step].summary.isStart) state_->before.reset();
  state_->appendPendingSpans();
  state_->append("redo", {{"redo", r.steps[step].event}, {"organ", r.selectedOrgan}});
  state_->boundUndo();
  return changed;
}

Box Session::play(const Event& event) {
  State& s = *state_;
  if (!s.readOnly) return {};
  const Box changed = applyEvent(s.replayed, event);
  const auto timed = timedEvents(std::span(&event, 1));
  s.timed.insert(s.timed.end(), timed.begin(), timed.end());
  if (event.type.starts_with("scribble")) s.scribbleRaster.reset();
  s.playedMs = event.timeMs;
  if (event.type == "start" || event.type == "undo" || event.type == "redo") s.before.reset();
  return changed;
}

LabelSet Session::drawn() const {
  LabelSet drawn;
  for (const Organ& organ : state_->organs.organs())
    if (isDrawn(state_->replayed, organ.label)) drawn.set(organ.label);
  return drawn;
}

int Session::edits(Label organ) const {
  int count = 0;
  const ReplayedSession& r = state_->replayed;
  for (std::size_t step = 0; step < static_cast<std::size_t>(r.undo.depth()); ++step)
    count += r.steps[step].organs[organ];
  return count;
}

void Session::addStructures(const StructureSource& source) {
  State& s = *state_;
  if (s.readOnly || s.stroke) return;
  OrganTable organs = withOrgans(s.organs, source.organs);
  recontour::addStructures(s.replayed, source);
  s.organs = std::move(organs);
  s.before.reset();
  s.append("structures", structureSourceJson(source));
}

void Session::selectOrgan(Label organ) {
  state_->replayed.selectedOrgan = organ;
  state_->append("select_organ", {{"organ", organ}});
}

void Session::setLocked(Label organ, bool locked) {
  if (isLocked(organ) == locked) return;
  state_->replayed.locked[organ] = locked;
  state_->append("lock", {{"organ", organ}, {"locked", locked}});
}

Session::SaveState Session::saveState() const {
  if (!state_->writer) return {};
  const auto status = state_->writer->status();
  return {status.appended, status.saved, status.error, status.elsewhere, status.kept};
}

void Session::onSaveState(std::function<void()> callback) {
  if (state_->writer) state_->writer->onStatus(std::move(callback));
}

bool Session::flush() {
  state_->appendPendingSpans();
  return flushed();
}

bool Session::flushed() const { return !state_->writer || state_->writer->flush(); }

void Session::accept(const WrittenRevision& written) {
  state_->appendPendingSpans();
  Json members = {{"revision_sha256", written.sha256}};
  for (const auto& [layer, file] : written.layers) members["layers"][layerName(layer)] = file.sha256;
  for (const WrittenRevision::Layer& file : written.exports) members["exports"][file.file] = file.sha256;
  state_->append("accept", std::move(members));
}

void Session::close() {
  if (state_->closed || !state_->writer) return;
  acceptCorrection();
  cancelStroke();
  cancelScribble();
  state_->appendPendingSpans();
  state_->append("close", {});
  state_->closed = true;
  state_->writer->onStatus({});
}

}  // namespace recontour
