#include "models/engine/trainer/patch_sampler.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/engine/trainer/patch_cut.h"
#include "models/engine/trainer/voxels_by_label.h"
#include "tests/models/trainer/sample_training.h"

namespace recontour {
namespace {

std::unique_ptr<PatchSource> samplerOf(const TrainingVolume& volume, const PatchSettings& settings) {
  return makePatchSampler({volume}, settings);
}

double meanX(const Patch& patch, int width, Label label) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < patch.labels.size(); ++i) {
    if (patch.labels[i] != label) continue;
    sum += static_cast<double>(i % static_cast<std::size_t>(width));
    count += 1;
  }
  return count > 0 ? sum / count : -1;
}

/// A left and a right kidney in a body that is longer than deep.
TrainingVolume pairedOrgans() {
  return volumeOf(
      {48, 32, 8}, [](const Index3& at) { return at.x; },
      [](const Index3& at) {
        const bool inBoth = at.y >= 12 && at.y < 20;
        return inBoth && at.x >= 30 && at.x < 36 ? 1 : inBoth && at.x >= 12 && at.x < 18 ? 2 : 0;
      });
}

TEST(PatchSampler, NeverSwapsLeftAndRight) {
  const auto sampler = samplerOf(pairedOrgans(), {{40, 24, 1}, true, true, 3});
  int both = 0;
  for (std::uint64_t number = 0; number < 3000; ++number) {
    const Patch patch = sampler->draw(number);
    const double left = meanX(patch, 40, 1), right = meanX(patch, 40, 2);
    if (left < 0 || right < 0) continue;
    ++both;
    ASSERT_GT(left, right + 8) << number;
  }
  EXPECT_GT(both, 2000);
}

/// Covariance of values that rise along an axis with the place on this axis in an 8 x 8 x 8 patch.
double riseAlong(const Patch& patch, int axis) {
  double sum = 0;
  for (std::size_t i = 0; i < patch.image.size(); ++i) {
    const std::size_t at = axis == 1 ? i / 8 % 8 : i / 64;
    if (patch.labels[i] != kIgnored) sum += (double(at) - 3.5) * patch.image[i];
  }
  return sum;
}

TEST(PatchSampler, NeverTurnsFrontToBackOrUpsideDown) {
  for (const int axis : {1, 2}) {
    const auto volume = volumeOf(
        {40, 40, 24}, [axis](const Index3& at) { return at[axis] - 12; },
        [](const Index3& at) { return at.x > 12 && at.x < 28 && at.y > 12 ? 1 : 0; });
    const auto sampler = samplerOf(volume, {{8, 8, 8}, true, true, 5});
    int inside = 0;
    for (std::uint64_t number = 0; number < 300; ++number) {
      const Patch patch = sampler->draw(number);
      if (std::ranges::count(patch.labels, kIgnored) > 0) continue;
      ++inside;
      ASSERT_GT(riseAlong(patch, axis), 0) << axis << " " << number;
    }
    EXPECT_GT(inside, 100);
  }
}

TEST(PatchSampler, DrawsTheSamePatchForANumberOnEveryThread) {
  const auto sampler = samplerOf(pairedOrgans(), {{16, 16, 4}, true, true, 3});
  std::vector<Patch> expected;
  for (std::uint64_t number = 0; number < 64; ++number) expected.push_back(sampler->draw(number));
  std::vector<int> equal(4, 0);
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < equal.size(); ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t i = 64; i-- > 0;) {
          const Patch patch = sampler->draw(i);
          equal[thread] += patch.image == expected[i].image && patch.labels == expected[i].labels ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(equal, std::vector<int>(4, 64));
}

TEST(PatchSampler, DrawsOthersForAnotherSeedOrNumber) {
  const auto one = samplerOf(pairedOrgans(), {{16, 16, 1}, true, true, 3});
  const auto two = samplerOf(pairedOrgans(), {{16, 16, 1}, true, true, 4});
  EXPECT_NE(one->draw(0).image, one->draw(1).image);
  EXPECT_NE(one->draw(0).image, two->draw(0).image);
}

