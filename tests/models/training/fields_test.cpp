#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "models/training/box_filters.h"
#include "models/training/random_field.h"

namespace recontour {
namespace {

double meanOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviationOf(const std::vector<float>& values) {
  const double mean = meanOf(values);
  double sum = 0;
  for (const float value : values) sum += std::pow(static_cast<double>(value) - mean, 2);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

TEST(RandomNumbers, AreTheSameOnEveryMachine) {
  EXPECT_EQ(purposeKey(1, "noise"), purposeKey(1, "noise"));
  EXPECT_NE(purposeKey(1, "noise"), purposeKey(1, "texture"));
  EXPECT_NE(purposeKey(1, "noise"), purposeKey(2, "noise"));
  std::vector<float> values;
  for (std::uint64_t i = 0; i < 20000; ++i) values.push_back(normalAt(5, i));
  EXPECT_NEAR(meanOf(values), 0, 0.03);
  EXPECT_NEAR(deviationOf(values), 1, 0.02);
}

TEST(SmoothField, HasMean0AndDeviation1) {
  const Size3 size{60, 60, 60};
  const SmoothField field(3, 3, size);
  std::vector<float> values;
  for (int z = 0; z < size.z; ++z)
    for (int y = 0; y < size.y; ++y)
      for (int x = 0; x < size.x; ++x) values.push_back(field.at(x, y, z));
  EXPECT_NEAR(meanOf(values), 0, 0.1);
  EXPECT_NEAR(deviationOf(values), 1, 0.08);
}

TEST(SmoothField, ARowIsItsPoints) {
  const SmoothField field(3, 2.3, {20, 10, 10});
  std::vector<float> row(20);
  field.fillRow(4, 7, row);
  for (int x = 0; x < 20; ++x) EXPECT_NEAR(row[static_cast<std::size_t>(x)], field.at(x, 4, 7), 1e-5f);
}

TEST(Filters, SpreadAPointAlongTheirAxisOnly) {
  const Size3 size{5, 5, 5};
  const std::vector<float> weights{0.25f, 0.5f, 0.25f};
  const auto filtered = [&](auto filter) {
    std::vector<float> volume(125);
    volume[62] = 4;  // the middle
    filter(volume, size, weights);
    return volume;
  };
  for (const auto& [volume, step] :
       {std::pair{filtered(filterX), 1}, {filtered(filterY), 5}, {filtered(filterZ), 25}}) {
    EXPECT_EQ(volume[62], 2);
    EXPECT_EQ(volume[static_cast<std::size_t>(62 - step)], 1);
    EXPECT_EQ(volume[static_cast<std::size_t>(62 + step)], 1);
    EXPECT_EQ(std::accumulate(volume.begin(), volume.end(), 0.0f), 4);
  }
}

TEST(Filters, TheBorderGoesOn) {
  std::vector<float> row{6, 0, 0};
  filterX(row, {3, 1, 1}, {0.25f, 0.5f, 0.25f});
  EXPECT_EQ(row, (std::vector<float>{4.5f, 1.5f, 0}));
}

TEST(SliceStack, AveragesAndInterpolates) {
  // Slices twice as thick: {1, 3}, {5, 7} and again their centres at 0.5 and 2.5.
  const SliceStack stack({1, 1, 4}, 2, 0);
  const std::vector<float> slices = stack.averaged({1, 3, 5, 7});
  EXPECT_EQ(slices, (std::vector<float>{2, 6}));
  EXPECT_EQ(stack.interpolated(slices), (std::vector<float>{2, 3, 5, 6}));
}

TEST(SliceStack, KeepsAnEvenVolume) {
  for (const double phase : {0.0, 0.4, 0.99}) {
    const SliceStack stack({3, 2, 11}, 5.0 / 3, phase);
    for (const float value : stack.interpolated(stack.averaged(std::vector<float>(66, 7))))
      EXPECT_NEAR(value, 7, 1e-4f);
  }
}

}  // namespace
}  // namespace recontour
