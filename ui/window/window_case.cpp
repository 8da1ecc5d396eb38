// What the window shows of the case, its labels, its prediction and its saving.
#include <QAction>
#include <QDesktopServices>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>
#include <QUrl>
#include <cmath>
#include <utility>

#include "core/session/session.h"
#include "core/workbench/scribbling.h"
#include "ui/panels/brush_panel.h"
#include "ui/panels/case_header.h"
#include "ui/panels/case_list.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/model_question.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/scribble_panel.h"
#include "ui/panels/status_line.h"
#include "ui/panels/study_page.h"
#include "ui/panels/welcome_pane.h"
#include "ui/window/main_window.h"
#include "ui/window/organ_place.h"
#include "ui/window/shipped_files.h"
#include "ui/window/step_thumbnail.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::openCase(const std::filesystem::path& path) {
  if (!mayLeaveCase()) return;
  opensDemo_ = false;
  workbench_.openCase(path);
}

void MainWindow::openDemo() {
  if (!mayLeaveCase()) return;
  opensDemo_ = true;
  workbench_.openCase(demoCase().image);
}

void MainWindow::showHeader() {
  const Case* opened = workbench_.currentCase();
  if (study_ != nullptr) return showStudyHeader();
  if (opened == nullptr) return header_->setCase({}, {}, false, false);
  const auto& options = workbench_.options();
  header_->setCase(QString::fromStdString(opened->name), QString::fromStdString(options.reader), opened->synthetic,
                   workbench_.readOnly());
}

void MainWindow::showOpening(const QString& name) {
  if (study_ == nullptr) stack_->setCurrentWidget(grid_);
  shown_ = 0;
  grid_->clear(tr("Opening %1").arg(name), ViewMessage::Busy);
  question_->hide();
  organsNote_->hide();
  showCases();
  dashed_ = {};
  tour_.forget();
  if (study_ != nullptr) return;
  header_->setCase(name, QString::fromStdString(workbench_.options().reader), false, workbench_.readOnly());
  setWindowTitle(tr("%1 - Recontour").arg(name));
  status_->prediction().setOpening(tr("opening"), 0, 0);
}

void MainWindow::showCases() {
  const int current = workbench_.currentWorkItem(), count = static_cast<int>(workbench_.workList().size());
  cases_->setCases(workbench_.workList(), current);
  actions_->nextCase->setEnabled(current + 1 < count);
  actions_->previousCase->setEnabled(current > 0);
}

void MainWindow::showOpenProgress(const QString& stage, int done, int total) {
  status_->prediction().setOpening(total > 0 ? tr("%1 %2 of %3").arg(stage).arg(done).arg(total) : stage, done, total);
}

void MainWindow::showCase() {
  const Case& opened = *workbench_.currentCase();
  showHeader();
  if (study_ == nullptr) settings_.addRecentCase(QString::fromStdString(opened.source.string()));
  status_->prediction().setOpening({}, 0, 0);
  grid_->showCase(opened, workbench_.axisMap());
  brush_->rulesEditor().setSlices(workbench_.axisMap().slices(Plane::Axial));
  crosshairAtOpening_ = grid_->crosshair();
  grid_->setLabels(workbench_.layers());
  grid_->setSurfaces(workbench_.layers(), opened.geometry);
  for (const Plane plane : kPlanes) workbench_.noteSlice(plane, grid_->view(plane).sliceNumber());
  for (const Organ& organ : workbench_.organs().organs())
    organs_->setLocked(organ.label, workbench_.isLocked(organ.label));
  hideUnreliable();
  showOrganInSlices(activeOrgan());
  showActiveOrgan();
  showReference();
  showPrediction();
  showUndo();
  grid_->view(Plane::Axial).setFocus();
  if (study_ != nullptr) return;
  if (opensDemo_) {
    startDemo();
  } else if (opened.synthetic && !modelChoice()) {
    runDemoModel();
  }
  askForModel();
}

