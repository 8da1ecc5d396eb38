// What the reader says of organs, accepting the case, and the table of all figures.
#include <QAction>

#include "core/workbench/study_reading.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/organ_panel.h"
#include "ui/window/figures_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/reason_dialog.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectReview() {
  const auto says = [this](QAction* action, OrganVerdict verdict) {
    connect(action, &QAction::triggered, this, [this, verdict] {
      workbench_.stateOrgan(activeOrgan(), {verdict, {}});
    });
  };
  says(actions_->absent, OrganVerdict::Absent);
  says(actions_->outsideScan, OrganVerdict::OutsideScan);
  says(actions_->notContourable, OrganVerdict::NotContourable);
  says(actions_->cutByScanEdge, OrganVerdict::CutByScanEdge);
  says(actions_->takeBack, OrganVerdict::None);
  connect(actions_->acceptOrgan, &QAction::triggered, this, &MainWindow::acceptOrgan);
  connect(actions_->explain, &QAction::triggered, this,
          [this] { askReasons({activeOrgan()}, tr("Done"), [this] { showOrganStatus(); }); });
  connect(actions_->concernsFirst, &QAction::toggled, this, [this](bool first) {
    settings_.setConcernsFirst(first);
    organs_->setConcernsFirst(first);
  });
  connect(actions_->organTable, &QAction::triggered, this, &MainWindow::editOrganTable);
  connect(actions_->allOrgans, &QAction::triggered, this, &MainWindow::showFigures);
  connect(actions_->nextPlace, &QAction::triggered, this, &MainWindow::goToNextPlace);
  connect(measure_, &MeasurePanel::concernClicked, this, [this](int number) {
    const auto stop = tour_.nextOf(organs_->model(), activeOrgan(), static_cast<std::size_t>(number));
    if (stop) goToPlace(*stop);
  });
  connect(measure_, &MeasurePanel::allOrgansAsked, this, &MainWindow::showFigures);
  connect(organs_, &OrganPanel::menuAsked, this, &MainWindow::showOrganMenu);
  connect(&workbench_, &Workbench::acceptRefused, this, [this] {
    if (study_ == nullptr) askReasonsAndAccept();
  });
}

/// Brings the views to the next place that a warning names, of this organ or of the next one.
void MainWindow::goToNextPlace() {
  const auto stop = tour_.next(organs_->model(), activeOrgan());
  if (!stop) return messages_->add(MessageKind::Information, tr("No open warning names a place."));
  goToPlace(*stop);
}

/// A place with a warning while there are any, then what is merely not done.
void MainWindow::reviewNext() {
  const auto stop = tour_.next(organs_->model(), activeOrgan());
  if (stop) return goToPlace(*stop);
  goToOpenOrgan();
}

void MainWindow::askReasonsAndAccept() {
  askReasons(workbench_.organsWithoutReason(), tr("Accept the case"), [this] { acceptCase(); });
}

void MainWindow::goToPlace(const ConcernTour::Stop& stop) {
  if (study_ != nullptr) study_->noteHint("flags", stop.organ, true);
  workbench_.selectOrgan(stop.organ);
  grid_->setCrosshair(stop.world);
  showMeasure();
}

/// Of the organ under the pointer, which becomes the active one; the views stay.
void MainWindow::showOrganMenu(int organ, const QPoint& at) {
  workbench_.selectOrgan(static_cast<Label>(organ));
  showMenu(&WindowActions::fillOrganMenu, at);
}

/// An organ without a contour needs a reason instead.
void MainWindow::acceptOrgan() {
  if (boundingBox(workbench_.layers().of(activeOrgan()), activeOrgan()).empty()) {
    const OrganModel& model = organs_->model();
    if (!showsCue("flags")) return goToOpenOrgan();  // to ask would tell that it is missing
    if (!explainsNoContour(model.row(model.rowOf(activeOrgan())).status.statement.verdict))
      return askReasons({activeOrgan()}, tr("Next organ"), [this] { goToOpenOrgan(); });
  } else {
    workbench_.stateOrgan(activeOrgan(), {OrganVerdict::Accepted, {}});
  }
  goToOpenOrgan();
}

/// The next organ of the list that nothing was said of, from the active one on.
void MainWindow::goToOpenOrgan() {
  const OrganModel& model = organs_->model();
  const int rows = model.rowCount(), active = model.rowOf(activeOrgan());
  for (int step = 1; step < rows; ++step) {
    const OrganRow& row = model.row((active + step) % rows);
    if (row.status.wanted && !row.done()) return chooseOrgan(row.status.organ);
  }
  const QString key = actions_->accept->shortcut().toString(QKeySequence::NativeText);
  messages_->add(MessageKind::Information, tr("All organs are done. %1 accepts the case.").arg(key));
}

void MainWindow::askReasons(const std::vector<Label>& labels, const QString& goOn, const std::function<void()>& then) {
  std::vector<Organ> organs;
  for (const Label label : labels) organs.push_back(*workbench_.organs().find(label));
  if (organs.empty()) return then();
  auto* dialog = new ReasonDialog(organs, goOn, this);
  connect(dialog, &ReasonDialog::answered, this, [this, then](const std::vector<ReasonDialog::Answer>& answers) {
    for (const ReasonDialog::Answer& answer : answers) workbench_.stateOrgan(answer.organ, answer.statement);
    then();
  });
  dialog->show();
}

void MainWindow::showFigures() {
  if (workbench_.currentCase() == nullptr || !actions_->allOrgans->isEnabled()) return;
  if (!figures_) {
    figures_ = new FiguresDialog(this);
    connect(figures_, &FiguresDialog::saveAsked, this, &MainWindow::askSaveFigures);
    connect(figures_, &FiguresDialog::organChosen, this, [this](int organ) { chooseOrgan(static_cast<Label>(organ)); });
  }
  refreshFigures();
  figures_->show();
  figures_->raise();
}

void MainWindow::refreshFigures() {
  if (!figures_) return;
  if (workbench_.currentCase() == nullptr) return figures_->close(), void();
  figures_->setFigures(workbench_.figures());
}

}  // namespace recontour
