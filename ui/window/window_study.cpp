// The window of a study's reader.
#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QThread>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "core/study/study_packages.h"
#include "core/workbench/study_reading.h"
#include "ui/panels/case_header.h"
#include "ui/panels/case_list.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/rating_form.h"
#include "ui/panels/scribble_panel.h"
#include "ui/panels/status_line.h"
#include "ui/panels/study_page.h"
#include "ui/panels/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/study_machine.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

using Phase = StudyReading::Phase;

/// Names of studyToolNames() in the order of WindowActions::tools(); looking has none and is always allowed.
constexpr const char* kToolNames[] = {"",
                                      "",
                                      "",
                                      "measure",
                                      "measure",
                                      "brush",
                                      "eraser",
                                      "threshold_brush",
                                      "lasso",
                                      "flood_fill",
                                      "adaptive_brush",
                                      "redraw",
                                      "nudge",
                                      "correct",
                                      "cut",
                                      "scribble"};

StudyPage::Step stepOf(Phase phase, const NextTask& next) {
  switch (phase) {
    case Phase::Locked:
      return StudyPage::Step::Pin;
    case Phase::Opening:
      return StudyPage::Step::Opening;
    case Phase::Ready:
      return StudyPage::Step::Start;
    case Phase::Paused:
      return StudyPage::Step::Paused;
    case Phase::Saving:
      return StudyPage::Step::Saving;
    case Phase::List:
      return next.task ? StudyPage::Step::Next : StudyPage::Step::Finished;
    default:
      return StudyPage::Step::Paused;  // the window has lost the keyboard
  }
}

QString hintOf(StudyPage::Step step, const NextTask& next) {
  if (step == StudyPage::Step::Start)
    return StudyPage::tr(
        "Image and contours appear together, and the clock starts. Revise until the case is "
        "clinically acceptable; it cannot be changed after that.");
  if (step == StudyPage::Step::Paused) return StudyPage::tr("The clock stands still while nothing is shown.");
  if (step != StudyPage::Step::Finished || !next.notBeforeMs) return {};
  const auto when = QDateTime::fromMSecsSinceEpoch(*next.notBeforeMs);
  return StudyPage::tr("The next case may be opened from %1 on.").arg(QLocale().toString(when, QLocale::ShortFormat));
}

}  // namespace

void MainWindow::showStudy(StudyReading& reading) {
  study_ = &reading;
  studyPage_ = new StudyPage;
  stack_->addWidget(studyPage_);
  ratingForm_ = new RatingForm(this);
  guideline_ = new QLabel(this);
  guideline_->setWordWrap(true);
  guideline_->setContentsMargins(12, 8, 12, 8);
  auto* column = static_cast<QVBoxLayout*>(static_cast<QScrollArea*>(dock_)->widget()->layout());
  column->insertWidget(0, ratingForm_);
  column->insertWidget(1, guideline_);
  cases_->hide();
  organsNote_->hide();
  status_->prediction().hide();  // where contours come from is not told
  organs_->setColumns(showsCue("volumes"), showsCue("flags"), showsCue("timer"));
  auto* latency = new InputLatency(this);
  qApp->installEventFilter(latency);
  connect(&reading, &StudyReading::phaseChanged, this, [this, latency] {
    study_->setEnvironment(studyMachine(*this, latency->medianMs()));
    if (study_->phase() == Phase::Opening) hinted_.clear();
    showStudyPhase();
  });
  connect(&reading, &StudyReading::refused, this, &MainWindow::askReasonsAndAccept);
  connect(&reading, &StudyReading::received, studyPage_,
          [this](const QString&, const QString& hash) { studyPage_->setReceipt(hash); });
  connect(&reading, &StudyReading::failed, studyPage_,
          [this](const QString& text) { studyPage_->setMessage(text, true); });
  connect(studyPage_, &StudyPage::pinEntered, this, [this](const QString& pin) {
    if (!study_->unlock(pin)) studyPage_->setMessage(tr("This is not the PIN of this reader."), true);
  });
  connect(studyPage_, &StudyPage::goOnClicked, this, [this] {
    studyPage_->setMessage({}, false);
    if (study_->phase() == Phase::List) return study_->openNext();
    if (study_->phase() == Phase::Ready) return study_->begin();
    study_->setPaused(false);
  });
  connect(studyPage_, &StudyPage::sendClicked, this, &MainWindow::askSendBack);
  connect(ratingForm_, &RatingForm::answered, study_, &StudyReading::answer);
  disconnect(header_, &CaseHeader::pauseToggled, &workbench_, nullptr);
  connect(header_, &CaseHeader::pauseToggled, study_, &StudyReading::setPaused);
  connect(&workbench_, &Workbench::organSelected, this, &MainWindow::showGuideline);
  study_->setEnvironment(studyMachine(*this, -1));
  showStudyPhase();
}

