// What the reader does besides editing: slices looked at, what is said of organs, activity, focus, pauses; and the
// times that follow.
#include <nlohmann/json.hpp>

#include "core/session/session_state.h"

namespace recontour {
namespace {

constexpr std::int64_t kSpanGapMs = 1000;     ///< a longer silence begins a new span
constexpr std::int64_t kWriteAfterMs = 5000;  ///< spans are written at the latest after this

}  // namespace

void Session::State::appendLook() {
  if (!look) return;
  const PendingSpan span = *std::exchange(look, std::nullopt);
  append("look", {{"plane", planeName(span.plane)},
                  {"first", span.firstSlice},
                  {"last", span.lastSlice},
                  {"t0", span.fromMs},
                  {"t1", span.toMs}});
}

void Session::State::appendHeartbeat() {
  if (!heartbeat) return;
  const PendingSpan span = *std::exchange(heartbeat, std::nullopt);
  append("heartbeat", {{"t0", span.fromMs}, {"t1", span.toMs}});
}

void Session::State::appendPendingSpans() {
  appendLook();
  appendHeartbeat();
}

void Session::noteSlice(Plane plane, int slice) {
  State& s = *state_;
  if (s.readOnly) return;
  const auto now = s.clock.monotonicMs();
  const bool continues = s.look && s.look->plane == plane && now - s.look->toMs <= kSpanGapMs;
  if (!continues) {
    s.appendLook();
    s.look = PendingSpan{now, now, plane, slice, slice};
  }
  s.look->toMs = now;
  s.look->firstSlice = std::min(s.look->firstSlice, slice);
  s.look->lastSlice = std::max(s.look->lastSlice, slice);
  s.replayed.review.look(plane, s.look->firstSlice, s.look->lastSlice);
  noteActivity();
}

void Session::stateOrgan(Label organ, const OrganStatement& statement) {
  State& s = *state_;
  if (s.readOnly || s.replayed.review.statement(organ) == statement) return;
  s.appendPendingSpans();
  s.append("organ_state", {{"organ", organ}, {"state", verdictName(statement.verdict)}, {"reason", statement.reason}});
  s.replayed.review.state(organ, statement);
}

const OrganStatement& Session::statement(Label organ) const { return state_->replayed.review.statement(organ); }

bool Session::lookedThrough(const Box& box, const AxisMap& axisMap) const {
  return state_->replayed.review.lookedThrough(box, axisMap);
}

std::vector<int> Session::slicesNotSeen(const Box& box, const AxisMap& axisMap) const {
  return state_->replayed.review.slicesNotSeen(box, axisMap);
}

void Session::noteMeasurement(const SliceMeasurement& measurement) {
  const auto point = [](const Point3& at) { return Json{at.x, at.y, at.z}; };
  Json members = {{"kind", measurement.ellipse ? "ellipse" : "ruler"},
                  {"plane", planeName(measurement.plane)},
                  {"slice", measurement.slice},
                  {"from", point(measurement.fromMm)},
                  {"to", point(measurement.toMm)}};
  if (!measurement.ellipse) members["mm"] = measurement.lengthMm();
  if (measurement.hu)
    members["hu"] = {{"mean", measurement.hu->mean},
                     {"sd", measurement.hu->deviation},
                     {"min", measurement.hu->lowest},
                     {"max", measurement.hu->highest},
                     {"voxels", measurement.hu->voxels}};
  state_->appendPendingSpans();
  state_->append("measure", std::move(members));
}

void Session::comment(const CaseComment& said) {
  State& s = *state_;
  if (s.readOnly || said.text.empty()) return;
  s.appendPendingSpans();
  const auto event = s.append(
      "comment", {{"organ", said.organ}, {"plane", planeName(said.plane)}, {"slice", said.slice}, {"text", said.text}});
  s.replayed.comments.push_back(said);
  CaseComment& kept = s.replayed.comments.back();
  kept.reader = reader();
  kept.event = event;
  kept.wallMs = s.clock.wallMs();
}

const std::vector<CaseComment>& Session::comments() const { return state_->replayed.comments; }
const std::optional<CaseCheck>& Session::lastCheck() const { return state_->replayed.check; }

void Session::check(bool approved, const std::string& text) {
  State& s = *state_;
  if (s.readOnly) return;
  s.appendPendingSpans();
  s.append("check", {{"approved", approved}, {"text", text}});
  s.replayed.check = CaseCheck{approved, text, reader(), s.clock.wallMs()};
}

void Session::noteActivity() {
  State& s = *state_;
  if (s.readOnly) return;
  const auto now = s.clock.monotonicMs();
  if (s.heartbeat && now - s.heartbeat->toMs > kSpanGapMs) s.appendHeartbeat();
  if (!s.heartbeat) s.heartbeat = PendingSpan{now, now};
  s.heartbeat->toMs = now;
}

void Session::tick() {
  State& s = *state_;
  s.appendPartWhenDue();
  s.snapshotWhenDue();
  const auto now = s.clock.monotonicMs();
  if (s.look && now - s.look->fromMs >= kWriteAfterMs) s.appendLook();
  if (s.heartbeat && now - s.heartbeat->fromMs >= kWriteAfterMs) s.appendHeartbeat();
}

void Session::noteFocus(bool focused) {
  state_->appendPendingSpans();
  state_->append("focus", {{"focused", focused}});
}

void Session::noteReferenceShown(bool shown) { state_->append("reference", {{"shown", shown}}); }

void Session::noteBeside(const std::string& what, const std::string& name, const std::string& sha256) {
  state_->append("beside", {{"what", what}, {"name", name}, {"sha256", sha256}});
}

void Session::setPaused(bool paused) {
  if (state_->paused == paused) return;
  state_->paused = paused;
  state_->appendPendingSpans();
  state_->append(paused ? "pause" : "resume", Json::object());
}

bool Session::paused() const { return state_->paused; }

EditTimes Session::times(double idleLimitS, Attribution attribution) const {
  const State& s = *state_;
  auto events = s.timed;
  for (const auto& pending : {s.look, s.heartbeat}) {
    if (pending) events.push_back({TimedEvent::Kind::Activity, pending->fromMs, pending->toMs, 0});
  }
  if (s.stroke || scribbleActive()) {
    const auto until = s.correctionEndMs.value_or(s.clock.monotonicMs());
    events.push_back({TimedEvent::Kind::Stroke, s.strokeStartMs, until, s.replayed.selectedOrgan});
  }
  return computeTimes(events, idleLimitS, attribution, s.playedMs.value_or(s.clock.monotonicMs()));
}

}  // namespace recontour
