// Networks that learn from strokes: the dialog, what becomes of its model, and closing meanwhile.
#include <QAction>

#include "core/session/session.h"
#include "ui/window/main_window.h"
#include "ui/window/training_dialog.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectTraining() {
  connect(actions_->train, &QAction::triggered, this, [this] {
    training().show();
    training().raise();
    training().activateWindow();
  });
}

TrainingDialog& MainWindow::training() {
  if (training_ != nullptr) return *training_;
  training_ = new TrainingDialog(workbench_, options_.trainer ? options_.trainer : makeWorkerTrainer(),
                                 settings_.training(), this);
  connect(training_, &TrainingDialog::choicesChanged, this,
          [this](const QVariantMap& choices) { settings_.setTraining(choices); });
  connect(training_, &TrainingDialog::modelWanted, this, &MainWindow::useTrainedModel);
  connect(training_, &TrainingDialog::ended, this, [this](bool finished, const QString& said) {
    if (training_->isVisible()) return;  // it says so itself
    messages_->add(finished ? MessageKind::Information : MessageKind::Warning, said,
                   {tr("Show"), [this] { actions_->train->trigger(); }});
  });
  return *training_;
}

/// It draws first contours from now on, and those of the open case now.
void MainWindow::useTrainedModel(const QString& folder) {
  const bool open = workbench_.session() != nullptr;
  const bool hadStart = open && workbench_.session()->hasStarts();
  answerModel(folder);  // a case without a start gets one
  if (open && (hadStart || workbench_.prediction().state != PredictionStatus::State::Running))
    workbench_.predict(folder.toStdString());
}

bool MainWindow::mayEndTraining() const { return training_ == nullptr || training_->mayClose(); }

void MainWindow::stopTraining() {
  if (training_ != nullptr) training_->cancel();
}

}  // namespace recontour
