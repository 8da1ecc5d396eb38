#pragma once
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace recontour {

/// Calls `work(i)` for 0 <= i < count on up to `threads` threads and waits. `work` must not throw.
template <typename Work>
void parallelFor(int threads, int count, const Work& work) {
  std::atomic<int> next{0};
  const auto run = [&] {
    for (int i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(run);
  run();
}

}  // namespace recontour
