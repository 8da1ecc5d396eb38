#include "core/phantom/parallel.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/error.h"

namespace recontour {

void forEachItem(int count, int threads, const std::stop_token& stop,
                 const std::function<void(int worker, int item)>& work, const std::function<void(int)>& done) {
  std::atomic<int> next{0}, finished{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&](int worker) {
    try {
      for (int item = next++; item < count && !stop.stop_requested(); item = next++) {
        work(worker, item);
        const int total = ++finished;
        if (worker == 0) done(total);
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (int worker = 1; worker < threads; ++worker) others.emplace_back([&run, worker] { run(worker); });
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
  if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
}

}  // namespace recontour
