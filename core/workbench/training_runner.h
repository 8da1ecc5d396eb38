#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/workbench/trainer.h"

namespace recontour {

class TrainingInbox;

/// Runs one training at a time on a thread of its own and tells of it on the GUI thread, at most ten times a second:
/// points that came meanwhile arrive together, and of progress and views the latest. No call waits for the disk.
/// Destruction ends a run and waits only until its worker is ended; it can go on later.
class TrainingRunner final : public QObject {
  Q_OBJECT
 public:
  explicit TrainingRunner(std::shared_ptr<Trainer> trainer, QObject* parent = nullptr);
  ~TrainingRunner() override;
  void start(const TrainingJob& job);  ///< nothing happens while one runs
  void cancel() { thread_.request_stop(); }
  bool running() const { return running_; }

 Q_SIGNALS:
  void runsOn(const QString& network, const QString& device);
  void progressed(const QString& stage, int done, int total, double secondsLeft);
  void pointsCame(const std::vector<recontour::TrainingPoint>& points);
  void viewCame(const recontour::TrainingView& view);
  void warned(const QString& sentence);  ///< about the cases
  // One of these ends a run.
  void finished(const recontour::TrainingReport& report);
  void cancelled(bool resumable);
  void failed(const QString& error, bool resumable);
  void refused(const QString& error, bool resumable);  ///< settings or data that cannot be trained on as they are

 private:
  void deliver();
  template <typename Tell>
  void endWith(Tell tell);
  void fail(const TrainingJob& job, const QString& error, bool refuses = false);

  std::shared_ptr<Trainer> trainer_;
  std::shared_ptr<TrainingInbox> inbox_;
  QTimer delivery_;
  bool running_ = false;
  std::jthread thread_;  // last: it tells the rest
};

}  // namespace recontour
