// What is connected to what.
#include <QAction>
#include <QMenu>
#include <QTimer>

#include "core/workbench/scribbling.h"
#include "ui/panels/brush_panel.h"
#include "ui/panels/case_header.h"
#include "ui/panels/case_list.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/model_question.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/status_line.h"
#include "ui/panels/welcome_pane.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/key_sheet.h"
#include "ui/window/main_window.h"
#include "ui/window/model_menu.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectCase() {
  connect(&workbench_, &Workbench::caseOpening, this, &MainWindow::showOpening);
  connect(&workbench_, &Workbench::openProgress, this, &MainWindow::showOpenProgress);
  connect(&workbench_, &Workbench::firstSlice, grid_, &ViewGrid::showFirstSlice);
  connect(&workbench_, &Workbench::caseOpened, this, &MainWindow::showCase);
  connect(&workbench_, &Workbench::caseFailed, this, &MainWindow::showFailure);
  connect(&workbench_, &Workbench::seriesFound, this, &MainWindow::askSeries);
  connect(&workbench_, &Workbench::labelValuesFound, this, &MainWindow::askLabelValues);
  connect(&workbench_, &Workbench::organsChanged, this, &MainWindow::showOrganTable);
  connect(&workbench_, &Workbench::structuresFound, this, &MainWindow::askRoiNames);
  connect(&workbench_, &Workbench::workListChanged, this, &MainWindow::showCases);
  connect(cases_, &CaseList::caseChosen, this, &MainWindow::openWorkItem);
  connect(cases_, &CaseList::folderAsked, this, &MainWindow::askCaseFolder);
  connect(&workbench_, &Workbench::caseClosed, this, &MainWindow::showNoCase);
  connect(&workbench_, &Workbench::startTaken, this, &MainWindow::hideUnreliable);
  connect(&workbench_, &Workbench::startTaken, this, &MainWindow::showPrediction);
  connect(&workbench_, &Workbench::startTaken, this, &MainWindow::tellOffer);
  connect(&workbench_, &Workbench::referenceChanged, this, &MainWindow::showReference);
  connect(&workbench_, &Workbench::predictionChanged, this, &MainWindow::showPrediction);
  connect(&workbench_, &Workbench::saveStatusChanged, this, &MainWindow::showSaved);
  connect(&workbench_, &Workbench::acceptFinished, this, &MainWindow::showAccepted);
  connect(&workbench_, &Workbench::labelMapSaved, this,
          [this](const QString& file) { messages_->add(MessageKind::Information, tr("Saved %1").arg(file)); });
  connect(&workbench_, &Workbench::labelMapFound, this, &MainWindow::offerLabelMap);
  connect(&workbench_, &Workbench::predictionFailed, this, &MainWindow::tellFailedPrediction);
  connect(question_, &ModelQuestion::answered, this, &MainWindow::answerModel);
  connect(question_, &ModelQuestion::folderWanted, this, &MainWindow::askOwnModel);
  connect(modelMenu_, &ModelMenu::modelChosen, this, &MainWindow::answerModel);
  connect(modelMenu_, &ModelMenu::folderWanted, this, &MainWindow::askOwnModel);
  connect(modelMenu_, &ModelMenu::deviceChosen, this, &MainWindow::chooseDevice);
}

