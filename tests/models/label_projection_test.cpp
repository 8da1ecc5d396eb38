#include "models/engine/label_projection.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr std::array<double, 9> kIdentity = {1, 0, 0, 0, 1, 0, 0, 0, 1};

std::array<Label, 256> numbersThemselves() {
  std::array<Label, 256> labelOf{};
  std::iota(labelOf.begin(), labelOf.end(), Label{0});
  return labelOf;
}

/// Blobs of random labels with noise, like a network's output.
Logits randomLogits(const Size3& size, int channels, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> noise(0, 1);
  Logits logits{size, channels, std::vector<float>(voxelCount(size) * std::size_t(channels))};
  std::size_t at = 0;
  for (int channel = 0; channel < channels; ++channel) {
    const float phase = noise(random);
    for (std::size_t i = 0; i < voxelCount(size); ++i) {
      logits.values[at++] = 3 * std::sin(phase + float(i) * 0.05F * float(channel + 1)) + noise(random);
    }
  }
  return logits;
}

TEST(LabelProjection, IsTheArgmaxOnTheModelsOwnGrid) {
  const Geometry grid{{2, 2, 1}, {3, 3, 3}, {0, 0, 0}, kIdentity};
  const Logits logits{{2, 2, 1},
                      3,
                      {0, 1, 0, 5,    // channel 0
                       1, 0, 0, 5,    // channel 1
                       0, 0, 2, 1}};  // channel 2; the last voxel ties between 0 and 1
  EXPECT_EQ(projectLabels(logits, grid, grid, numbersThemselves(), 1), (std::vector<Label>{1, 0, 2, 0}));
}

TEST(LabelProjection, InterpolatesLogitsBetweenVoxelCentres) {
  const Geometry grid{{2, 1, 1}, {4, 1, 1}, {0, 0, 0}, kIdentity};
  const Geometry ct{{5, 1, 1}, {1, 1, 1}, {0, 0, 0}, kIdentity};
  const Logits logits{{2, 1, 1}, 2, {0, 0, -1, 3}};  // channel 1 rises -1, 0, 1, 2, 3 over the five voxels
  EXPECT_EQ(projectLabels(logits, grid, ct, numbersThemselves(), 1), (std::vector<Label>{0, 0, 1, 1, 1}));
}

TEST(LabelProjection, CanGiveALabelThatNoCornerHas) {
  const Geometry grid{{2, 1, 1}, {2, 1, 1}, {0, 0, 0}, kIdentity};
  const Geometry ct{{3, 1, 1}, {1, 1, 1}, {0, 0, 0}, kIdentity};
  const Logits logits{{2, 1, 1}, 3, {10, 0, 0, 10, 8, 8}};  // half way channel 2 has 8, the others 5
  EXPECT_EQ(projectLabels(logits, grid, ct, numbersThemselves(), 1), (std::vector<Label>{0, 2, 1}));
}

TEST(LabelProjection, GivesBackgroundFarBeyondTheGridAndTheBordersLabelNearIt) {
  const Geometry grid{{1, 1, 1}, {2, 1, 1}, {0, 0, 0}, kIdentity};
  const Geometry ct{{7, 1, 1}, {1, 1, 1}, {-3, 0, 0}, kIdentity};
  const Logits logits{{1, 1, 1}, 2, {0, 1}};
  EXPECT_EQ(projectLabels(logits, grid, ct, numbersThemselves(), 1), (std::vector<Label>{0, 1, 1, 1, 1, 1, 0}));
}

TEST(LabelProjection, TranslatesChannelsToLabels) {
  const Geometry grid{{2, 1, 1}, {1, 1, 1}, {0, 0, 0}, kIdentity};
  std::array<Label, 256> labelOf{};
  labelOf[1] = 42;
  EXPECT_EQ(projectLabels({{2, 1, 1}, 2, {0, 1, 1, 0}}, grid, grid, labelOf, 1), (std::vector<Label>{42, 0}));
}

TEST(LabelProjection, EqualsTheDirectWayOnAlignedFlippedAndObliqueGrids) {
  const Geometry grid{{14, 12, 10}, {3, 3, 3}, {-5, 2, 1}, kIdentity};
  const double c = std::cos(0.3), s = std::sin(0.3);
  const std::vector<Geometry> cts = {
      {{50, 45, 12}, {0.8, 0.8, 2.5}, {-6, 1, 0}, kIdentity},
      {{50, 45, 12}, {0.8, 0.8, 2.5}, {34, 36, 0}, {-1, 0, 0, 0, -1, 0, 0, 0, 1}},
      {{40, 40, 14}, {0.9, 0.9, 2.1}, {-3, 0, 2}, {c, -s, 0, s, c, 0, 0, 0, 1}},
      {{40, 14, 40}, {0.9, 2.1, 0.9}, {-3, 0, 2}, {c, 0, -s, s, 0, c, 0, 1, 0}},
  };
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const Logits logits = randomLogits(grid.size, 17, seed);
    for (const Geometry& ct : cts) {
      const auto fast = projectLabels(logits, grid, ct, numbersThemselves(), 2);
      EXPECT_EQ(fast, projectLabelsDirectly(logits, grid, ct, numbersThemselves()));
      EXPECT_GT(std::ranges::count_if(fast, [](Label label) { return label > 0; }), 1000);
    }
  }
}

}  // namespace
}  // namespace recontour
