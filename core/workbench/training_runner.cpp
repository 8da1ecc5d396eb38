#include "core/workbench/training_runner.h"

#include <QMetaObject>
#include <mutex>
#include <utility>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kDeliverEveryMs = 100;

struct TrainingProgress {
  std::string stage;
  int done = 0, total = 0;
  double secondsLeft = -1;
};

struct TrainingNews {
  std::optional<std::pair<std::string, std::string>> runsOn;  ///< network and device
  std::optional<TrainingProgress> progress;
  std::vector<TrainingPoint> points;
  std::optional<TrainingView> view;
  std::vector<std::string> warnings;
};

}  // namespace

/// Keeps what a run tells until it is asked for.
class TrainingInbox final : public TrainingSink {
 public:
  void progress(std::string_view stage, int done, int total, double secondsLeft) override {
    const std::lock_guard lock(mutex_);
    news_.progress = {std::string(stage), done, total, secondsLeft};
  }
  void runsOn(std::string_view name, std::string_view device) override {
    const std::lock_guard lock(mutex_);
    news_.runsOn = {std::string(name), std::string(device)};
  }
  void point(const TrainingPoint& point) override {
    const std::lock_guard lock(mutex_);
    news_.points.push_back(point);
  }
  void view(const TrainingView& view) override {
    const std::lock_guard lock(mutex_);
    news_.view = view;
  }
  void warning(const std::string& sentence) override {
    const std::lock_guard lock(mutex_);
    news_.warnings.push_back(sentence);
  }
  TrainingNews take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(news_, {});
  }

 private:
  std::mutex mutex_;
  TrainingNews news_;
};

namespace {

bool canGoOn(Trainer& trainer, const TrainingJob& job) {
  try {
    return trainer.canResume(job.model);
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

TrainingRunner::TrainingRunner(std::shared_ptr<Trainer> trainer, QObject* parent)
    : QObject(parent), trainer_(std::move(trainer)) {
  delivery_.setInterval(kDeliverEveryMs);
  connect(&delivery_, &QTimer::timeout, this, &TrainingRunner::deliver);
}

TrainingRunner::~TrainingRunner() = default;

void TrainingRunner::start(const TrainingJob& job) {
  if (std::exchange(running_, true)) return;
  inbox_ = std::make_shared<TrainingInbox>();
  delivery_.start();
  thread_ = std::jthread([this, job, inbox = inbox_](std::stop_token stop) {
    try {
      endWith([this, report = trainer_->train(job, *inbox, stop)] { Q_EMIT finished(report); });
    } catch (const Error& error) {
      const bool refuses = error.kind() != ErrorKind::ModelFailed;
      if (error.kind() != ErrorKind::Cancelled) return fail(job, QString::fromUtf8(error.what()), refuses);
      endWith([this, resumable = canGoOn(*trainer_, job)] { Q_EMIT cancelled(resumable); });
    } catch (const std::exception& error) {  // a thread must not end the program
      fail(job, tr("The training failed: %1").arg(QString::fromUtf8(error.what())));
    }
  });
}

void TrainingRunner::fail(const TrainingJob& job, const QString& error, bool refuses) {
  endWith([this, error, refuses, resumable = canGoOn(*trainer_, job)] {
    if (refuses) return Q_EMIT refused(error, resumable);
    Q_EMIT failed(error, resumable);
  });
}

/// From the run's thread.
template <typename Tell>
void TrainingRunner::endWith(Tell tell) {
  QMetaObject::invokeMethod(this, [this, tell = std::move(tell)] {
    deliver();
    delivery_.stop();
    running_ = false;
    tell();
  });
}

void TrainingRunner::deliver() {
  const TrainingNews news = inbox_->take();
  if (news.runsOn)
    Q_EMIT runsOn(QString::fromStdString(news.runsOn->first), QString::fromStdString(news.runsOn->second));
  if (!news.points.empty()) Q_EMIT pointsCame(news.points);
  if (news.view) Q_EMIT viewCame(*news.view);
  for (const std::string& sentence : news.warnings) Q_EMIT warned(QString::fromStdString(sentence));
  if (!news.progress) return;
  const TrainingProgress& progress = *news.progress;
  Q_EMIT progressed(QString::fromStdString(progress.stage), progress.done, progress.total, progress.secondsLeft);
}

}  // namespace recontour
