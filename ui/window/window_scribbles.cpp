// Scribble mode: its panel in the dock, its strokes in the views, its files.
#include <QAction>
#include <QFileDialog>

#include "core/workbench/scribbling.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/scribble_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/scribble_export_dialog.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectScribbles() {
  Scribbling& scribbling = workbench_.scribbling();
  connect(&scribbling, &Scribbling::modeChanged, this, &MainWindow::showScribbleMode);
  connect(&scribbling, &Scribbling::brushChanged, this, &MainWindow::showTool);
  connect(&scribbling, &Scribbling::changed, this,
          [this](const Box& voxels) { grid_->setScribbles(workbench_.scribbling().raster(), voxels); });
  connect(&scribbling, &Scribbling::coverageChanged, this, &MainWindow::showScribbleFigures);
  connect(&scribbling, &Scribbling::suggested, this,
          [this] { scribble_->showSuggested(workbench_.scribbling().suggestedSlices()); });
  connect(scribble_, &ScribblePanel::brushChanged, &scribbling, &Scribbling::setBrush);
  connect(scribble_, &ScribblePanel::sliceChosen, &grid_->view(Plane::Axial), &SliceView::setSlice);
  connect(scribble_, &ScribblePanel::placeChosen, grid_, &ViewGrid::setCrosshair);
  connect(scribble_, &ScribblePanel::suggestAsked, &scribbling, &Scribbling::suggestSlices);
  connect(scribble_, &ScribblePanel::authorChosen, this, [this](const QString& author) {
    workbench_.scribbling().showAuthor(author.isEmpty() ? std::nullopt : std::optional(author.toStdString()));
  });
  connect(scribble_, &ScribblePanel::agreementChosen, &scribbling, &Scribbling::setAgreement);
  connect(scribble_, &ScribblePanel::correctionsAsked, &scribbling, &Scribbling::addFromCorrections);
  connect(scribble_, &ScribblePanel::addAsked, this, &MainWindow::askScribbles);
  connect(scribble_, &ScribblePanel::saveAsked, this, &MainWindow::askSaveScribbles);
  connect(scribble_, &ScribblePanel::fillAsked, this, [this] {
    const SliceView& view = grid_->activeSlice();
    workbench_.scribbling().fillFrom(view.plane(), view.sliceNumber());
    if (workbench_.correction() != nullptr) chooseTool(ViewTool::Correct);
  });
  connect(scribble_, &ScribblePanel::exportAsked, this,
          [this] { (new ScribbleExportDialog(workbench_.scribbling(), workbench_.organs(), this))->show(); });
  connect(scribble_, &ScribblePanel::ended, this, [this] { chooseTool(ViewTool::Crosshair, true); });
}

/// The dock holds what belongs to strokes, or what belongs to contours.
void MainWindow::showScribbleMode() {
  const bool on = workbench_.scribbling().on();
  if (on) outlineBefore_ = actions_->outlineOnly->isChecked();
  actions_->outlineOnly->setChecked(on || outlineBefore_);  // a stroke of the liver is lost in a liver filled red
  scribble_->setVisible(on);
  measure_->setVisible(!on);
  history_->setVisible(!on);
  showScribbleFigures();
  showTool();
  showNote();
  showOrganStatus();
  enableActions();
}

void MainWindow::showScribbleFigures() {
  const Scribbling& scribbling = workbench_.scribbling();
  scribble_->showCoverage(scribbling.coverage());
  scribble_->showSeconds(workbench_.activeSeconds());
  scribble_->showSuggested(scribbling.suggestedSlices());
  scribble_->showAuthors(scribbling.layer().authors(), scribbling.shownAuthor(), scribbling.conflicts());
}

/// Tab: what it means depends on what is being done.
void MainWindow::flipOrGoOn() {
  if (!workbench_.scribbling().on()) return workbench_.flipRedraw();
  const Label next = workbench_.scribbling().nextWithoutStroke();
  if (next != 0) return chooseOrgan(next);
  messages_->add(MessageKind::Information, tr("Each organ has a stroke"));
}

void MainWindow::askScribbles() {
  const QString file = askFile(tr("Add strokes of another reader"), tr("Strokes (*.json)"));
  if (!file.isEmpty()) workbench_.scribbling().addFrom(file.toStdString());
}

void MainWindow::askSaveScribbles() {
  if (workbench_.currentCase() == nullptr) return;
  const QString name = QString::fromStdString(workbench_.currentCase()->name) + QStringLiteral("_scribbles.json");
  const QString proposed = settings_.lastFolder().isEmpty() ? name : settings_.lastFolder() + QLatin1Char('/') + name;
  const QString file = QFileDialog::getSaveFileName(
      this, tr("Save the strokes as"), proposed,
      tr("Strokes as lines (*.json);;Strokes as a label map, 255 without one (*.nii *.nii.gz *.nrrd)"));
  if (!file.isEmpty()) workbench_.scribbling().saveAs(file.toStdString());
}

}  // namespace recontour
