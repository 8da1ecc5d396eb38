#include "models/engine/trainer/augmentation.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

std::vector<float> ramp(const Size3& size) {
  std::vector<float> image(voxelCount(size));
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<float>(i % 16);
  return image;
}

TEST(NearlyNormal, HasMeanNoughtAndDeviationOne) {
  PortableRandom random(2);
  double sum = 0, squares = 0, beyondTwo = 0;
  constexpr int kDraws = 200000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = nearlyNormal(random);
    sum += value;
    squares += value * value;
    beyondTwo += std::abs(value) > 2 ? 1 : 0;
    ASSERT_LT(std::abs(value), 3.5);
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.01);
  EXPECT_NEAR(squares / kDraws, 1, 0.01);
  EXPECT_NEAR(beyondTwo / kDraws, 0.0455, 0.006);  // of a normal distribution
}

TEST(AugmentValues, LeavesSomeAloneAndChangesOthersALittle) {
  int same = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    PortableRandom random(mixBits(seed + 1));
    auto image = ramp({16, 16, 2});
    augmentValues(image, {16, 16, 2}, random);
    same += image == ramp({16, 16, 2}) ? 1 : 0;
    const auto original = ramp({16, 16, 2});
    double change = 0;
    for (std::size_t i = 0; i < image.size(); ++i) change += std::abs(image[i] - original[i]);
    ASSERT_LT(change / double(image.size()), 3) << seed;  // of a range of 15
    ASSERT_TRUE(std::ranges::all_of(image, [](float value) { return std::isfinite(value); }));
  }
  EXPECT_NEAR(same, 500 * 0.7 * 0.7 * 0.7 * 0.8 * 0.8, 50);
}

TEST(AugmentValues, KeepsAnEmptySliceAsItIs) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    PortableRandom random(seed);
    std::vector<float> air(64, -1000);
    augmentValues(air, {8, 8, 1}, random);
    for (const float value : air) ASSERT_NEAR(value, -1000, 0.01);
  }
}

}  // namespace
}  // namespace recontour
