// Strokes, undo, start maps, locks: all that changes labels.
#include <algorithm>
#include <utility>

#include "core/workbench/workbench_internal.h"

namespace recontour {
QString Workbench::State::refusalText(Refusal why) {
  switch (why) {
    case Refusal::Locked:
      return Workbench::tr("Nothing was changed: what lies there is locked");
    case Refusal::OtherOrgan:
      return Workbench::tr("Nothing was changed: another organ lies there. Shift+Ctrl paints over it for one stroke");
    case Refusal::OutsideArea:
      return Workbench::tr("Nothing was changed: these slices are outside the area that may be edited");
    case Refusal::OutsideHu:
      return Workbench::tr("Nothing was changed: no voxel there has the HU that may be edited");
    case Refusal::ReadOnly:
      return Workbench::tr("The case is open for reading only");
    case Refusal::None:
      break;
  }
  return {};
}

const LabelLayers& Workbench::layers() const { return state_->session ? state_->session->layers() : state_->noLabels; }
const LabelMap& Workbench::labels() const { return layers().organs(); }
Label Workbench::selectedOrgan() const { return state_->session ? state_->session->selectedOrgan() : Label{1}; }
bool Workbench::isLocked(Label organ) const { return state_->session && state_->session->isLocked(organ); }
const BrushSettings& Workbench::brush() const { return state_->brush; }
bool Workbench::strokeActive() const {
  return state_->session && (state_->session->strokeActive() || state_->scribbling.active());
}
bool Workbench::canUndo() const {
  if (scribbling().on()) return scribbling().canUndo();
  if (correction() != nullptr) return true;
  return state_->editable() && state_->session->canUndo() && undoDepth() > state_->undoFloor();
}

/// Steps that stay: in a study the contours that the case starts from.
int Workbench::State::undoFloor() const {
  if (!options.studyTask || session == nullptr) return 0;
  const auto steps = session->steps();
  return !steps.empty() && steps.front().isStart ? 1 : 0;
}

bool Workbench::canRedo() const {
  if (scribbling().on()) return scribbling().canRedo();
  return state_->editable() && state_->session->canRedo();
}
int Workbench::undoDepth() const { return state_->session ? state_->session->undoDepth() : 0; }

void Workbench::selectOrgan(Label organ) {
  if (!state_->session || selectedOrgan() == organ) return;
  state_->session->selectOrgan(organ);
  Q_EMIT organSelected(organ);
}

void Workbench::setLocked(Label organ, bool locked) {
  if (!state_->session) return;
  acceptCorrection();
  state_->session->setLocked(organ, locked);
  Q_EMIT organStatusChanged();
}

void Workbench::stateOrgan(Label organ, const OrganStatement& statement) {
  State& s = *state_;
  const Organ* entry = s.organs.find(organ);
  acceptCorrection();
  if (!s.editable() || s.session->strokeActive() || entry == nullptr) return;
  const bool drawn = !boundingBox(layers().of(organ), organ).empty();
  const QString name = QString::fromStdString(entry->name);
  const bool needsContour =
      statement.verdict == OrganVerdict::Accepted || statement.verdict == OrganVerdict::CutByScanEdge;
  if (needsContour && !drawn)
    return Q_EMIT message(MessageKind::Warning, tr("%1 has no contour: draw it, or say why there is none").arg(name));
  if (explainsNoContour(statement.verdict) && drawn && !s.clearOrgan(organ))
    return Q_EMIT message(MessageKind::Warning, tr("%1 is locked and keeps its contour").arg(name));
  s.session->stateOrgan(organ, statement);
  s.accepted = false;
  s.applyTimes();
  Q_EMIT organStatusChanged();
}

bool Workbench::State::clearOrgan(Label organ) {
  if (session->isLocked(organ)) return false;
  const Box changed = session->clear(organ);
  labelsEdited(changed);
  editEnded(changed);
  return true;
}

void Workbench::setBrush(const BrushSettings& settings) {
  state_->brush = settings;
  if (correction() != nullptr) {
    state_->labelsEdited(state_->session->setCorrection(state_->correctionSettings()));
    Q_EMIT correctionChanged();
  }
  Q_EMIT brushChanged();
}

StrokeInputs Workbench::State::strokeFrom(const PointerSample& at, bool erase) const {
  StrokeInputs stroke{{session->selectedOrgan(), brush.radiusMm, brush.ball, erase, brush.pressureSize},
                      {},
                      brush.kind,
                      brush.hu,
                      brush.rules};
  const bool encloses = stroke.kind == StrokeKind::Lasso || stroke.kind == StrokeKind::Polygon;
  if (encloses && !erase) stroke.lasso = brush.lasso;
  // These are about what other organs have; asking for them is leave to change those.
  const bool ofOthers = stroke.lasso != LassoAction::Fill || stroke.kind == StrokeKind::Cut;
  if (ofOthers) stroke.rules.overwrite = EditRules::Overwrite::All;
  if (at.shift && at.control) stroke.rules.overwrite = EditRules::Overwrite::All;  // for this stroke
  return stroke;
}

void Workbench::pressStroke(const PointerSample& at, bool erase) {
  State& s = *state_;
  if (!s.session || s.held) return;
  if (scribbling().on()) return scribbling().press(at, erase && !at.control);
  if (!s.brush.corrects) acceptCorrection();
  if (s.session->strokeActive() && correction() == nullptr) return;
  const Label organ = s.session->selectedOrgan();
  if (readOnly()) return Q_EMIT strokeRefused(State::refusalText(Refusal::ReadOnly), organ);
  if (s.session->isLocked(organ)) {
    const Organ* entry = s.organs.find(organ);
    return Q_EMIT strokeRefused(tr("%1 is locked").arg(QString::fromStdString(entry ? entry->name : "This organ")),
                                organ);
  }
  if (s.brush.corrects) return s.pressCorrection(at, erase);
  if (erase && !s.mayErase) return Q_EMIT strokeRefused(tr("This study has no eraser here"), organ);
  s.labelsEdited(s.session->beginStroke(s.strokeFrom(at, erase), at));
}

void Workbench::dragStroke(const PointerSample& to) {
  if (scribbling().active()) return scribbling().drag(to);
  if (strokeActive()) state_->labelsEdited(state_->session->continueStroke(to));
  if (correction() != nullptr) Q_EMIT correctionChanged();
}

void Workbench::releaseStroke() {
  if (scribbling().active()) return scribbling().release();
  if (!strokeActive()) return;
  if (correction() != nullptr) return state_->releaseCorrection();
  const Box changed = state_->session->endStroke();
  state_->labelsEdited(changed);  // some tools draw at the end
  if (const Refusal why = state_->session->strokeRefusal(); why != Refusal::None)
    Q_EMIT strokeRefused(State::refusalText(why), selectedOrgan());
  state_->editEnded(changed);
}

void Workbench::cancelStroke() {
  if (scribbling().active()) return scribbling().cancel();
  if (!strokeActive()) return;
  if (correction() != nullptr) return takeCorrectionStrokeBack();
  state_->labelsEdited(state_->session->cancelStroke());
  state_->editEnded({});
}

bool Workbench::canFlipRedraw() const {
  if (scribbling().on() || correction() != nullptr || !canUndo() || canRedo()) return false;
  const StrokeKind kind = state_->session->lastStroke().kind;
  const bool flips = kind == StrokeKind::Redraw || kind == StrokeKind::Cut;
  return flips && history().back().name == strokeKindName(kind);
}

void Workbench::flipRedraw() {
  if (!canFlipRedraw()) return;
  StrokeInputs again = state_->session->lastStroke();
  again.flipped = !again.flipped;
  goToStep(undoDepth() - 1);
  state_->session->beginStroke(again, again.samples.front());
  for (std::size_t i = 1; i < again.samples.size(); ++i) state_->session->continueStroke(again.samples[i]);
  releaseStroke();
}

void Workbench::drawPolygon(const std::vector<PointerSample>& corners, bool erase) {
  const StrokeKind kind = std::exchange(state_->brush.kind, StrokeKind::Polygon);  // nobody is told: it comes back
  pressStroke(corners.front(), erase);
  for (std::size_t i = 1; i < corners.size(); ++i) dragStroke(corners[i]);
  releaseStroke();
  state_->brush.kind = kind;
}

std::vector<StepSummary> Workbench::history() const {
  return state_->session ? state_->session->steps() : std::vector<StepSummary>();
}

void Workbench::goToStep(int depth) {
  acceptCorrection();
  if (!state_->editable() || strokeActive()) return;
  Session& session = *state_->session;
  Box changed;
  try {
    while (session.undoDepth() > std::max(state_->undoFloor(), depth) && session.undoBlockedBy() == 0)
      changed = unite(changed, session.undo());
    while (session.undoDepth() < depth && session.canRedo() && session.redoBlockedBy() == 0)
      changed = unite(changed, session.redo());
  } catch (const Error& error) {
    state_->fail(error.what());
  }
  const Label locked = session.undoDepth() > std::max(0, depth) ? session.undoBlockedBy()
                       : session.undoDepth() < depth            ? session.redoBlockedBy()
                                                                : Label{0};
  if (const Organ* organ = state_->organs.find(locked))
    Q_EMIT strokeRefused(tr("%1 is locked, and that step changed it").arg(QString::fromStdString(organ->name)), locked);
  state_->applyExpectations();  // a start may have gone or come back
  state_->labelsEdited(changed);
  state_->editEnded(changed);
}

LabelSet Workbench::offeredOrgans() const { return state_->session ? state_->session->offeredOrgans() : LabelSet(); }

LabelMap Workbench::offeredLabels() const { return state_->session ? state_->session->offeredLabels() : LabelMap(); }

void Workbench::takeOver(Label organ) {
  acceptCorrection();
  if (!state_->editable()) return;
  const Box changed = state_->session->takeOver(organ);
  state_->labelsEdited(changed);
  state_->editEnded(changed);
}

void Workbench::play(const Event& event) {
  State& s = *state_;
  if (!s.session || !s.options.readOnly) return;
  const Label selected = selectedOrgan();
  const Box changed = s.session->play(event);
  if (selected != selectedOrgan()) Q_EMIT organSelected(selectedOrgan());
  if (event.type == "start") s.applyExpectations();
  s.labelsEdited(changed);
  s.editEnded(changed);
  if (event.type == "start") Q_EMIT startTaken();
  if (event.type == "comment" || event.type == "check") Q_EMIT commentsChanged();
  if (event.type.starts_with("scribble")) s.scribbling.changedNow(s.opened->geometry.box());
  if (event.type == "lock" || event.type == "organ_state") s.everySecond();
}

void Workbench::undo() {
  if (scribbling().on()) return scribbling().undo();
  if (correction() != nullptr) return takeCorrectionStrokeBack();
  if (canUndo()) goToStep(undoDepth() - 1);
}

void Workbench::redo() {
  if (scribbling().on()) return scribbling().redo();
  if (canRedo()) goToStep(undoDepth() + 1);
}

void Workbench::State::labelsEdited(const Box& changed) {
  if (!changed.empty()) Q_EMIT owner.labelsChanged(changed);
}

void Workbench::State::editEnded(const Box& changed) {
  if (!changed.empty()) {
    accepted = false;
    requestFigures();
    if (scribbling.on()) scribbling.requestCoverage();  // its costs are beside these labels
    Q_EMIT owner.editFinished();
    Q_EMIT owner.undoChanged();
  }
  if (waitingStart) takeStart(*std::exchange(waitingStart, std::nullopt));
}

bool Workbench::State::refusesContours() {
  if (options.fromNothing)
    Q_EMIT owner.message(MessageKind::Warning, Workbench::tr("This case is annotated from nothing: no contours or "
                                                             "references from elsewhere are taken"));
  return options.fromNothing;
}

void Workbench::State::takeStart(StartMap start) {
  if (refusesContours()) return;
  if (!writable()) return fail("the case is open for reading only; the labels were not taken");
  if (session->strokeActive()) {  // never under the reader's hand
    waitingStart = std::move(start);
    return;
  }
  const Box changed = session->addStart(start);
  applyExpectations();
  labelsEdited(changed);
  editEnded(changed);
  Q_EMIT owner.startTaken();
}

}  // namespace recontour