void MainWindow::startDemo() {
  const auto reference = demoCase().reference;
  if (workbench_.reference() == nullptr && std::filesystem::exists(reference)) workbench_.openReference(reference);
  runDemoModel();
}

/// Synthetic cases are the only ones that a model labels without being asked for.
void MainWindow::runDemoModel() {
  const auto model = demoModel();
  const bool started =
      workbench_.session()->hasStarts() || workbench_.options().predictionFile || workbench_.options().model;
  if (model && !started && !workbench_.readOnly()) workbench_.predict(*model);
}

void MainWindow::showFailure(const QString& message) {
  showNoCase();
  welcome_->setFailure(message);
  messages_->add(MessageKind::Failure, message);
}

void MainWindow::showNoCase() {
  setWindowTitle(tr("Recontour"));
  if (study_ == nullptr) header_->setCase({}, {}, false, false);
  grid_->clear({}, ViewMessage::Empty);
  welcome_->setFailure({});
  welcome_->setRecent(settings_.recentCases());
  welcome_->setDemoAvailable(std::filesystem::exists(demoCase().image));
  stack_->setCurrentWidget(study_ != nullptr ? static_cast<QWidget*>(studyPage_) : welcome_);
  status_->setReading(std::nullopt);
  status_->prediction().setStatus({});
  status_->setSaveStatus({}, false);
  showOrganStatus();
  showUndo();
}

void MainWindow::showLabels(const Box& changed) {
  grid_->setLabels(workbench_.layers(), changed);
  if (grid_->crosshair() == crosshairAtOpening_) showOrganInSlices(activeOrgan());  // nobody has looked around yet
  if (!bringsChangeIntoView_) return;
  grid_->setCrosshair(broughtInto(changed, workbench_.axisMap(), grid_->crosshair()));
}

void MainWindow::showEditEnd() {
  grid_->setSurfaces(workbench_.layers(), workbench_.axisMap().geometry());
  marksTimer_->start();
  refreshOtherMaps();
  showOrganStatus();
  enableActions();
}

void MainWindow::showOrganStatus() {
  const bool open = workbench_.caseState() == CaseState::Open;
  const bool compared = workbench_.reference() != nullptr && workbench_.referenceShown();
  const bool hasStart = open && workbench_.session()->hasStarts();
  organs_->setStatus(shownStatus(), {workbench_.accepted(), compared, hasStart || workbench_.undoDepth() > 0, hasStart,
                                     workbench_.figuresKnown() && showsCue("flags"), workbench_.scribbling().on(),
                                     showsCue("volumes"), showsCue("state_dots")});
  scribble_->showSeconds(workbench_.activeSeconds());
  const OrganModel& model = organs_->model();
  const bool reviewed = !workbench_.readOnly() && model.rowCount() > 0 && model.row(0).list.hasLabels;
  header_->setLeft(reviewed && showsCue("flags") ? model.wanted() - model.done() : 0);
  header_->setTime(workbench_.activeSeconds(), workbench_.paused());
  showMeasure();
  refreshFigures();
  organsNote_->setVisible(study_ == nullptr && !open && workbench_.caseState() != CaseState::Opening);
  if (study_ != nullptr) noteHints();
}

void MainWindow::showMeasure() {
  measure_->setVisible(showsCue("volumes") && !workbench_.scribbling().on());
  const int row = organs_->model().rowOf(activeOrgan());
  if (workbench_.caseState() != CaseState::Open || row < 0) return measure_->setState(std::nullopt);
  MeasureState state;
  const OrganRow& organ = organs_->model().row(row);
  state.organ = organ.name;
  state.colour = organ.colour;
  state.status = organ.status;
  state.hasReference = workbench_.reference() != nullptr;
  state.referenceShown = workbench_.referenceShown();
  state.hasLabels = organ.list.hasLabels;
  state.counted = organ.list.counted;
  state.hasStart = organ.list.hasStart;
  const auto& stop = tour_.last();
  if (stop && stop->organ == activeOrgan()) state.place = {stop->concern, stop->place};
  measure_->setState(state);
}

