// Volumes, DSC and times of the organ list.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {

FiguresRequest Workbench::State::figuresRequest() const {
  return {organs, {opened->geometry, midlineMm}, session->beforeLayers(), session->layers(), reference};
}

void Workbench::State::requestFigures() {
  if (!session) return;
  jobs.post("figures",
            [this, asked = generation, running = runningFigures, request = figuresRequest()](std::stop_token) {
              onGuiThread(asked, [this, counted = running->update(request)] { applyFigures(counted); });
            });
}

void Workbench::State::applyFigures(const std::vector<OrganFigures>& counted) {
  for (std::size_t i = 0; i < counted.size(); ++i) {
    organStatus[i].box = counted[i].box;
    organStatus[i].volumeBeforeMl = counted[i].volumeBeforeMl;
    organStatus[i].pathAddedMm = counted[i].pathAddedMm;
    organStatus[i].surfaceShiftMm = counted[i].surfaceShiftMm;
    organStatus[i].voxelsAdded = counted[i].voxelsAdded;
    organStatus[i].voxelsRemoved = counted[i].voxelsRemoved;
    organStatus[i].volumeMl = counted[i].volumeMl;
    organStatus[i].concerns = counted[i].concerns;
    addModelConcerns(organStatus[i]);
    organStatus[i].dscBefore = counted[i].dscBefore;
    organStatus[i].dscAfter = counted[i].dscAfter;
  }
  figuresKnown = true;
  applyTimes();
  Q_EMIT owner.organStatusChanged();
}

/// What follows from the model rather than from the contour.
void Workbench::State::addModelConcerns(OrganStatus& status) const {
  const bool ofSet = session->structures().has_value();  // it says itself which structures are wanted
  status.wanted = !ofSet || status.volumeBeforeMl > 0 || !status.box.empty();
  if (session->hasStarts() && status.wanted && !notInModel[status.organ] && status.box.empty())
    status.concerns.push_back({"no contour", "no contour: draw it, or say why there is none", true, 0, {}});
  const auto expected = expectedDsc.find(status.organ);
  const bool poor = expected != expectedDsc.end() && expected->second < kReliableDsc;
  if (!poor || status.box.empty() || session->edits(status.organ) > 0) return;
  const Index3 &lower = status.box.lower, &upper = status.box.upper;
  const Index3 middle{(lower.x + upper.x) / 2, (lower.y + upper.y) / 2, (lower.z + upper.z) / 2};
  const char* reason =
      "not reliable: the model is known to get this organ wrong; look at all of it, it is part of what is accepted";
  status.concerns = {
      {"not reliable", reason, true, 0, {opened->geometry.toWorld(middle)}}};  // says more than any other
}

void Workbench::State::applyTimes() {
  const EditTimes times = session->times();
  activeSeconds = times.total.activeS();
  const Box wholeGrid{{}, opened->geometry.size};
  for (OrganStatus& status : organStatus) {
    const auto share = times.organs.find(status.organ);
    status.activeSeconds = share == times.organs.end() ? 0 : share->second.activeS();
    status.edits = session->edits(status.organ);
    status.scribbles =
        static_cast<int>(std::ranges::count(session->scribbles().strokes(), status.organ, &ScribbleStroke::label));
    status.edited = status.edits > 0;
    status.seen = session->lookedThrough(status.box.empty() ? wholeGrid : status.box, axisMap);
    status.statement = session->statement(status.organ);
    const auto expected = expectedDsc.find(status.organ);
    status.inModel = !notInModel[status.organ];
    status.expectedDsc = expected == expectedDsc.end() ? std::nullopt : std::optional(expected->second);
  }
}

void Workbench::State::applyExpectations() {
  expectedDsc.clear();
  notInModel.reset();
  const auto starts = session->starts();
  if (starts.empty() || starts.back().settings.empty()) return;
  const Json settings = parseJson(starts.back().settings, "start");
  const Json promised = settings.value("expected_dsc", Json::object());
  for (const auto& [key, value] : promised.items()) {
    const Organ* organ = organs.find(key);
    if (organ != nullptr && value.is_number()) expectedDsc[organ->label] = value.get<double>();
  }
  const Json keys = settings.value("organs", Json::array());
  for (const Organ& organ : organs.organs()) {
    const bool known = keys.empty() || std::ranges::find(keys, Json(organ.key)) != keys.end();
    notInModel.set(organ.label, !known);
  }
  applyTimes();
}

std::optional<ContourOrigin> Workbench::origin() const {
  if (!state_->session) return std::nullopt;
  const auto starts = state_->session->starts();
  if (starts.empty()) return std::nullopt;
  const StartSummary& last = starts.back();
  return ContourOrigin{last.name, !last.settings.empty() && parseJson(last.settings, "start").value("demo", false)};
}

void Workbench::State::everySecond() {
  tryUnsavedAgain();
  if (!session) return;
  session->tick();
  applyTimes();
  Q_EMIT owner.organStatusChanged();
}

void Workbench::State::noteHeld() {
  if (!session) return;
  if (toolOpen || owner.strokeActive()) session->noteActivity();
  session->tick();
}

void Workbench::setToolOpen(bool open) { state_->toolOpen = open; }

void Workbench::noteSlice(Plane plane, int slice) {
  if (state_->session) state_->session->noteSlice(plane, slice);
}

void Workbench::noteMeasurement(const SliceMeasurement& measurement) {
  if (state_->session) state_->session->noteMeasurement(measurement);
}

void Workbench::comment(Plane plane, int slice, const QString& text) {
  State& s = *state_;
  if (!s.editable() || text.trimmed().isEmpty()) return;
  s.session->comment({.organ = selectedOrgan(), .plane = plane, .slice = slice, .text = text.trimmed().toStdString()});
  Q_EMIT commentsChanged();
}

void Workbench::check(bool approved, const QString& text) {
  State& s = *state_;
  if (!s.editable()) return;
  acceptCorrection();
  s.session->check(approved, text.trimmed().toStdString());
  Q_EMIT commentsChanged();
  Q_EMIT message(MessageKind::Information,
                 approved ? tr("The case is approved") : tr("The case goes back to the annotator"));
}

void Workbench::noteActivity() {
  if (state_->session) state_->session->noteActivity();
}

void Workbench::noteFocus(bool focused) {
  if (state_->session) state_->session->noteFocus(focused);
}

void Workbench::setPaused(bool paused) {
  if (!state_->session || paused == state_->session->paused()) return;
  state_->session->setPaused(paused);
  Q_EMIT pausedChanged(paused);
}

bool Workbench::figuresKnown() const { return state_->figuresKnown; }
bool Workbench::paused() const { return state_->session && state_->session->paused(); }
double Workbench::activeSeconds() const { return state_->activeSeconds; }

}  // namespace recontour