bool MainWindow::showsCue(const char* cue) const { return study_ == nullptr || study_->showsCue(cue); }

/// What is told of organs, without what the arm hides.
std::vector<OrganStatus> MainWindow::shownStatus() const {
  std::vector<OrganStatus> shown = workbench_.organStatus();
  if (study_ == nullptr) return shown;
  for (OrganStatus& status : shown) {
    if (!showsCue("flags")) status.concerns.clear();
    if (!showsCue("uncertainty")) status.expectedDsc.reset(), status.inModel = true;
    if (!showsCue("timer")) status.activeSeconds = 0;
    status.dscBefore.reset();
    status.dscAfter.reset();
  }
  return shown;
}

void MainWindow::acceptCase() { study_ != nullptr ? study_->acceptable() : reviewAndAccept(); }

/// Views show the case while it is read or rated and the window has the keyboard; the study's page is there else.
void MainWindow::showStudyPhase() {
  const NextTask next = study_->next();
  const bool shown = study_->showsImage() && isInFront();
  StudyPage::State state;
  state.step = stepOf(study_->phase(), next);
  state.study = QString::fromStdString(study_->package().title);
  state.reader = QString::fromStdString(study_->package().reader);
  state.accepted = study_->progress().accepted();
  state.cases = static_cast<int>(study_->package().tasks.size());
  state.number = study_->task() != nullptr ? study_->caseNumber() : state.accepted + 1;
  state.practice = study_->task() != nullptr && study_->task()->practice;
  state.simulated = study_->package().simulated;
  state.hint = hintOf(state.step, next);
  studyPage_->setState(state);
  const bool appears = shown && stack_->currentWidget() != grid_;
  if (!shown) {  // what is drawn ends where it is
    workbench_.releaseStroke();
    grid_->cancelStroke();
  }
  stack_->setCurrentWidget(shown ? static_cast<QWidget*>(grid_) : studyPage_);
  for (QWidget* around : {rail_, left_, dock_}) around->setVisible(shown);
  const auto questions = study_->questions();
  if (questions.empty() != ratingForm_->isHidden())  // what is answered already stays
    ratingForm_->ask(questions, study_->package().organs, workbench_.organs());
  noteOpenTool();
  if (appears) grid_->view(Plane::Axial).setFocus();
  organs_->setColumns(showsCue("volumes"), showsCue("flags"), showsCue("timer"));
  showStudyHeader();
  showGuideline();
  showOrganStatus();
  enableActions();
}

void MainWindow::showStudyHeader() {
  const QString pair = QStringLiteral("<span style=\"color:%1\">%2</span> <b>%3</b>&nbsp;&nbsp; ");
  const auto part = [&](const QString& what, const QString& value) {
    return pair.arg(theme().dim.name(), what, value.toHtmlEscaped());
  };
  const ReaderPackage& package = study_->package();
  QString text = part(tr("study"), QString::fromStdString(package.title)) +
                 part(tr("reader"), QString::fromStdString(package.reader));
  if (study_->task() != nullptr)
    text += part(study_->task()->practice ? tr("practice") : tr("case"),
                 tr("%1 of %2").arg(study_->caseNumber()).arg(package.tasks.size()));
  const bool reading = study_->phase() == Phase::Reading;
  header_->setStudy(text, reading && showsCue("timer"), reading);
  setWindowTitle(tr("Study %1 - Recontour").arg(QString::fromStdString(package.title)));
}

void MainWindow::showGuideline() {
  const Organ* organ = workbench_.organs().find(activeOrgan());
  const auto& guidelines = study_->package().guidelines;
  const auto found = organ != nullptr ? guidelines.find(organ->key) : guidelines.end();
  guideline_->setVisible(found != guidelines.end() && !found->second.empty());
  if (found == guidelines.end()) return;
  guideline_->setText(QStringLiteral("<span style=\"color:%1\">%2</span><br>%3")
                          .arg(theme().dim.name(),
                               tr("GUIDELINE: %1").arg(QString::fromStdString(organ->name).toUpper().toHtmlEscaped()),
                               QString::fromStdString(found->second).toHtmlEscaped()));
}

