#include "core/image/auto_window.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

Slice<std::int16_t> sliceOf(std::vector<std::int16_t> pixels) {
  Slice<std::int16_t> slice;
  slice.columns = static_cast<int>(pixels.size());
  slice.rows = 1;
  slice.pixels = std::move(pixels);
  return slice;
}

TEST(AutoWindow, SpansThePercentilesOfWhatIsNoAir) {
  std::vector<std::int16_t> pixels(1000, -1000);
  for (int hu = 0; hu <= 100; ++hu) pixels.push_back(static_cast<std::int16_t>(hu));
  EXPECT_EQ(windowOf(sliceOf(pixels)), (WindowLevel{96, 50}));  // 2 to 98 HU
}

TEST(AutoWindow, IsAtLeastFiftyUnitsWide) { EXPECT_EQ(windowOf(sliceOf({40, 40, 40})), (WindowLevel{50, 40})); }

TEST(AutoWindow, DoesNotKnowWhatToShowOfAir) {
  EXPECT_FALSE(windowOf(sliceOf({-1000, -1000, -900})));
  EXPECT_FALSE(windowOf(sliceOf({})));
}

}  // namespace
}  // namespace recontour
