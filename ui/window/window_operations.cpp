// Operations of the Organ menu: asked for, previewed, applied.
#include <QAction>
#include <QDoubleSpinBox>
#include <QProgressDialog>
#include <algorithm>

#include "core/session/session.h"
#include "ui/panels/organ_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/operation_dialog.h"
#include "ui/window/organ_picker.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr int kProgressAfterMs = 300;

}  // namespace

void MainWindow::connectOperations() {
  for (std::size_t i = 0; i < kOperationChoices.size(); ++i) {
    const OperationChoice& choice = kOperationChoices[i];
    connect(actions_->operations()[i], &QAction::triggered, this, [this, &choice] { askOperation(choice); });
  }
  connect(&workbench_, &Workbench::operationPreviewed, this, &MainWindow::showPreview);
  connect(&workbench_, &Workbench::operationProgress, this, [this](double part) {
    if (operationProgress_) operationProgress_->setValue(std::clamp(int(100 * part), 0, 99));  // 100 would end it
  });
  connect(&workbench_, &Workbench::operationEnded, this, &MainWindow::endPreview);
}

/// The operation for what is seen and active now.
Operation MainWindow::operationOf(const OperationChoice& choice) const {
  const SliceView& seen = grid_->activeSlice();
  Operation operation{.kind = choice.kind,
                      .organ = activeOrgan(),
                      .amount = choice.amount ? choice.amount->usual : 1,
                      .plane = seen.plane(),
                      .step = choice.step};
  if (isOfSlice(choice.kind)) operation.slice = seen.sliceNumber();
  operation.atMm = pointer_.value_or(grid_->crosshair());
  return operation;
}

void MainWindow::askOperation(const OperationChoice& choice) {
  if (workbench_.caseState() != CaseState::Open) return;
  if (choice.step == 0) return workbench_.cancelOperation();
  const Operation operation = operationOf(choice);
  if (choice.needsOther) return askOther(choice, operation);
  if (choice.amount) return askAmount(choice, operation);
  showRevision();
  runOperation(operation);
}

/// What takes longer than a moment shows how far it is, and can be given up.
void MainWindow::runOperation(const Operation& operation) {
  if (operationProgress_) operationProgress_->deleteLater();
  operationProgress_ =
      new QProgressDialog(QString::fromUtf8(operationName(operation.kind)), tr("Give up"), 0, 100, this);
  operationProgress_->setMinimumDuration(kProgressAfterMs);
  operationProgress_->setValue(0);
  connect(operationProgress_, &QProgressDialog::canceled, &workbench_, &Workbench::cancelOperation);
  workbench_.runOperation(operation);
}

void MainWindow::askAmount(const OperationChoice& choice, Operation operation) {
  const Organ* organ = workbench_.organs().find(operation.organ);
  if (operation_) operation_->reject();
  operation_ = new OperationDialog(choice, organ != nullptr ? QString::fromStdString(organ->name) : QString(), this);
  if (operation.kind == OperationKind::RevertSlices) {  // from the slice that is seen
    operation_->amountBox().setRange(1, workbench_.axisMap().slices(operation.plane));
    operation_->amountBox().setValue(operation.slice + 1);
  }
  const auto with = [operation](double amount) {
    Operation asked = operation;
    asked.amount = amount;
    return asked;
  };
  connect(operation_, &OperationDialog::previewAsked, this, [this, with](double amount) {
    operation_->setBusy();
    workbench_.previewOperation(with(amount));
  });
  connect(operation_, &OperationDialog::applied, this, [this, with](double amount) { runOperation(with(amount)); });
  connect(operation_, &QDialog::rejected, this, [this] {
    workbench_.cancelOperation();
    endPreview();
  });
  operation_->show();
  operation_->move(grid_->mapToGlobal(QPoint(grid_->width() - operation_->width() - 24, 40)));  // off the first view
}

void MainWindow::askOther(const OperationChoice& choice, const Operation& operation) {
  auto* picker = new OrganPicker(workbench_.organs(), activeOrgan(), this);
  connect(picker, &OrganPicker::organChosen, this, [this, &choice, operation](int other) {
    Operation asked = operation;
    asked.other = static_cast<Label>(other);
    if (asked.other == asked.organ) return;
    if (choice.amount) return askAmount(choice, asked);
    runOperation(asked);
  });
  picker->show();
}

/// White and dashed: the organ's own colour would be lost beside its contour.
void MainWindow::showPreview(const LabelMap& labels) {
  const bool ofAll = operation_ && operation_->kind() == OperationKind::SmoothAll;
  grid_->setReference(ofAll ? labels : onlyLabels(labels, LabelSet().set(activeOrgan())));
  if (!operation_ || !showsCue("volumes")) return;
  const double voxelMl = workbench_.currentCase()->geometry.voxelVolumeMm3() / 1000;
  const auto voxels = [&](const LabelMap& map) { return static_cast<double>(labelCounts(map)[activeOrgan()]); };
  operation_->setChange((voxels(labels) - voxels(workbench_.layers().of(activeOrgan()))) * voxelMl);
}

void MainWindow::endPreview() {
  if (operationProgress_) operationProgress_->deleteLater();  // it may be its button that ends the operation
  operationProgress_.clear();
  dashed_ = {};
  grid_->setReference(std::nullopt);
  showOffer();
}

}  // namespace recontour
