// Corrections by strokes that say what lies where.
#include <utility>

#include "core/workbench/workbench_internal.h"

namespace recontour {

const CorrectionInputs* Workbench::correction() const {
  return state_->session ? state_->session->correction() : nullptr;
}

CorrectionInputs Workbench::State::correctionSettings() const {
  CorrectionInputs settings{brush.correction, session->selectedOrgan(), brush.reachMm};
  settings.rules = brush.rules;
  return settings;
}

void Workbench::State::pressCorrection(const PointerSample& at, bool erase) {
  const LabelLayers& layers = session->layers();
  const CorrectionInputs* running = session->correction();
  if (running != nullptr && layers.layerOf(running->organ) != layers.layerOf(session->selectedOrgan()))
    owner.acceptCorrection();
  if (session->correction() == nullptr) toldHeldBack = false;
  CorrectionInputs settings = correctionSettings();
  if (at.shift && at.control) settings.rules.overwrite = EditRules::Overwrite::All;
  labelsEdited(session->beginCorrectionStroke(settings, erase ? Label{0} : session->selectedOrgan(), at));
  Q_EMIT owner.correctionChanged();
}

void Workbench::State::releaseCorrection() {
  try {
    labelsEdited(session->endStroke());
  } catch (const Error& error) {
    fail(error.what());
    labelsEdited(session->takeCorrectionStrokeBack());
  }
  if (const Refusal why = session->strokeRefusal(); why != Refusal::None)
    Q_EMIT owner.strokeRefused(refusalText(why), session->selectedOrgan());
  const bool heldBack = session->correctionHeldBack() == Refusal::OtherOrgan;
  if (heldBack && !std::exchange(toldHeldBack, true))
    Q_EMIT owner.message(MessageKind::Information,
                         Workbench::tr("A part of the line lies in another organ, which stays "
                                       "as it is: see Over in the panel at the right"));
  Q_EMIT owner.correctionChanged();
  Q_EMIT owner.undoChanged();
}

void Workbench::acceptCorrection() {
  if (correction() == nullptr) return;
  const Box changed = state_->session->acceptCorrection();
  state_->labelsEdited(changed);
  state_->editEnded(changed);
  Q_EMIT undoChanged();
  Q_EMIT correctionChanged();
}

void Workbench::takeCorrectionStrokeBack() {
  if (correction() == nullptr) return;
  const Box changed = state_->session->takeCorrectionStrokeBack();
  state_->labelsEdited(changed);
  if (correction() == nullptr) state_->editEnded({});  // it was the first
  Q_EMIT undoChanged();
  Q_EMIT correctionChanged();
}

void Workbench::rejectCorrection() {
  if (correction() == nullptr) return;
  state_->labelsEdited(state_->session->rejectCorrection());
  state_->editEnded({});
  Q_EMIT undoChanged();
  Q_EMIT correctionChanged();
}

}  // namespace recontour
