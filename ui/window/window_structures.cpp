// Structure sets: which organs they mean, and what leaves as DICOM.
#include <QFileDialog>
#include <algorithm>

#include "ui/panels/brush_panel.h"
#include "ui/panels/comment_panel.h"
#include "ui/panels/edit_rules_editor.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/message_stack.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/scribble_panel.h"
#include "ui/window/export_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/roi_dialog.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::showOrganTable() {
  const OrganTable& organs = workbench_.organs();
  organs_->setOrgans(organs);
  brush_->rulesEditor().setOrgans(organs);
  history_->setOrgans(organs);
  scribble_->setOrgans(organs);
  comments_->setOrgans(organs);
  showPalette();
  if (workbench_.currentCase() != nullptr) showOrganStatus();
}

void MainWindow::askRoiNames(const StructureOffer& offer) {
  auto* dialog = new RoiDialog(offer, workbench_.organs(), this);
  connect(&workbench_, &Workbench::caseOpening, dialog, &QDialog::reject);
  connect(&workbench_, &Workbench::caseClosed, dialog, &QDialog::reject);
  connect(dialog, &RoiDialog::answered, this,
          [this, offer](const RoiKeys& keys) { workbench_.takeStructures(offer, keys); });
  dialog->show();
}

void MainWindow::askExports() {
  auto* dialog = new ExportDialog(workbench_.options().exports, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    workbench_.setExports(dialog->options());
    settings_.setExports(dialog->options());
  });
  dialog->show();
}

void MainWindow::connectBeside() {
  connect(actions_->openPrior, &QAction::triggered, this, &MainWindow::askPrior);
  connect(actions_->openSecond, &QAction::triggered, this, &MainWindow::askSecond);
  connect(actions_->closeBeside, &QAction::triggered, &workbench_, &Workbench::closeBeside);
  connect(actions_->moreSecond, &QAction::triggered, this, [this] { changeSecond(0.1); });
  connect(actions_->lessSecond, &QAction::triggered, this, [this] { changeSecond(-0.1); });
  connect(&workbench_, &Workbench::priorChanged, this, [this] {
    showReference();
    if (const PriorStructures* prior = workbench_.prior())
      messages_->add(MessageKind::Information,
                     tr("Dashed: the contours of %1, to look at.").arg(QString::fromStdString(prior->name)));
  });
  connect(&workbench_, &Workbench::secondSeriesChanged, this, &MainWindow::showSecond);
}

void MainWindow::askPrior() {
  const QString file =
      askFile(tr("Open contours to look at"), tr("Contours (*.dcm *.nii *.nii.gz *.nrrd *.nhdr);;All files (*)"));
  if (!file.isEmpty()) workbench_.openPrior(file.toStdString());
}

void MainWindow::askSecond() {
  const QString folder =
      QFileDialog::getExistingDirectory(this, tr("Open the DICOM folder of a second series"), settings_.lastFolder());
  if (!folder.isEmpty()) workbench_.openSecondSeries(folder.toStdString());
}

void MainWindow::showSecond() {
  const SecondSeries* second = workbench_.secondSeries();
  grid_->setSecond(second != nullptr ? second->volume : Volume(), secondPart_);
  enableActions();
  if (second == nullptr) return;
  messages_->add(MessageKind::Information, tr("%1 is blended in, %2 %; what is measured is the open CT.")
                                               .arg(QString::fromStdString(second->name))
                                               .arg(qRound(100 * secondPart_)));
}

void MainWindow::changeSecond(double by) {
  secondPart_ = std::clamp(secondPart_ + by, 0.0, 1.0);
  showSecond();
}

void MainWindow::reviewAndAccept() {
  if (!workbench_.writesDicom()) return workbench_.accept();
  auto* dialog = new AcceptDialog(workbench_.slicesBeforeAccept(), workbench_.organs(), this);
  connect(&workbench_, &Workbench::caseOpening, dialog, &QDialog::reject);
  connect(&workbench_, &Workbench::caseClosed, dialog, &QDialog::reject);
  connect(dialog, &AcceptDialog::agreed, this, [this](const auto& approval) {
    ExportOptions exports = workbench_.options().exports;
    exports.approval = approval;
    workbench_.setExports(exports);
    workbench_.accept();
  });
  dialog->show();
}

}  // namespace recontour
