#include "core/base/portable_random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(PortableRandom, GivesThePublishedValuesOfSplitMix64) {
  PortableRandom random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(PortableRandom, UniformValuesAreAtLeastZeroAndBelowOne) {
  PortableRandom random(1);
  for (int i = 0; i < 10000; ++i) {
    const double value = random.uniform();
    EXPECT_GE(value, 0.0);
    EXPECT_LT(value, 1.0);
  }
}

TEST(PortableRandom, EveryValueBelowTheCountComesAboutAsOften) {
  PortableRandom random(7);
  std::array<int, 3> counts{};
  for (int i = 0; i < 30000; ++i) ++counts[static_cast<std::size_t>(random.uniformBelow(3))];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 4 * std::sqrt(30000.0 * 2 / 9));  // 4 SD
}

TEST(PortableRandom, BelowOneThereIsOnlyZero) {
  PortableRandom random(7);
  EXPECT_EQ(random.uniformBelow(1), 0U);
}

// Of 2^64 values, a third would be favoured by the remainder alone: 3 * 2^62 goes into 2^64 once.
TEST(PortableRandom, LargeCountsHaveNoFavourites) {
  PortableRandom random(11);
  constexpr std::uint64_t kCount = 3ULL << 62;
  int low = 0;
  for (int i = 0; i < 30000; ++i) low += random.uniformBelow(kCount) < (1ULL << 62) ? 1 : 0;
  EXPECT_NEAR(low, 10000, 4 * std::sqrt(30000.0 * 2 / 9));
}

TEST(Shuffled, KeepsTheValuesAndRepeatsForTheSameSeed) {
  const std::vector<int> cases{1, 2, 3, 4, 5, 6, 7, 8};
  PortableRandom first(42), second(42), other(43);
  const std::vector<int> order = shuffled(cases, first);
  EXPECT_TRUE(std::is_permutation(order.begin(), order.end(), cases.begin(), cases.end()));
  EXPECT_EQ(order, shuffled(cases, second));
  EXPECT_NE(order, shuffled(cases, other));
}

TEST(Shuffled, EveryOrderComesAboutAsOften) {
  PortableRandom random(5);
  std::map<std::vector<int>, int> counts;
  for (int i = 0; i < 60000; ++i) ++counts[shuffled(std::vector<int>{1, 2, 3}, random)];
  ASSERT_EQ(counts.size(), 6U);
  for (const auto& [order, count] : counts) EXPECT_NEAR(count, 10000, 4 * std::sqrt(60000.0 * 5 / 36));
}

}  // namespace
}  // namespace recontour
