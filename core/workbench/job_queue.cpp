#include "core/workbench/job_queue.h"

#include <algorithm>
#include <utility>

namespace recontour {

JobQueue::JobQueue() : thread_([this](std::stop_token stop) { run(stop); }) {}

JobQueue::~JobQueue() = default;  // ~jthread requests the stop and joins

void JobQueue::post(const std::string& name, Job job) {
  const std::lock_guard lock(mutex_);
  const auto same = std::ranges::find(waiting_, name, &Waiting::name);
  if (same != waiting_.end()) {
    same->job = std::move(job);
  } else {
    waiting_.push_back({name, std::move(job)});
  }
  wake_.notify_one();
}

void JobQueue::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
      job = std::move(waiting_.front().job);
      waiting_.pop_front();
    }
    job(stop);
  }
}

}  // namespace recontour