/// Two times of three each of four labels is as likely; else it is what the volume has of it.
TEST(PatchSampler, DrawsEachLabelAsOftenAsItShould) {
  const auto volume = volumeOf(
      {20, 10, 5}, [](const Index3&) { return 0; },
      [](const Index3& at) { return at.x == 0 && at.y < 3 ? at.y + 1 : 0; });
  const auto sampler = samplerOf(volume, {{1, 1, 1}, true, false, 1});
  constexpr int kDraws = 30000;
  std::array<double, 4> drawn{};
  for (std::uint64_t number = 0; number < kDraws; ++number) drawn[sampler->draw(number).labels[0]] += 1.0 / kDraws;
  for (std::size_t label = 0; label < 4; ++label) {
    const double ofVolume = label == 0 ? 985.0 / 1000 : 5.0 / 1000;
    EXPECT_NEAR(drawn[label], 2.0 / 3 / 4 + ofVolume / 3, 0.01) << label;
  }
}

TEST(PatchSampler, DrawsCasesEvenly) {
  const auto of = [](float value, int edge) {
    return volumeOf(
        {edge, edge, 1}, [value](const Index3&) { return value; }, [](const Index3&) { return 1; });
  };
  const auto sampler = makePatchSampler({of(10, 2), of(20, 50)}, {{1, 1, 1}, true, false, 1});
  int first = 0;
  for (std::uint64_t number = 0; number < 10000; ++number) first += sampler->draw(number).image[0] == 10 ? 1 : 0;
  EXPECT_NEAR(first, 5000, 200);
}

TEST(PatchSampler, AlwaysHoldsAStrokeAndKeepsWhatIsUnknown) {
  auto volume = volumeOf(
      {40, 30, 9}, [](const Index3&) { return 0; }, [](const Index3&) { return 255; });
  volume.strokes[5 * 1200 + 29 * 40 + 39] = 2;  // in a corner
  volume.dense.clear();
  const auto sampler = samplerOf(volume, {{16, 16, 3}, false, true, 1});
  for (std::uint64_t number = 0; number < 2000; ++number) {
    const Patch patch = sampler->draw(number);
    std::array<int, 256> counts{};
    for (const Label label : patch.labels) ++counts[label];
    ASSERT_GE(counts[2], 1) << number;
    ASSERT_EQ(counts[2] + counts[kIgnored], 16 * 16 * 3);
  }
}

TEST(PatchSampler, StaysInsideWithoutAugmentation) {
  const auto sampler = samplerOf(pairedOrgans(), {{40, 32, 8}, true, false, 1});
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Patch patch = sampler->draw(number);
    ASSERT_EQ(std::ranges::count(patch.labels, kIgnored), 0);
    ASSERT_GE(std::ranges::min(patch.image), 0);
  }
}

TEST(PatchSampler, NamesACaseWithoutWhatItLearnsFrom) {
  auto volume = pairedOrgans();
  volume.strokes.clear();
  EXPECT_NO_THROW(samplerOf(volume, {{8, 8, 1}, true, true, 1}));
  try {
    samplerOf(volume, {{8, 8, 1}, false, true, 1});
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "case 'made' has no strokes to learn from");
  }
}

TEST(PatchCut, GivesAirThatIsIgnoredBeyondTheVolume) {
  const auto volume = volumeOf(
      {2, 2, 1}, [](const Index3& at) { return at.x + 10 * at.y; }, [](const Index3& at) { return at.x; });
  const Patch patch = cutPatch(volume, volume.dense, {3, 3, 1}, {{1, 1, 0}, {0, 0, 0}});
  EXPECT_EQ(patch.image, (std::vector<float>{-1, -1, -1, -1, 0, 1, -1, 10, 11}));
  EXPECT_EQ(patch.labels, (std::vector<Label>{255, 255, 255, 255, 0, 1, 255, 0, 1}));
}

