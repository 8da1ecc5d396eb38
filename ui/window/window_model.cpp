// Which model draws the first contours, and what happens when it cannot or need not.
#include <QFileDialog>
#include <QFileInfo>

#include "core/session/session.h"
#include "ui/panels/model_question.h"
#include "ui/window/main_window.h"
#include "ui/window/model_menu.h"
#include "ui/window/shipped_files.h"

namespace recontour {

std::optional<QString> MainWindow::modelChoice() const {
  if (workbench_.options().model) return QString::fromStdString(workbench_.options().model->string());
  return modelChosen_ ? std::optional(QString()) : settings_.modelChoice();
}

/// Once per person, and only where the answer matters.
void MainWindow::askForModel() {
  const bool matters = !workbench_.readOnly() && !workbench_.options().fromNothing &&
                       !workbench_.options().predictionFile && !workbench_.session()->hasStarts() &&
                       !workbench_.currentCase()->synthetic;
  question_->setVisible(options_.asksForModel && matters && !modelChoice());
}

void MainWindow::answerModel(const QString& folder) {
  modelChosen_ = true;
  question_->hide();
  settings_.setModelChoice(folder);
  workbench_.setModel(folder.isEmpty() ? std::nullopt : std::optional<std::filesystem::path>(folder.toStdString()));
  modelMenu_->setModel(modelChoice());
}

void MainWindow::askOwnModel() {
  const QString folder =
      QFileDialog::getExistingDirectory(this, tr("The model for the first contours (with recontour.json)"));
  if (!folder.isEmpty()) return answerModel(folder);
  modelMenu_->setModel(modelChoice());
}

void MainWindow::chooseDevice(const QString& device) {
  settings_.setDevice(device);
  workbench_.setDevice(device.toStdString());
}

void MainWindow::offerLabelMap(const QString& file, bool reference) {
  const QFileInfo info(file);
  const QString name = info.dir().dirName() + QLatin1Char('/') + info.fileName();
  const auto take = [this, file, of = workbench_.currentCase()->source](auto open) {
    return [this, file, of, open] {  // the message may outlive the case
      const Case* now = workbench_.currentCase();
      if (now != nullptr && now->source == of) (workbench_.*open)(file.toStdString());
    };
  };
  if (!reference) {
    return messages_->add(MessageKind::Information, tr("%1 lies beside this CT.").arg(name),
                          {tr("Start from it"), take(&Workbench::openPrediction)});
  }
  if (workbench_.reference() != nullptr || opensDemo_) return;
  messages_->add(MessageKind::Information,
                 tr("%1 looks like the reference of this CT, what is thought to be true. It is no start.").arg(name),
                 {tr("Compare with it"), take(&Workbench::openReference)});
}

void MainWindow::tellFailedPrediction(const QString& error) {
  messages_->add(
      MessageKind::Failure,
      tr("The model failed: %1. Your contours are as they were; the Model menu has other models and devices.")
          .arg(error),
      {tr("Run again"), [this] { workbench_.predictAgain(); }});
}

}  // namespace recontour
