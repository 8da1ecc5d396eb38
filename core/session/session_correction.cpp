// Corrections: strokes that stay open until all of them are accepted.
#include <utility>

#include "core/session/session_state.h"

namespace recontour {

bool Session::correcting() const { return state_->correction != nullptr; }

const CorrectionInputs* Session::correction() const {
  return state_->correction ? &state_->correction->inputs() : nullptr;
}

Box Session::beginCorrectionStroke(const CorrectionInputs& settings, Label label, const PointerSample& at) {
  State& s = *state_;
  if (s.stroke && !s.correction) return {};
  if (s.correction && label != 0 && layers().layerOf(label) != layers().layerOf(correction()->organ)) return {};
  if (!s.correction) startCorrection(settings);
  s.correctionEndMs.reset();
  const Box changed = s.correction->beginStroke(label, at, *s.stroke);
  s.noteInput();
  return changed;
}

void Session::startCorrection(const CorrectionInputs& settings) {
  State& s = *state_;
  s.snapshotWhenDue();
  const Label layer = layers().layerOf(settings.organ);
  Correction::Ground ground{layers().layer(layer), s.volume, s.axisMap, s.replayed.locked, s.readOnly, layers()};
  s.correction = std::make_unique<Correction>(settings, std::move(ground));
  s.strokeStartMs = s.clock.monotonicMs();
  s.stroke =
      std::make_unique<EditTransaction>(static_cast<EditTarget&>(*this), "correct", s.correction->lockFilter(), layer);
  s.beginParts("correct", layer);
}

Box Session::beginCorrection(const CorrectionInputs& inputs) {
  State& s = *state_;
  if (s.stroke || s.readOnly) return {};
  CorrectionInputs settings = inputs;
  std::erase_if(settings.strokes, [&](const CorrectionStroke& stroke) {
    return stroke.label != 0 && layers().layerOf(stroke.label) != layers().layerOf(inputs.organ);
  });
  const auto strokes = std::exchange(settings.strokes, {});
  startCorrection(settings);
  s.correctionEndMs = s.strokeStartMs;
  return s.correction->drawAgain(strokes, *s.stroke);
}

Box Session::endCorrectionStroke() {
  State& s = *state_;
  const Box changed = s.correction->endStroke(*s.stroke);
  s.correctionEndMs = s.clock.monotonicMs();
  s.strokeRefusal = s.correction->refusal();
  s.noteInput();
  return changed;
}

Box Session::takeCorrectionStrokeBack() {
  State& s = *state_;
  if (!s.correction) return {};
  if (s.correction->inputs().strokes.size() <= 1) return rejectCorrection();
  s.correctionEndMs = s.clock.monotonicMs();
  const Box changed = s.correction->takeBackStroke(*s.stroke);
  s.noteInput();
  return changed;
}

Box Session::setCorrection(const CorrectionInputs& settings) {
  State& s = *state_;
  if (!s.correction) return {};
  const Box changed = s.correction->setSettings(settings, *s.stroke);
  s.noteInput();
  return changed;
}

Refusal Session::correctionHeldBack() const {
  return state_->correction ? state_->correction->heldBack() : Refusal::None;
}

Box Session::acceptCorrection() {
  State& s = *state_;
  if (!s.correction) return {};
  if (!s.correctionEndMs) endCorrectionStroke();
  const Box changed = s.stroke->changedBox();
  s.stroke->commit(toJson(s.correction->inputs()));
  s.stroke.reset();
  s.correction.reset();
  s.correctionEndMs.reset();
  s.endParts();
  return changed;
}

Box Session::rejectCorrection() { return correcting() ? cancelStroke() : Box{}; }

}  // namespace recontour
