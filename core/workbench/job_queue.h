#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace recontour {

/// Runs jobs one after the other on a thread of its own. A job posted under the name of one that still waits takes its
/// place (latest wins), so that figures for labels that have changed again are never computed.
class JobQueue {
 public:
  using Job = std::function<void(std::stop_token)>;
  JobQueue();
  /// Asks the running job to stop, drops those that wait, and joins.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  /// Jobs must not throw.
  void post(const std::string& name, Job job);

 private:
  struct Waiting {
    std::string name;
    Job job;
  };
  void run(std::stop_token stop);
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Waiting> waiting_;
  std::jthread thread_;  // last: starts when all above is there
};

}  // namespace recontour
