#include "core/base/clock.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(IsoTime, WritesUtcWithThousandths) {
  EXPECT_EQ(isoTime(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(isoTime(951'782'400'007), "2000-02-29T00:00:00.007Z");
  EXPECT_EQ(isoTime(1'795'534'586'123), "2026-11-24T15:36:26.123Z");
}

TEST(IsoTime, CountsBackFrom1970) {
  EXPECT_EQ(isoTime(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(isoTime(-1000), "1969-12-31T23:59:59.000Z");
}

TEST(SystemClock, MonotonicTimeNeverGoesBack) {
  const SystemClock clock;
  auto last = clock.monotonicMs();
  for (int i = 0; i < 1000; ++i) {
    const auto now = clock.monotonicMs();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(SystemClock, WallTimeIsTheTimeOfTheYear) {
  EXPECT_GT(SystemClock().wallMs(), 1'750'000'000'000);  // 2025
  EXPECT_LT(SystemClock().wallMs(), 7'000'000'000'000);  // 2191
}

}  // namespace
}  // namespace recontour