/// After enableActions(): what has no place in a study, and tools that the arm does not allow.
void MainWindow::restrictActions() {
  for (QAction* action :
       {actions_->openFile,      actions_->openFolder,  actions_->watchFolder, actions_->stopWatching,
        actions_->openReference, actions_->openStart,   actions_->exports,     actions_->openPrior,
        actions_->openSecond,    actions_->compareMaps, actions_->labelValues, actions_->nextCase,
        actions_->previousCase,  actions_->approveCase, actions_->returnCase,  actions_->showReference,
        actions_->chooseModel,   actions_->train,       actions_->organTable,  actions_->saveAs,
        actions_->takeOver}) {
    action->setVisible(false);
    action->setEnabled(false);
  }
  for (QMenu* menu : {actions_->modelMenu(), actions_->studyMenu()}) menu->menuAction()->setVisible(false);
  const bool editing = study_->mayEdit();
  for (QAction* action : {actions_->nextPlace, actions_->concernsFirst}) action->setEnabled(showsCue("flags"));
  const auto isShown = [this](const char* cue) { return showsCue(cue); };
  constexpr std::array kInFigures = {"volumes", "state_dots", "flags", "timer"};
  actions_->allOrgans->setEnabled(std::ranges::all_of(kInFigures, isShown));
  scribble_->setInStudy(showsCue("timer"));
  const auto tools = actions_->tools();
  for (std::size_t i = 0; i < tools.size(); ++i) {
    const std::string name = kToolNames[i];
    tools[i]->setVisible(name.empty() || study_->allowsTool(name));
    tools[i]->setEnabled(tools[i]->isVisible() && (name.empty() || editing));
  }
  for (QAction* action : actions_->operations()) {
    action->setVisible(study_->allowsTool("operations"));
    action->setEnabled(action->isVisible() && editing);
  }
  for (QAction* action : {actions_->lastTool, actions_->swapErase}) action->setEnabled(editing);
  if (!editing) {
    for (QAction* action :
         {actions_->undo, actions_->redo, actions_->acceptOrgan, actions_->accept, actions_->absent,
          actions_->outsideScan, actions_->notContourable, actions_->takeBack, actions_->explain,
          actions_->cutByScanEdge, actions_->lock, actions_->comment, actions_->flipRedraw, actions_->acceptCorrection})
      action->setEnabled(false);
    header_->setAccept(false, false);
    if (paints(tool_)) chooseTool(ViewTool::Crosshair);
  } else {
    actions_->accept->setEnabled(true);  // also where nothing had to be changed
    header_->setAccept(true, false);
  }
}

/// What points at errors and is on the screen is told once an organ and case.
void MainWindow::noteHints() {
  if (!study_->mayEdit()) return;
  const auto note = [this](const char* cue, Label organ, bool shown) {
    if (!shown || !showsCue(cue) || hinted_[cue][organ]) return;
    hinted_[cue][organ] = true;
    study_->noteHint(cue, organ, false);
  };
  for (const OrganStatus& status : workbench_.organStatus()) {
    note("flags", status.organ, !status.concerns.empty());
    note("uncertainty", status.organ, status.expectedDsc && *status.expectedDsc < kReliableDsc);
  }
}

void MainWindow::askSendBack() {
  const QString name =
      QStringLiteral("%1-%2-return.zip")
          .arg(QString::fromStdString(study_->package().study), QString::fromStdString(study_->package().reader));
  const QString file = QFileDialog::getSaveFileName(this, tr("What is sent back"), name, tr("Return (*.zip)"));
  if (file.isEmpty()) return;
  studyPage_->setMessage(tr("Packing"), false);
  const auto tell = [this](const QString& text, bool failure) {
    QMetaObject::invokeMethod(this, [this, text, failure] { studyPage_->setMessage(text, failure); });
  };
  auto* thread = QThread::create([package = study_->package(), file, tell] {
    try {
      packReturn(package, file.toStdString());
      tell(tr("Packed: %1. Send it to the coordinator.").arg(file), false);
    } catch (const std::exception& error) {
      tell(QString::fromUtf8(error.what()), true);
    }
  });
  packing_ = thread;
  connect(thread, &QThread::finished, thread, &QObject::deleteLater);
  thread->start();
}

/// In a study tools are those of the arm, and while nothing may be edited those that only look.
bool MainWindow::allowsTool(ViewTool tool) const {
  if (study_ == nullptr) return true;
  const std::string name = kToolNames[static_cast<std::size_t>(tool)];
  return name.empty() || (study_->mayEdit() && study_->allowsTool(name));
}

}  // namespace recontour
