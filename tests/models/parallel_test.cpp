#include "models/engine/parallel.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(ParallelFor, DoesEachOnce) {
  std::vector<std::atomic<int>> done(1000);
  parallelFor(4, 1000, [&](int i) { ++done[static_cast<std::size_t>(i)]; });
  for (const auto& times : done) EXPECT_EQ(times, 1);
}

TEST(ParallelFor, ThrowsWhatWasThrownAndLeavesTheRestOut) {
  for (const int threads : {1, 4}) {
    std::atomic<int> begun{0};
    const auto work = [&](int i) {
      ++begun;
      if (i == 3) throw std::runtime_error("the fourth");
    };
    EXPECT_THROW(parallelFor(threads, 1'000'000, work), std::runtime_error);
    EXPECT_LT(begun, 1'000'000);
  }
}

}  // namespace
}  // namespace recontour
