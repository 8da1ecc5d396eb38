// Files the reader is asked for, files dropped on the window, and closing.
#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include "core/base/error.h"
#include "core/io/open_case.h"
#include "ui/panels/status_line.h"
#include "ui/window/main_window.h"
#include "ui/window/organ_table_dialog.h"

namespace recontour {

void MainWindow::editOrganTable() {
  auto* dialog = new OrganTableDialog(workbench_.organs(), this);
  connect(dialog, &OrganTableDialog::saved, this, &MainWindow::keepOrganTable);
  dialog->show();
}

/// The open case goes on with the table it was opened with.
void MainWindow::keepOrganTable(const OrganTable& table) {
  const QString file = settings_.organTableFile();
  if (file.isEmpty()) return;
  try {
    writeOrganTable(file.toStdString(), table);
    settings_.setOrganTable(file);
    messages_->add(MessageKind::Information, tr("The organ table is used from the next start of the program on."));
  } catch (const Error& error) {
    messages_->add(MessageKind::Failure, QString::fromStdString(error.what()));
  }
}
namespace {

QString labelFilter() { return MainWindow::tr("Label maps (*.nii *.nii.gz *.nrrd *.nhdr *.hdr)"); }

QString droppedPath(const QMimeData& data) {
  const QList<QUrl> urls = data.urls();
  return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

}  // namespace

QString MainWindow::askFile(const QString& title, const QString& filter) {
  return QFileDialog::getOpenFileName(this, title, settings_.lastFolder(), filter);
}

void MainWindow::askCaseFile() {
  const QString file =
      askFile(tr("Open a CT file"), tr("CT files (*.nii *.nii.gz *.hdr *.nrrd *.nhdr *.zip);;All files (*)"));
  if (!file.isEmpty()) openCase(file.toStdString());
}

void MainWindow::askCaseFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a DICOM folder"), settings_.lastFolder());
  if (!folder.isEmpty()) openPath(folder.toStdString());
}

void MainWindow::openPath(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path) || looksLikeCase(path)) return openCase(path);
  if (!mayLeaveCase()) return;
  opensDemo_ = false;
  workbench_.openFolder(path);
}

void MainWindow::askReference() {
  const QString file = askFile(tr("Open a reference label map"), labelFilter());
  if (!file.isEmpty()) workbench_.openReference(file.toStdString());
}

void MainWindow::askStart() {
  const QString file =
      askFile(tr("Open a label map or structure set to start from"),
              tr("Label maps and structure sets (*.nii *.nii.gz *.nrrd *.nhdr *.hdr *.dcm);;All files (*)"));
  if (!file.isEmpty()) workbench_.openPrediction(file.toStdString());
}

void MainWindow::askSave() {
  if (workbench_.currentCase() == nullptr) return;
  const QString name = QString::fromStdString(workbench_.currentCase()->name) + QStringLiteral("_labels.nii.gz");
  const QString proposed = settings_.lastFolder().isEmpty() ? name : settings_.lastFolder() + QLatin1Char('/') + name;
  const QString file = QFileDialog::getSaveFileName(this, tr("Save the label map as"), proposed,
                                                    tr("Label maps (*.nii *.nii.gz *.nrrd)"));
  if (!file.isEmpty()) workbench_.saveLabelMapAs(file.toStdString());
}

void MainWindow::askSaveFigures() {
  if (workbench_.currentCase() == nullptr) return;
  const QString name = QString::fromStdString(workbench_.currentCase()->name) + QStringLiteral("_figures.csv");
  const QString proposed = settings_.lastFolder().isEmpty() ? name : settings_.lastFolder() + QLatin1Char('/') + name;
  const QString file = QFileDialog::getSaveFileName(this, tr("Save the figures as"), proposed, tr("Tables (*.csv)"));
  if (!file.isEmpty()) workbench_.saveFiguresAs(file.toStdString());
}

void MainWindow::askModel() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Run a model folder (with recontour.json)"));
  if (!folder.isEmpty()) workbench_.predict(folder.toStdString());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (study_ == nullptr && !droppedPath(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString path = droppedPath(*event->mimeData());
  if (path.isEmpty()) return;
  event->acceptProposedAction();
  openPath(path.toStdString());
}

}  // namespace recontour
