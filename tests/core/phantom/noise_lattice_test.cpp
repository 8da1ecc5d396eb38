#include "core/phantom/noise_lattice.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/phantom/gaussian.h"
#include "core/phantom/random.h"

namespace recontour {
namespace {

const NoiseLattice::Settings kSettings{0.7, 0.25, {-195, -162, -63}};

std::vector<double> positions(double first, int count) {
  std::vector<double> list;
  for (int i = 0; i < count; ++i) list.push_back(first + i);
  return list;
}

TEST(RandomStream, HasMeanZeroAndSdOne) {
  RandomStream random(7, "test");
  double sum = 0, squares = 0;
  constexpr int kCount = 40000;
  for (int i = 0; i < kCount; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / kCount, 0, 0.02);
  EXPECT_NEAR(squares / kCount, 1, 0.03);
}

TEST(RandomStream, DependsOnSeedAndPurpose) {
  EXPECT_EQ(RandomStream(1, "a").normal(), RandomStream(1, "a").normal());
  EXPECT_NE(RandomStream(1, "a").normal(), RandomStream(2, "a").normal());
  EXPECT_NE(RandomStream(1, "a").normal(), RandomStream(1, "b").normal());
}

TEST(NoiseLattice, HasMeanZeroAndSdOne) {
  const NoiseLattice noise(randomKey(1, "test"), 5, kSettings, {{0, 0, 0}, {119, 119, 60}});
  const auto line = positions(0, 120);
  std::vector<float> slice(line.size() * line.size());
  double sum = 0, squares = 0, count = 0;
  for (int z = 0; z < 60; z += 2) {
    noise.fillSlice(line, line, z, slice);
    for (const float value : slice) {
      sum += static_cast<double>(value);
      squares += static_cast<double>(value) * static_cast<double>(value);
      count += 1;
    }
  }
  EXPECT_NEAR(sum / count, 0, 0.05);
  EXPECT_NEAR(std::sqrt(squares / count), 1, 0.05);
}

TEST(NoiseLattice, IsTheSameFieldWhateverTheGrid) {
  const NoiseLattice large(randomKey(1, "test"), 9, kSettings, {{-50, -50, -50}, {50, 50, 50}});
  const NoiseLattice small(randomKey(1, "test"), 9, kSettings, {{11, 12, 13}, {14, 15, 16}});
  const std::vector<double> x{12.5}, y{13.25};
  std::vector<float> a(1), b(1);
  large.fillSlice(x, y, 14, a);
  small.fillSlice(x, y, 14, b);
  EXPECT_FLOAT_EQ(a[0], b[0]);
}

TEST(NoiseLattice, IsSmoothOverAFractionOfItsSize) {
  const NoiseLattice noise(randomKey(1, "test"), 18, kSettings, {{0, 0, 0}, {100, 1, 1}});
  const auto line = positions(0, 100);
  const std::vector<double> one{0};
  std::vector<float> row(line.size());
  noise.fillSlice(line, one, 0, row);
  for (std::size_t i = 1; i < row.size(); ++i) EXPECT_LT(std::abs(row[i] - row[i - 1]), 0.4f) << i;
}

TEST(Gaussian, WeightsSumToOneAndKeepAConstant) {
  double sum = 0;
  for (const double weight : gaussianWeights(0.6)) sum += weight;
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_EQ(gaussianWeights(0).size(), 1u);
  EXPECT_DOUBLE_EQ(noiseGain({0.5, 0.5}), std::sqrt(0.5));
}

}  // namespace
}  // namespace recontour
