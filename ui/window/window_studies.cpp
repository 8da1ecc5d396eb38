// Studies from the menu. Each opens in a program of its own: a reader's window shows nothing else.
#include <QAction>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QProcess>

#include "core/base/clock.h"
#include "core/base/folders.h"
#include "ui/panels/welcome_pane.h"
#include "ui/study/study_wizard.h"
#include "ui/window/main_window.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

void openInAnotherWindow(const QString& study) {
  QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--study"), study});
}

}  // namespace

void MainWindow::connectStudies() {
  connect(actions_->newStudy, &QAction::triggered, this, &MainWindow::askNewStudy);
  connect(actions_->openStudy, &QAction::triggered, this, &MainWindow::askStudyToCoordinate);
  connect(actions_->readStudy, &QAction::triggered, this, &MainWindow::askPackage);
  connect(welcome_, &WelcomePane::studyClicked, this, &MainWindow::askPackage);
}

void MainWindow::askNewStudy() {
  static const SystemClock kClock;
  auto* wizard = new StudyWizard(kClock, dataFolder(), this);
  wizard->setAttribute(Qt::WA_DeleteOnClose);
  connect(wizard, &StudyWizard::finishedWith, this, &openInAnotherWindow);
  wizard->open();
}

void MainWindow::askStudyToCoordinate() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of the study"), settings_.lastFolder());
  if (folder.isEmpty()) return;
  if (QFileInfo::exists(folder + QStringLiteral("/study.json"))) return openInAnotherWindow(folder);
  messages_->add(MessageKind::Warning, tr("%1 is no study: there is no study.json in it").arg(folder));
}

void MainWindow::askPackage() {
  const QString file =
      QFileDialog::getOpenFileName(this, tr("Package of a study"), settings_.lastFolder(), tr("Packages (*.zip)"));
  if (!file.isEmpty()) openInAnotherWindow(file);
}

}  // namespace recontour
