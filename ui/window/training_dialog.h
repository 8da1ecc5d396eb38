#pragma once
#include <QDialog>
#include <QVariantMap>
#include <functional>
#include <memory>

#include "core/workbench/job_queue.h"
#include "core/workbench/training_outlook.h"
#include "core/workbench/training_runner.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace recontour {

class TrainingForm;
class TrainingLive;
class Workbench;

/// Trains a network from cases with strokes while the reader goes on revising: what to learn from, how it goes, and
/// what came of it. Closing it only hides it; the training goes on. The workbench must outlive it.
class TrainingDialog final : public QDialog {
  Q_OBJECT
 public:
  /// @param kept  choices of the last time, see choicesChanged()
  TrainingDialog(Workbench& workbench, std::shared_ptr<Trainer> trainer, const QVariantMap& kept, QWidget* parent);
  ~TrainingDialog() override;
  void setFolders(const QString& cases, const QString& model);  ///< and looks into them
  void start(bool resumes);
  void cancel() { runner_.cancel(); }
  bool running() const { return runner_.running(); }
  /// The program is to close: asks once where a training runs, which ends with it. @return false: it stays open
  bool mayClose() const { return !running() || ask_(); }
  void setAsker(std::function<bool()> asker) { ask_ = std::move(asker); }  ///< in place of a box

  TrainingForm& form() { return *form_; }
  TrainingLive& live() { return *live_; }
  QPushButton& startButton() { return *start_; }
  QPushButton& resumeButton() { return *resume_; }
  QPushButton& cancelButton() { return *cancel_; }
  QPushButton& useButton() { return *use_; }
  QPushButton& folderButton() { return *folder_; }
  QString said() const;

 Q_SIGNALS:
  void looked();  ///< what the form says was looked at; startButton() says whether it can start
  void choicesChanged(const QVariantMap& choices);
  void modelWanted(const QString& folder);         ///< as the one that draws contours
  void ended(bool finished, const QString& said);  ///< a training, in whatever way

 private:
  QWidget* buildForm();
  QWidget* buildFoot();
  void connectRunner();
  void lookAtCases();
  void lookAhead();
  void showOutlook(const TrainingOutlook& outlook);
  void showProgress(const QString& stage, int done, int total, double secondsLeft);
  void showFinished(const TrainingReport& report);
  void showStopped(const QString& what, bool resumable, bool fails);
  void showRefused(const QString& error, bool resumable);
  void endWith(const QString& text, bool resumable, bool fails, const QString& what);
  void showButtons();
  void showWarnings();
  void say(const QString& text, bool fails = false);
  bool askBox();

  Workbench& workbench_;
  std::shared_ptr<Trainer> trainer_;
  std::function<bool()> ask_;
  TrainingOutlook outlook_;
  int looks_ = 0;         ///< asked for
  bool known_ = false;    ///< outlook_ is of what the form says
  QString device_;        ///< where the training runs
  QString model_;         ///< that was trained; empty before
  QStringList warnings_;  ///< about the cases
  TrainingForm* form_ = nullptr;
  TrainingLive* live_ = nullptr;
  QLabel *said_ = nullptr, *warned_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QPushButton *start_ = nullptr, *resume_ = nullptr, *cancel_ = nullptr, *use_ = nullptr, *folder_ = nullptr;
  TrainingRunner runner_;
  JobQueue looking_;  // last: it tells the rest
};

}  // namespace recontour
