// A watched folder: cases come from there one after the other.
#include <QAction>
#include <QCheckBox>

#include "ui/panels/status_line.h"
#include "ui/window/inbox_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/path_line.h"

namespace recontour {

void MainWindow::connectInbox() {
  connect(actions_->watchFolder, &QAction::triggered, this, &MainWindow::askInbox);
  connect(actions_->stopWatching, &QAction::triggered, &workbench_, &Workbench::stopInbox);
  connect(&workbench_, &Workbench::inboxChanged, this, &MainWindow::showInbox);
}

void MainWindow::watchInbox(const InboxOptions& inbox) {
  if (study_ == nullptr) workbench_.watchInbox(inbox);
}

void MainWindow::useOutbox(const std::filesystem::path& outbox) {
  ExportOptions exports = workbench_.options().exports;
  exports.outbox = outbox;
  if (!outbox.empty()) exports.structureSet = true;
  workbench_.setExports(exports);
}

void MainWindow::askInbox() {
  const QString outbox = QString::fromStdString(workbench_.options().exports.outbox.string());
  auto* dialog = new InboxDialog(settings_.inbox(), outbox, settings_.inboxOpensFirst(), this);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    const QString inbox = dialog->inbox().path();
    settings_.setInbox(inbox);
    settings_.setInboxOpensFirst(dialog->opensFirst().isChecked());
    useOutbox(dialog->outbox().path().toStdString());
    settings_.setExports(workbench_.options().exports);
    watchInbox({inbox.toStdString(), dialog->opensFirst().isChecked()});
  });
  dialog->show();
}

void MainWindow::showInbox() {
  const auto inbox = workbench_.inbox();
  const QString folder = inbox ? QString::fromStdString(inbox->folder.string()) : QString();
  status_->setInbox(inbox ? tr("Inbox: %1 waiting").arg(inbox->waiting) : QString(), folder);
  if (study_ == nullptr) actions_->stopWatching->setEnabled(inbox.has_value());
}

}  // namespace recontour