void MainWindow::connectEditing() {
  connect(&workbench_, &Workbench::labelsChanged, this, &MainWindow::showLabels);
  connect(&workbench_, &Workbench::editFinished, this, &MainWindow::showEditEnd);
  connect(&workbench_, &Workbench::organStatusChanged, this, &MainWindow::showOrganStatus);
  connect(&workbench_, &Workbench::organSelected, this, &MainWindow::showActiveOrgan);
  connect(&workbench_, &Workbench::undoChanged, this, &MainWindow::showUndo);
  connect(&workbench_, &Workbench::brushChanged, this, &MainWindow::showTool);
  connect(&workbench_, &Workbench::correctionChanged, this, &MainWindow::showCorrection);
  connect(actions_->acceptCorrection, &QAction::triggered, &workbench_, &Workbench::acceptCorrection);
  connect(&brush_->correctionEditor(), &CorrectionEditor::accepted, &workbench_, &Workbench::acceptCorrection);
  connect(&brush_->correctionEditor(), &CorrectionEditor::rejected, &workbench_, &Workbench::rejectCorrection);
  connect(&workbench_, &Workbench::pausedChanged, this, &MainWindow::showOrganStatus);
  connect(&workbench_, &Workbench::strokeRefused, this, [this](const QString& reason, int organ) {
    organs_->flashLock(static_cast<Label>(organ));
    messages_->add(MessageKind::Warning, reason);
  });
  connect(header_, &CaseHeader::pauseToggled, &workbench_, &Workbench::setPaused);
  connect(header_, &CaseHeader::acceptClicked, actions_->accept, &QAction::trigger);
  connect(header_, &CaseHeader::nextClicked, this, &MainWindow::reviewNext);
  connect(&status_->prediction(), &PredictionLine::cancelClicked, &workbench_, &Workbench::cancelPrediction);
  connect(&status_->prediction(), &PredictionLine::againClicked, &workbench_, &Workbench::predictAgain);
  connect(marksTimer_, &QTimer::timeout, this, &MainWindow::showMarks);
}

void MainWindow::connectFileActions() {
  const auto on = [this](QAction* action, void (MainWindow::*call)()) {
    connect(action, &QAction::triggered, this, call);
  };
  on(actions_->openFile, &MainWindow::askCaseFile);
  on(actions_->openFolder, &MainWindow::askCaseFolder);
  connect(actions_->nextCase, &QAction::triggered, this, [this] { openWorkItem(workbench_.currentWorkItem() + 1); });
  connect(actions_->previousCase, &QAction::triggered, this,
          [this] { openWorkItem(workbench_.currentWorkItem() - 1); });
  on(actions_->openReference, &MainWindow::askReference);
  on(actions_->openStart, &MainWindow::askStart);
  on(actions_->exports, &MainWindow::askExports);
  on(actions_->compareMaps, &MainWindow::compareLabelMaps);
  on(actions_->labelValues, &MainWindow::changeLabelValues);
  on(actions_->saveAs, &MainWindow::askSave);
  on(actions_->chooseModel, &MainWindow::askModel);
  connect(actions_->accept, &QAction::triggered, this, &MainWindow::acceptCase);
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(actions_, &WindowActions::modelChosen, this,
          [this](const QString& folder) { workbench_.predict(folder.toStdString()); });
  connect(actions_->cancelPrediction, &QAction::triggered, &workbench_, &Workbench::cancelPrediction);
  connect(actions_->about, &QAction::triggered, this, [this] { showAbout(this); });
  connect(actions_->keySheet, &QAction::triggered, this, [this] { showKeySheet(actions_->groups(), this); });
  connect(actions_->editKeys, &QAction::triggered, this, &MainWindow::changeKeys);
  connect(actions_->messages, &QAction::triggered, this, [this] { showMessageLog(messages_->log(), this); });
  connect(welcome_, &WelcomePane::openFileClicked, this, &MainWindow::askCaseFile);
  connect(welcome_, &WelcomePane::openFolderClicked, this, &MainWindow::askCaseFolder);
  connect(welcome_, &WelcomePane::demoClicked, this, &MainWindow::openDemo);
  connect(welcome_, &WelcomePane::recentClicked, this, [this](const QString& path) { openCase(path.toStdString()); });
}