void MainWindow::showPrediction() {
  const PredictionStatus& status = workbench_.prediction();
  status_->prediction().setStatus(status);
  status_->prediction().setOrigin(workbench_.origin());
  const bool bare = workbench_.caseState() == CaseState::Open && !workbench_.origin() && !workbench_.canUndo();
  if (bare && status.state == PredictionStatus::State::None) status_->prediction().setWaiting();
  showNote();
  enableActions();
}

/// Over the axial view: what waits, for the reader or by itself.
void MainWindow::showNote() {
  const PredictionStatus& status = workbench_.prediction();
  const bool running = status.state == PredictionStatus::State::Running;
  if (workbench_.correction() != nullptr) return grid_->setNote(tr("Not accepted yet: Enter accepts, Esc rejects"));
  if (!running && workbench_.scribbling().on()) return grid_->setNote(tr("Scribble mode: strokes change no contour"));
  if (!running) return grid_->setNote({});
  grid_->setNote(
      status.secondsLeft >= 0
          ? tr("Contours in about %1 s. You can look around and draw meanwhile.").arg(std::ceil(status.secondsLeft))
          : tr("The model is being prepared. You can look around and draw meanwhile."));
}

void MainWindow::showReference() {
  const LabelMap* reference = workbench_.reference();
  const bool shown = reference != nullptr && workbench_.referenceShown();
  actions_->showReference->setChecked(shown);
  refreshOtherMaps();
  showOffer();
  showOrganStatus();
  enableActions();
}

/// Dashed lines: the reference where it is shown, else prior contours, else what the last start offers.
void MainWindow::showOffer() {
  const LabelMap* reference = workbench_.reference();
  const bool referenceShown = reference != nullptr && workbench_.referenceShown();
  const PriorStructures* prior = workbench_.prior();
  const bool shown = referenceShown || prior != nullptr;
  const std::pair wanted{shown, shown ? LabelSet() : workbench_.offeredOrgans()};
  if (std::exchange(dashed_, wanted) == wanted && !shown) return;
  if (referenceShown) return grid_->setReference(*reference);
  if (prior != nullptr) return grid_->setReference(prior->labels, true);
  const LabelMap offered = workbench_.offeredLabels();
  grid_->setReference(offered.empty() ? std::nullopt : std::optional(offered), true);
}

/// Organs that were edited before the contours came have kept them; says so once.
void MainWindow::tellOffer() {
  showOffer();
  QStringList names;
  const LabelSet offered = workbench_.offeredOrgans();
  for (const Organ& organ : workbench_.organs().organs()) {
    if (offered[organ.label]) names += QString::fromStdString(organ.name);
  }
  if (names.isEmpty()) return;
  messages_->add(MessageKind::Information,
                 tr("Your contour was kept: %1. The new one is dashed; T takes it over for the active organ.")
                     .arg(names.join(QStringLiteral(", "))));
}

void MainWindow::showSaved() { status_->setSaveStatus(workbench_.saveStatus(), workbench_.readOnly()); }

/// What the reader may have overlooked: organs that nothing was said of. Empty when there are none.
QString MainWindow::whatIsLeftOpen(const OrganModel& model) {
  QStringList notSeen, warned;
  for (int i = 0; i < model.rowCount(); ++i) {
    const OrganRow& row = model.row(i);
    if (row.status.statement.verdict != OrganVerdict::None) continue;
    if (!row.empty() && !row.status.seen && !row.status.edited) notSeen += row.name;
    if (!row.status.concerns.empty()) warned += row.name;
  }
  QStringList texts;
  if (!notSeen.isEmpty()) texts += tr("not scrolled through: %1").arg(notSeen.join(QStringLiteral(", ")));
  if (!warned.isEmpty()) texts += tr("warnings open: %1").arg(warned.join(QStringLiteral(", ")));
  return texts.join(QStringLiteral("; "));
}

