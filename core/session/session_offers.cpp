// What a start map offers for organs that the reader had edited before it came.
#include "core/session/session_state.h"

namespace recontour {
namespace {

constexpr const char* kTakeOver = "take over";

/// The last start that is not undone; null without one.
const ReplayedStart* lastStart(const ReplayedSession& session) {
  const auto depth = static_cast<std::size_t>(session.undo.depth());
  const ReplayedStart* last = nullptr;
  for (const ReplayedStart& start : session.starts) {
    if (start.step < depth) last = &start;
  }
  return last;
}

}  // namespace

LabelMap Session::lastStartLabels() const {
  const ReplayedStart* start = lastStart(state_->replayed);
  return start != nullptr ? start->labels : LabelMap();
}

LabelSet Session::offeredOrgans() const {
  const ReplayedSession& r = state_->replayed;
  const ReplayedStart* start = lastStart(r);
  if (start == nullptr) return {};
  LabelSet offered;
  for (const Organ& organ : state_->organs.organs()) {
    offered[organ.label] = start->has[organ.label] && !start->organs[organ.label];
  }
  for (std::size_t step = start->step + 1; step < static_cast<std::size_t>(undoDepth()); ++step) {
    if (r.steps[step].summary.name == kTakeOver) offered.reset(r.steps[step].summary.organ);
  }
  return offered;
}

LabelMap Session::offeredLabels() const {
  const LabelSet offered = offeredOrgans();
  if (offered.none()) return {};
  return onlyLabels(lastStart(state_->replayed)->labels, offered);
}

Box Session::takeOver(Label organ) {
  if (!offeredOrgans()[organ] || strokeActive() || readOnly()) return {};
  const LabelMap present = layers().of(organ), start = lastStart(state_->replayed)->labels;
  const auto edit = begin(kTakeOver, layers().layerOf(organ));
  forEachBrickOfEither(present, start, [&](const Box& box, DenseBox now, const DenseBox& from) {
    for (std::size_t i = 0; i < now.labels.size(); ++i) {
      if (now.labels[i] == organ) now.labels[i] = 0;
      if (from.labels[i] == organ) now.labels[i] = organ;
    }
    edit->write(box, now);
  });
  const Box changed = edit->changedBox();
  edit->commit();
  return changed;
}

}  // namespace recontour