void MainWindow::connectViewActions() {
  connect(actions_->fit, &QAction::triggered, grid_, &ViewGrid::fit);
  connect(actions_->centreCursor, &QAction::triggered, grid_, &ViewGrid::centreOnCrosshair);
  connect(actions_->nextShown, &QAction::triggered, this, [this] { showInTurn(1); });
  connect(actions_->previousShown, &QAction::triggered, this, [this] { showInTurn(-1); });
  connect(actions_->compare, &QAction::triggered, this, &MainWindow::setBeside);
  connect(grid_, &ViewGrid::comparisonEnded, this, [this] { actions_->compare->setChecked(false); });
  connect(actions_->nextSlice, &QAction::triggered, this, [this] { grid_->stepSlice(1); });
  connect(actions_->previousSlice, &QAction::triggered, this, [this] { grid_->stepSlice(-1); });
  connect(actions_->autoWindow, &QAction::triggered, grid_, &ViewGrid::windowFromPicture);
  connect(actions_->resetWindow, &QAction::triggered, this, [this] { grid_->setWindowLevel(kAbdomenWindow); });
  connect(actions_->maximise, &QAction::triggered, grid_, &ViewGrid::toggleActiveMaximised);
  connect(actions_->lightTheme, &QAction::toggled, this, &MainWindow::chooseTheme);
  connect(actions_->arrangement, &QAction::triggered, grid_, &ViewGrid::nextArrangement);
  connect(actions_, &WindowActions::windowChosen, grid_, &ViewGrid::setWindowLevel);
  connect(actions_->keepWindow, &QAction::triggered, this, &MainWindow::keepWindow);
  connect(actions_->forgetWindows, &QAction::triggered, this, [this] {
    settings_.setOwnWindows({});
    actions_->setOwnWindows({});
  });
  for (QAction* option : {actions_->smooth, actions_->crosshair, actions_->annotations}) {
    connect(option, &QAction::toggled, this, &MainWindow::showSliceOptions);
  }
  connect(actions_->showReference, &QAction::triggered, &workbench_, &Workbench::setReferenceShown);
  connect(actions_->hideLabels, &QAction::toggled, this, [this](bool hide) {
    display_.allHidden = hide;
    showPalette();
  });
  connect(actions_->outlineOnly, &QAction::toggled, this, [this](bool only) {
    display_.outlineOnly = only;
    showPalette();
  });
  connect(organs_, &OrganPanel::showAllAsked, this, [this] {
    for (const Organ& organ : workbench_.organs().organs()) setOrganVisible(organ.label, true);
  });
  connect(organs_, &OrganPanel::fillChanged, this, &MainWindow::setFill);
  connect(actions_->moreOpaque, &QAction::triggered, this, [this] { changeFill(0.1); });
  connect(actions_->lessOpaque, &QAction::triggered, this, [this] { changeFill(-0.1); });
}

void MainWindow::connectToolActions() {
  const auto tools = actions_->tools();
  for (std::size_t i = 0; i < tools.size(); ++i) {
    connect(tools[i], &QAction::triggered, this, [this, i] { chooseTool(static_cast<ViewTool>(i)); });
  }
  connect(actions_->lastTool, &QAction::triggered, this, [this] { chooseTool(previousTool_); });
  connect(actions_->noTool, &QAction::triggered, this, &MainWindow::putToolAway);
  connect(actions_->swapErase, &QAction::triggered, this,
          [this] { chooseTool(tool_ == ViewTool::Brush ? ViewTool::Eraser : ViewTool::Brush); });
  connect(actions_->larger, &QAction::triggered, this, [this] { stepBrush(1); });
  connect(actions_->smaller, &QAction::triggered, this, [this] { stepBrush(-1); });
  connect(actions_->ball, &QAction::triggered, this, [this](bool ball) {
    BrushSettings brush = workbench_.brush();
    brush.ball = ball;
    workbench_.setBrush(brush);
  });
  connect(actions_->flipRedraw, &QAction::triggered, this, &MainWindow::flipOrGoOn);
  connect(actions_->pickHu, &QAction::triggered, this, &MainWindow::pickHu);
  connect(brush_, &BrushPanel::brushChanged, &workbench_, &Workbench::setBrush);
  connect(actions_->undo, &QAction::triggered, this, [this] {
    if (workbench_.correction() != nullptr || workbench_.scribbling().on()) return workbench_.undo();
    goToStep(workbench_.undoDepth() - 1);
  });
  connect(actions_->redo, &QAction::triggered, this,
          [this] { workbench_.scribbling().on() ? workbench_.redo() : goToStep(workbench_.undoDepth() + 1); });
  connect(history_, &HistoryPanel::stepChosen, this, &MainWindow::goToStep);
}

