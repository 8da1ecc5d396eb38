#include "models/training/synthesis_source.h"

#include <cstdio>
#include <ctime>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/engine/parallel.h"
#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

const Normalization kNormalization{Normalization::Type::Affine, true, -250, 350, 50, 150};

SynthesisSettings settings(const Size3& patch) {
  SynthesisSettings result;
  result.patch = patch;
  result.normalization = kNormalization;
  return result;
}

/// Made once, as it takes seconds.
const std::vector<TissueMap>& twoPatients() {
  static const std::vector<TissueMap> patients = makeVariants({SampleAbdomen::whole().map()}, 2, 1, 2);
  return patients;
}

bool same(const Patch& a, const Patch& b) { return a.image == b.image && a.labels == b.labels; }

TEST(SynthesisSource, ANumberIsAlwaysTheSamePatch) {
  const auto source = makeSynthesisSource(twoPatients(), settings({64, 48, 16}));
  const auto again = makeSynthesisSource(twoPatients(), settings({64, 48, 16}));
  const Patch third = source->draw(3);
  std::vector<Patch> drawn(6);
  parallelFor(3, 6, [&](int i) { drawn[static_cast<std::size_t>(i)] = source->draw(static_cast<std::uint64_t>(i)); });
  EXPECT_TRUE(same(third, drawn[3]));
  EXPECT_TRUE(same(third, again->draw(3)));
  for (std::size_t i = 1; i < drawn.size(); ++i) EXPECT_NE(drawn[0].image, drawn[i].image);
}

TEST(SynthesisSource, AnotherSeedGivesOtherPatches) {
  SynthesisSettings other = settings({64, 48, 16});
  other.seed = 2;
  EXPECT_FALSE(same(makeSynthesisSource(twoPatients(), settings({64, 48, 16}))->draw(0),
                    makeSynthesisSource(twoPatients(), other)->draw(0)));
}

TEST(SynthesisSource, PatchesAreNormalisedAndAllLabelled) {
  const auto source = makeSynthesisSource(twoPatients(), settings({128, 96, 48}));
  std::set<int> labels;
  EXPECT_EQ(source->size(), (Size3{128, 96, 48}));
  for (std::uint64_t number = 0; number < 8; ++number) {
    const Patch patch = source->draw(number);
    ASSERT_EQ(patch.image.size(), voxelCount(source->size()));
    ASSERT_EQ(patch.labels.size(), voxelCount(source->size()));
    for (const float value : patch.image) {
      ASSERT_GE(value, -2.0f);  // (-250 - 50) / 150
      ASSERT_LE(value, 2.0f);   // (350 - 50) / 150
    }
    labels.insert(patch.labels.begin(), patch.labels.end());
  }
  EXPECT_EQ(*labels.rbegin(), 16);
  EXPECT_EQ(labels.size(), 17U);  // background and every organ
}

TEST(SynthesisSource, PatchesKeepLeftAndRight) {
  const auto source = makeSynthesisSource(twoPatients(), settings({128, 96, 48}));
  int seen = 0;
  for (std::uint64_t number = 0; number < 12; ++number) {
    const Patch patch = source->draw(number);
    double left = 0, right = 0, leftCount = 0, rightCount = 0;
    for (std::size_t at = 0; at < patch.labels.size(); ++at) {
      const auto x = static_cast<double>(at % 128);
      if (patch.labels[at] == word::kKidneyLeft) left += x, leftCount += 1;
      if (patch.labels[at] == word::kKidneyRight) right += x, rightCount += 1;
    }
    if (leftCount < 100 || rightCount < 100) continue;
    EXPECT_GT(left / leftCount, right / rightCount + 15);
    ++seen;
  }
  EXPECT_GT(seen, 1);
}

TEST(SynthesisSource, APatchLargerThanThePatientIsFilledWithAir) {
  const Patch patch = makeSynthesisSource(twoPatients(), settings({240, 200, 200}))->draw(1);
  EXPECT_LT(patch.image.front(), -1.5f);
  EXPECT_EQ(patch.labels.front(), 0);
}

TEST(SynthesisSource, APatchTakesTensOfMilliseconds) {
  const std::clock_t start = std::clock();  // of the processor, as the machine may be busy
  const std::vector<TissueMap> patients = makeVariants({SampleAbdomen::whole().map()}, 1, 5, 1);
  const std::clock_t made = std::clock();
  const auto source = makeSynthesisSource(patients, settings({128, 96, 48}));
  for (std::uint64_t number = 0; number < 10; ++number) source->draw(number);
  const auto ms = [](std::clock_t ticks) { return 1e3 * static_cast<double>(ticks) / CLOCKS_PER_SEC; };
  const double patient = ms(made - start), patch = ms(std::clock() - made) / 10;
  const Size3 size = patients[0].size;
  std::printf("patient of %d x %d x %d voxels: %.0f ms; patch of 128 x 96 x 48: %.1f ms\n", size.x, size.y, size.z,
              patient, patch);
  EXPECT_LT(patient, 10000);  // generous: other machines, sanitizers
  EXPECT_LT(patch, 600);
}

TEST(Variants, AreOthersForEachMapAndNumber) {
  const std::vector<TissueMap> variants =
      makeVariants({SampleAbdomen::whole().map(), SampleAbdomen::whole().map()}, 2, 3, 2);
  ASSERT_EQ(variants.size(), 4U);
  for (std::size_t i = 1; i < variants.size(); ++i) EXPECT_NE(variants[0].tissue, variants[i].tissue);
}

TEST(Variants, SayWhatIsWrong) {
  EXPECT_THROW(makeVariants({}, 1, 1, 1), Error);
  EXPECT_THROW(makeVariants({SampleAbdomen::whole().map()}, 0, 1, 1), Error);
  EXPECT_THROW(makeVariants({LabelMap({9, 9, 9})}, 1, 1, 2), Error);
  EXPECT_THROW(makeSynthesisSource({}, {}), Error);
}

TEST(SynthesisGrid, HasVoxelsOf3MmWithLpsAxes) {
  // Two voxels of 3 x 1.5 x 6 mm whose x runs to the right: the second one lies at the lower x.
  Geometry geometry;
  geometry.size = {2, 1, 1};
  geometry.spacing = {3, 1.5, 6};
  geometry.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
  const std::vector<Label> labels{1, 2};
  const LabelMap map = onSynthesisGrid(LabelMap::fromDense(geometry.size, labels), geometry);
  EXPECT_EQ(map.size(), (Size3{2, 1, 1}));
  EXPECT_EQ(map.at({0, 0, 0}), 2);
  EXPECT_EQ(map.at({1, 0, 0}), 1);
}

}  // namespace
}  // namespace recontour
