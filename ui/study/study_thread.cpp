#include "ui/study/study_thread.h"

#include <QMetaObject>
#include <string>

#include "core/base/error.h"

namespace recontour {

CoordinatorStudy& StudyDesk::opened() {
  if (!study) throw Error(notOpen.empty() ? "no study is open" : notOpen);
  return *study;
}

/// Tells how far the work is, at most every few hundred milliseconds.
class StudyThread::Progress final : public ProgressSink {
 public:
  Progress(StudyThread& thread, const Clock& clock) : thread_(thread), clock_(clock) {}
  void progress(std::string_view stage, int done, int total, double) override {
    if (clock_.monotonicMs() - last_ < kEveryMs) return;
    last_ = clock_.monotonicMs();
    const auto name = QString::fromUtf8(stage.data(), static_cast<qsizetype>(stage.size()));
    QMetaObject::invokeMethod(
        &thread_, [&to = thread_, name, done, total] { Q_EMIT to.progressed(name, done, total); },
        Qt::QueuedConnection);
  }

 private:
  static constexpr std::int64_t kEveryMs = 200;
  StudyThread& thread_;
  const Clock& clock_;
  std::int64_t last_ = 0;
};

StudyThread::StudyThread(const Clock& clock, QObject* parent)
    : QObject(parent), clock_(clock), thread_([this](const std::stop_token& end) { loop(end); }) {}

StudyThread::~StudyThread() {
  cancel();
  thread_.request_stop();
  thread_.join();
}

void StudyThread::open(const std::filesystem::path& folder) {
  {
    const std::lock_guard lock(mutex_);
    pending_ -= static_cast<int>(queue_.size());
    queue_.clear();
    ++generation_;
  }
  post({tr("Opening the study"), [folder](StudyDesk& desk) -> Reply {
          desk.study.reset();
          try {
            desk.study = CoordinatorStudy::open(folder, desk.clock);
          } catch (const Error& error) {
            desk.notOpen = error.what();
            throw;
          }
          return [] {};
        }});
}

void StudyThread::cancel() {
  const std::lock_guard lock(mutex_);
  stop_.request_stop();
}

void StudyThread::post(Job job) {
  job.generation = generation_;
  ++pending_;
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  Q_EMIT busyChanged();
}

void StudyThread::loop(const std::stop_token& end) {
  Progress progress(*this, clock_);
  StudyDesk desk{clock_, {}, progress, {}, {}};
  while (!end.stop_requested()) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, end, [this] { return !queue_.empty(); })) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      stop_ = {};
      desk.stop = stop_.get_token();
    }
    work(desk, job);
  }
}

void StudyThread::work(StudyDesk& desk, Job& job) {
  const auto tell = [this](auto call) { QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection); };
  tell([this, what = job.what] { begin(what); });
  Reply reply;
  try {
    reply = job.work(desk);
  } catch (const std::exception& error) {  // whatever it is: a thread must not end the program
    const auto* known = dynamic_cast<const Error*>(&error);
    const QString why =
        known != nullptr && known->kind() == ErrorKind::Cancelled ? tr("cancelled") : QString::fromUtf8(error.what());
    reply = [this, what = job.what, why] { Q_EMIT failed(what, why); };
  }
  tell([this, generation = job.generation, reply] { finish(generation, reply); });
}

void StudyThread::begin(const QString& what) {
  told_ = what;
  Q_EMIT busyChanged();
}

void StudyThread::finish(int generation, const Reply& reply) {
  --pending_;
  told_.clear();
  if (generation == generation_) reply();
  Q_EMIT busyChanged();
}

}  // namespace recontour