TEST(PatchCut, StretchesAlikeOnAllAxes) {
  const auto volume = volumeOf(
      {9, 9, 9}, [](const Index3& at) { return at.x + 10 * at.y + 100 * at.z; }, [](const Index3&) { return 0; });
  PatchPlace place{{1, 1, 1}, {4, 4, 4}};
  place.step = 0.5;
  const Patch patch = cutPatch(volume, volume.dense, {3, 3, 3}, place);
  EXPECT_EQ(patch.image[13], 444);
  EXPECT_EQ(patch.image[14], 444.5F);
  EXPECT_EQ(patch.image[16], 449);
  EXPECT_EQ(patch.image[22], 494);
}

TEST(PatchCut, TurnsAboutZInMillimetresAndAboutTheMiddle) {
  // x doubles as fine as y: a turn by 90 degrees brings 2 voxels of x to 1 of y.
  auto volume = volumeOf(
      {9, 5, 1}, [](const Index3& at) { return at.x + 10 * at.y; }, [](const Index3&) { return 0; });
  volume.grid.spacing = {1, 2, 1};
  PatchPlace place{{2, 2, 0}, {4, 2, 0}};
  turn(place, 1, 1, 2, {5, 5, 1});
  EXPECT_DOUBLE_EQ(place.cosine, 0);
  EXPECT_DOUBLE_EQ(place.sine, 1);
  EXPECT_EQ(place.anchor, (Index3{2, 2, 0}));
  const Patch patch = cutPatch(volume, volume.dense, {5, 5, 1}, place);
  EXPECT_EQ(patch.image[12], 24);  // the middle
  EXPECT_EQ(patch.image[14], 34);  // 2 mm along x of the patch are 2 mm along y
  EXPECT_EQ(patch.image[17], 22);  // 2 mm along y are 2 mm against x
}

TEST(PatchCut, TakesTheAnchorAlongWhenThePatchTurns) {
  PatchPlace place{{0, 4, 0}, {10, 10, 0}};
  turn(place, 1, 1, 1, {9, 9, 1});  // the corner's side faces another way, the middle stays
  EXPECT_EQ(place.anchor, (Index3{4, 8, 0}));
}

TEST(VoxelsByLabel, KeepsSomeOfManySpreadEvenly) {
  std::vector<Label> labels(1000000, 1);
  std::fill_n(labels.begin(), 1000, Label{2});
  std::fill_n(labels.begin(), 10, kIgnored);
  const VoxelsByLabel voxels(labels);
  PortableRandom random(1);
  double sum = 0, ofTwo = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::size_t voxel = voxels.drawByLabel(random);
    ASSERT_NE(labels[voxel], kIgnored);
    ofTwo += labels[voxel] == 2 ? 1 : 0;
    sum += labels[voxel] == 1 ? static_cast<double>(voxel) : 0;
  }
  EXPECT_NEAR(ofTwo, 10000, 300);
  EXPECT_NEAR(sum / (20000 - ofTwo), 500500, 10000);
}

/// The best of five rounds, since others may be at work on this machine.
double millisecondsADraw(const PatchSource& source, int draws) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < draws; ++i) source.draw(static_cast<std::uint64_t>(i));
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count() / draws);
  }
  return best;
}

TEST(PatchSampler, IsFarFasterThanAStepOfANetwork) {
  const auto volume = volumeOf(
      {130, 120, 60}, [](const Index3& at) { return at.x % 17; }, [](const Index3& at) { return at.y / 10; });
  const double slice = millisecondsADraw(*samplerOf(volume, {{128, 128, 1}, true, true, 1}), 100);
  const double block = millisecondsADraw(*samplerOf(volume, {{96, 96, 48}, true, true, 1}), 20);
  std::printf("a patch of 128 x 128 takes %.2f ms, one of 96 x 96 x 48 %.1f ms\n", slice, block);
  EXPECT_LT(slice, 3);
  EXPECT_LT(block, 100);
}

}  // namespace
}  // namespace recontour