void MainWindow::connectOrgans() {
  connect(organs_, &OrganPanel::organChosen, this, [this](int organ) { chooseOrgan(static_cast<Label>(organ)); });
  connect(organs_, &OrganPanel::organCentred, this, [this](int organ) { centreOrgan(static_cast<Label>(organ)); });
  connect(organs_, &OrganPanel::visibilityToggled, this,
          [this](int organ, bool visible) { setOrganVisible(static_cast<Label>(organ), visible); });
  const auto lock = [this](Label organ, bool locked) {
    workbench_.setLocked(organ, locked);
    organs_->setLocked(organ, workbench_.isLocked(organ));
  };
  connect(organs_, &OrganPanel::lockToggled, this,
          [lock](int organ, bool locked) { lock(static_cast<Label>(organ), locked); });
  connect(actions_->lock, &QAction::triggered, this,
          [this, lock] { lock(activeOrgan(), !workbench_.isLocked(activeOrgan())); });
  connect(actions_->pickOrgan, &QAction::triggered, this, &MainWindow::pickOrgan);
  connect(grid_, &ViewGrid::organPicked, this, &MainWindow::pickOrganAt);
  connect(actions_->takeOver, &QAction::triggered, this, [this] { workbench_.takeOver(activeOrgan()); });
  connect(actions_->centre, &QAction::triggered, this, [this] { centreOrgan(activeOrgan()); });
  connect(actions_->nextOrgan, &QAction::triggered, this, [this] { chooseNeighbour(1); });
  connect(actions_->previousOrgan, &QAction::triggered, this, [this] { chooseNeighbour(-1); });
  for (QAction* action : actions_->organs()) {
    connect(action, &QAction::triggered, this, [this, number = action->data().toUInt()] {
      const auto& table = workbench_.organs().organs();
      if (number < table.size()) chooseOrgan(table[number].label);
    });
  }
}

/// A menu of its own each time, at a place of the screen.
void MainWindow::showMenu(void (WindowActions::*fill)(QMenu&), const QPoint& at) {
  if (workbench_.caseState() != CaseState::Open) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  (actions_->*fill)(*menu);
  menu->popup(at);
}

void MainWindow::connectViews() {
  connect(grid_, &ViewGrid::menuAsked, this,
          [this](const QPoint& at) { showMenu(&WindowActions::fillPictureMenu, at); });
  connect(grid_, &ViewGrid::hovered, this, &MainWindow::showPointer);
  connect(grid_, &ViewGrid::sliceChanged, &workbench_, &Workbench::noteSlice);
  connect(grid_, &ViewGrid::strokePressed, this, &MainWindow::pressStroke);
  connect(grid_, &ViewGrid::strokeMoved, &workbench_, &Workbench::dragStroke);
  connect(grid_, &ViewGrid::strokeReleased, &workbench_, &Workbench::releaseStroke);
  connect(grid_, &ViewGrid::strokeCancelled, &workbench_, &Workbench::cancelStroke);
  connect(grid_, &ViewGrid::measured, &workbench_, &Workbench::noteMeasurement);
  connect(grid_, &ViewGrid::polygonClosed, this, &MainWindow::fillPolygon);
  connect(grid_, &ViewGrid::brushSizeStep, this, &MainWindow::stepBrush);
}

}  // namespace recontour
