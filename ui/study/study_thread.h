#pragma once
#include <QObject>
#include <QString>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "core/base/progress_sink.h"
#include "core/study/coordinator_study.h"

namespace recontour {

/// What work on the thread of a study has at hand.
struct StudyDesk {
  const Clock& clock;
  std::optional<CoordinatorStudy> study;
  ProgressSink& progress;
  std::stop_token stop;
  std::string notOpen{};       ///< why there is no study
  CoordinatorStudy& opened();  ///< @throws Error where no study is open, saying why
};

/// Does all work on a study's folder and store, one piece after the other, on a thread of its own: a connection to the
/// store belongs to the thread that opened it, and the window never waits for a disk. Results come back to the thread
/// of this object; those of a study that is no longer the open one are dropped.
class StudyThread final : public QObject {
  Q_OBJECT
 public:
  explicit StudyThread(const Clock& clock, QObject* parent = nullptr);
  ~StudyThread() override;  ///< asks what is under way to stop and waits for it

  /// Work that waits is dropped, and so are results that are on their way.
  void open(const std::filesystem::path& folder);
  /// @param what  as people are told what is under way; empty for what they need not know of
  /// @param work  R(StudyDesk&), on the thread. @param take  void(const R&), on this object's thread
  template <typename Work, typename Take>
  void run(const QString& what, Work work, Take take) {
    post({what, [work = std::move(work), take = std::move(take)](StudyDesk& desk) -> Reply {
            return [take, result = work(desk)] { take(result); };
          }});
  }
  void cancel();                                     ///< what is under way
  bool isBusy() const { return pending_ > 0; }       ///< something is under way or waits
  const QString& underWay() const { return told_; }  ///< empty: nothing that people are told of

 Q_SIGNALS:
  void busyChanged();
  void progressed(const QString& stage, int done, int all);
  void failed(const QString& what, const QString& why);

 private:
  using Reply = std::function<void()>;
  struct Job {
    QString what;
    std::function<Reply(StudyDesk&)> work;
    int generation = 0;
  };
  class Progress;
  void post(Job job);
  void loop(const std::stop_token& end);
  void work(StudyDesk& desk, Job& job);
  void begin(const QString& what);
  void finish(int generation, const Reply& reply);

  const Clock& clock_;
  std::mutex mutex_;  ///< of queue_ and stop_
  std::condition_variable_any wake_;
  std::deque<Job> queue_;
  std::stop_source stop_;
  int generation_ = 0, pending_ = 0;
  QString told_;
  std::jthread thread_;  // last: it uses the rest
};

}  // namespace recontour
