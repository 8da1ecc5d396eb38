// That nothing is lost: what is told of it, and how the window and the case are left.
#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QThread>
#include <algorithm>
#include <cstdio>

#include "core/session/session.h"
#include "ui/window/main_window.h"
#include "ui/window/orderly_close.h"
#include "ui/window/safety_strips.h"
#include "ui/window/unfinished_work.h"
#include "ui/window/view_grid.h"

namespace recontour {
namespace {

constexpr qint64 kSessionEndMs = 60000;

QString modelText(const QString& folder, const QString& name, const QString& hash) {
  return MainWindow::tr("Model: %1\nFolder: %2\nSHA-256: %3...").arg(name, folder, hash.left(16));
}

}  // namespace

void MainWindow::connectSafety() {
  ending_ = new OrderlyClose(workbench_, *this);
  connect(ending_, &OrderlyClose::saveAsAsked, this, &MainWindow::askSave);
  connect(ending_, &OrderlyClose::leftUnsaved, this, [this] {
    if (options_.endsAnyway) options_.endsAnyway();
  });
  connect(safety_, &SafetyStrips::saveAsWanted, this, &MainWindow::askSave);
  connect(safety_, &SafetyStrips::stepWanted, this, &MainWindow::showStep);
  connect(safety_, &SafetyStrips::readWanted, this,
          [this](const QString& path) { workbench_.openToRead(path.toStdString()); });
  connect(safety_, &SafetyStrips::otherFolderWanted, this, &MainWindow::askSessionsFolder);
  connect(&workbench_, &Workbench::modelNeedsTrust, this, &MainWindow::askTrust);
  connect(&workbench_, &Workbench::message, this, &MainWindow::tell);
  connect(qApp, &QGuiApplication::commitDataRequest, this, &MainWindow::writeForSessionEnd);
  connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::endUnattended);
  connect(welcome_, &WelcomePane::unfinishedClicked, this,
          [this](const QString& path) { openCase(path.toStdString()); });
}

/// What stands in a strip is not said twice.
void MainWindow::tell(MessageKind kind, const QString& text) {
  const auto& notes = workbench_.session() != nullptr ? workbench_.session()->notes() : std::vector<std::string>();
  const bool ofRecovery =
      workbench_.recovery() != nullptr && std::ranges::find(notes, text.toStdString()) != notes.end();
  const SaveStatus& saving = workbench_.saveStatus();
  const bool ofSaving =
      saving.state == SaveStatus::State::Failed && text.contains(QString::fromStdString(saving.error));
  if (ofRecovery || ofSaving) return messages_->note(kind, text);
  messages_->add(kind, text);
}

void MainWindow::showStep(const StepSummary& step) {
  if (workbench_.caseState() != CaseState::Open) return;
  if (step.organ != 0) workbench_.selectOrgan(step.organ);
  for (const Plane plane : kPlanes) {
    if (planeName(plane) == step.plane) grid_->view(plane).setSlice(step.slice);
  }
}

void MainWindow::askSessionsFolder(const QString& casePath) {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder for sessions, on a disk with space"));
  if (folder.isEmpty()) return;
  workbench_.setSessionsFolder(folder.toStdString());
  openCase(casePath.toStdString());
}

/// A model is a program: nobody's answer is none.
void MainWindow::askTrust(const QString& folder, const QString& name, const QString& hash, bool changed) {
  auto* box = new QMessageBox(
      changed ? QMessageBox::Warning : QMessageBox::Question, tr("Use this model?"),
      changed ? tr("This model is not the one that you agreed to.") : tr("This model is used here for the first time."),
      QMessageBox::NoButton, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  const QString why =
      changed ? tr("Its folder holds other files than before. If you have not exchanged the model yourself, do not use "
                   "it: ask whoever gave it to you.")
              : tr("TorchScript models are programs that run on this machine. Use it only if you know where it comes "
                   "from.");
  box->setInformativeText(why + QStringLiteral("\n\n") + modelText(folder, name, hash));
  const QAbstractButton* use = box->addButton(tr("Use it"), QMessageBox::AcceptRole);
  box->setDefaultButton(box->addButton(tr("Don't use it"), QMessageBox::RejectRole));
  connect(box, &QMessageBox::finished, this, [this, box, use, folder] {
    if (box->clickedButton() == use) workbench_.trustModel(folder.toStdString());
  });
  box->open();
}

bool MainWindow::mayLeaveCase() { return ending_->mayLeaveCase(); }

void MainWindow::openWorkItem(int number) {
  if (mayLeaveCase()) workbench_.openWorkItem(number);
}

/// The desktop's session ends, or the reader keeps it open after all: then the case stays as it is.
void MainWindow::writeForSessionEnd() {
  sessionEnds_.start();
  ending_->write();
}

bool MainWindow::mayClose() {
  if (sessionEnds_.isValid() && !sessionEnds_.hasExpired(kSessionEndMs)) {
    endUnattended();
    return true;
  }
  if (!mayEndTraining() || !ending_->attended()) return false;
  stopTraining();
  return true;
}

void MainWindow::endUnattended() {
  if (options_.endsAnyway && workbench_.session() != nullptr) options_.endsAnyway();
  keepLayout();
  stopTraining();
  if (!ending_->unattended()) std::fputs("recontour: the last changes could not be saved\n", stderr);
}

void MainWindow::offerUnfinished() {
  if (scanning_) return;
  const auto found = std::make_shared<std::vector<UnfinishedWork>>();
  const auto& options = workbench_.options();
  scanning_ =
      QThread::create([found, sessions = options.sessionsFolder, reader = options.reader,
                       organs = workbench_.organs()] { *found = findUnfinishedWork(sessions, reader, organs); });
  scanning_->setParent(this);
  connect(scanning_, &QThread::finished, this, [this, found] {
    scanning_->deleteLater();
    welcome_->setUnfinished(*found);
  });
  scanning_->start();
}

}  // namespace recontour
