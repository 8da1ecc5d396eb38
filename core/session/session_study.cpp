// What a session records in a study.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/session/session_state.h"

namespace recontour {

void Session::noteStudy(const std::string& facts) { state_->append("study", parseJson(facts, "what a study records")); }

void Session::beginReading() {
  state_->appendPendingSpans();
  state_->append("begin", Json::object());
}

void Session::noteAcceptable() {
  state_->appendPendingSpans();
  state_->append("acceptable", Json::object());
}

void Session::noteForm(const StudyForm& form) {
  state_->appendPendingSpans();
  state_->append("rating", {{"when", form.when}, {"answers", form.answers}, {"t0", form.fromMs}, {"t1", form.toMs}});
}

void Session::noteHint(const StudyHint& hint) {
  state_->append("hint", {{"cue", hint.cue}, {"organ", hint.organ}, {"used", hint.used}});
}

bool Session::hasForms() const {
  return std::ranges::find(state_->timed, TimedEvent::Kind::Form, &TimedEvent::kind) != state_->timed.end();
}

int Session::acceptCount() const {
  return static_cast<int>(std::ranges::count(state_->timed, TimedEvent::Kind::Accept, &TimedEvent::kind));
}

bool Session::endsAccepted() const {
  using Kind = TimedEvent::Kind;
  for (auto event = state_->timed.rbegin(); event != state_->timed.rend(); ++event) {
    if (event->kind == Kind::Accept) return true;
    if (event->kind == Kind::Begin || event->kind == Kind::Stroke || event->kind == Kind::Undo) return false;
  }
  return false;
}

ChainHead Session::chainHead() const {
  if (!state_->writer) throw Error(state_->folder, "is open for reading only: it has no receipt");
  return state_->writer->head();
}

}  // namespace recontour
