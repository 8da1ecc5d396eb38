#include "core/workbench/job_queue.h"

#include <future>
#include <vector>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(JobQueue, ALaterJobOfTheSameNameTakesTheWaitingOnesPlace) {
  std::vector<int> ran;
  std::promise<void> go, done;
  JobQueue queue;
  queue.post("first", [&, gate = go.get_future().share()](std::stop_token) { gate.wait(); });
  queue.post("figures", [&](std::stop_token) { ran.push_back(1); });
  queue.post("figures", [&](std::stop_token) { ran.push_back(2); });
  queue.post("last", [&](std::stop_token) { done.set_value(); });
  go.set_value();
  done.get_future().wait();
  EXPECT_EQ(ran, std::vector<int>{2});
}

TEST(JobQueue, EndsWithJobsStillWaiting) {
  std::promise<void> started;
  bool late = false;
  {
    JobQueue queue;
    queue.post("a", [&](std::stop_token stop) {
      started.set_value();
      while (!stop.stop_requested()) std::this_thread::yield();
    });
    queue.post("b", [&](std::stop_token) { late = true; });
    started.get_future().wait();
  }
  EXPECT_FALSE(late);
}

}  // namespace
}  // namespace recontour