void MainWindow::showAccepted(const QString& folder) {
  showOrganStatus();
  enableActions();
  if (study_ != nullptr) return;  // the receipt says so
  const MessageAction open{tr("Open"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }};
  const QString files = tr("revision.nii.gz and result.json are in %1").arg(folder);
  const QString leftOpen = whatIsLeftOpen(organs_->model());
  if (leftOpen.isEmpty()) return messages_->add(MessageKind::Information, tr("Accepted. %1").arg(files), open);
  messages_->add(MessageKind::Warning, tr("Accepted, though %1. %2").arg(leftOpen, files), open);
}

/// Start maps have none: a whole patient on a thumbnail says nothing.
QImage MainWindow::thumbnailOf(int number, const StepSummary& step) const {
  if (workbench_.currentCase() == nullptr || step.isStart) return {};
  try {
    return stepThumbnail(workbench_.session()->changesOf(number), step, workbench_.currentCase()->volume,
                         workbench_.axisMap(), grid_->windowLevel(), organPalette(workbench_.organs()), kThumbnailPx);
  } catch (const Error&) {
    return {};  // going there will say why
  }
}

void MainWindow::showUndo() {
  status_->setUndoDepth(workbench_.undoDepth());
  history_->setSteps(workbench_.history(), workbench_.undoDepth());
  if (!workbench_.referenceShown()) showOffer();
  history_->setCaseOpen(workbench_.caseState() == CaseState::Open);
  if (workbench_.prediction().state == PredictionStatus::State::None)
    showPrediction();  // says whether there is a start
  showOrganStatus();
  enableActions();
}

void MainWindow::enableActions() {
  const bool open = workbench_.caseState() == CaseState::Open;
  const bool editable = open && !workbench_.readOnly();
  actions_->takeOver->setEnabled(editable && workbench_.offeredOrgans()[activeOrgan()]);
  actions_->undo->setEnabled(workbench_.canUndo());
  actions_->flipRedraw->setEnabled(workbench_.canFlipRedraw() ||
                                   workbench_.scribbling().on());  // or Tab moves the keyboard's focus
  actions_->redo->setEnabled(workbench_.canRedo());
  for (QAction* action : {actions_->openStart, actions_->chooseModel}) action->setEnabled(editable);
  for (QAction* action :
       {actions_->acceptOrgan, actions_->absent, actions_->outsideScan, actions_->notContourable, actions_->explain,
        actions_->cutByScanEdge, actions_->takeBack, actions_->comment, actions_->approveCase, actions_->returnCase})
    action->setEnabled(editable);
  for (QAction* action : {actions_->openReference, actions_->labelValues, actions_->saveAs, actions_->lock})
    action->setEnabled(open);
  actions_->showReference->setEnabled(workbench_.reference() != nullptr);
  const bool hasSecond = workbench_.secondSeries() != nullptr;
  for (QAction* action : {actions_->openPrior, actions_->openSecond}) action->setEnabled(open);
  for (QAction* action : {actions_->moreSecond, actions_->lessSecond}) action->setEnabled(hasSecond);
  actions_->closeBeside->setEnabled(hasSecond || workbench_.prior() != nullptr);
  actions_->cancelPrediction->setEnabled(workbench_.prediction().state == PredictionStatus::State::Running);
  const bool hasWork = open && (workbench_.session()->hasStarts() || workbench_.undoDepth() > 0 ||
                                !workbench_.scribbling().layer().strokes().empty());
  actions_->accept->setEnabled(editable && hasWork);
  header_->setAccept(editable && hasWork, workbench_.accepted());
  if (study_ != nullptr) restrictActions();
}

}  // namespace recontour
