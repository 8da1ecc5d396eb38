#include "core/metrics/overlap.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

TEST(Overlap, DiceIsTwiceTheOverlapOverTheSum) {
  const LabelMap a = mapWithBox({8, 1, 1}, {{0, 0, 0}, {4, 1, 1}}, kLiver);  // 4 voxels
  const LabelMap b = mapWithBox({8, 1, 1}, {{3, 0, 0}, {5, 1, 1}}, kLiver);  // 2 voxels, 1 shared
  EXPECT_EQ(dice(a, b, kLiver), 2.0 * 1 / 6);
}

TEST(Overlap, DiceIsZeroWhenOneMapLacksTheOrganAndMissingWhenBothDo) {
  const LabelMap a = mapWithBox({4, 4, 4}, {{0, 0, 0}, {2, 2, 2}}, kLiver);
  EXPECT_EQ(dice(a, LabelMap({4, 4, 4}), kLiver), 0.0);
  EXPECT_EQ(dice(a, a, kLiver), 1.0);
  EXPECT_FALSE(dice(a, a, kSpleen).has_value());
}

TEST(Overlap, CountsTheOtherOrganOfAVoxelToo) {
  const LabelMap a = mapWithBox({4, 1, 1}, {{0, 0, 0}, {3, 1, 1}}, kLiver);
  const LabelMap b = mapWithBox({4, 1, 1}, {{1, 0, 0}, {4, 1, 1}}, kSpleen);
  const OverlapCounts counts = countOverlap(a, b);
  EXPECT_EQ(counts[kLiver].inA, 3);
  EXPECT_EQ(counts[kLiver].inB, 0);
  EXPECT_EQ(counts[kSpleen].inB, 3);
  EXPECT_EQ(counts[kSpleen].inBoth, 0);
}

TEST(Overlap, BoxHoldsTheOrganInBothMapsAcrossBricks) {
  const LabelMap a = mapWithBox({70, 40, 40}, {{30, 2, 3}, {34, 5, 6}}, kLiver);
  const LabelMap b = mapWithBox({70, 40, 40}, {{31, 1, 4}, {69, 5, 39}}, kLiver);
  EXPECT_EQ(countOverlap(a, b)[kLiver].box, (Box{{30, 1, 3}, {69, 5, 39}}));
  EXPECT_TRUE(countOverlap(a, b)[kSpleen].box.empty());
}

TEST(Overlap, CountsEqualVoxelByVoxelCounting) {
  const Size3 size{37, 35, 34};  // bricks cut at the border on every axis
  const LabelMap a = randomMap(size, 3, 1), b = randomMap(size, 3, 2);
  const OverlapCounts counts = countOverlap(a, b);
  const std::vector<Label> denseA = a.toDense(), denseB = b.toDense();
  for (Label label = 1; label <= 3; ++label) {
    std::int64_t inA = 0, inB = 0, inBoth = 0;
    for (std::size_t i = 0; i < denseA.size(); ++i) {
      inA += denseA[i] == label;
      inB += denseB[i] == label;
      inBoth += denseA[i] == label && denseB[i] == label;
    }
    EXPECT_EQ(counts[label].inA, inA);
    EXPECT_EQ(counts[label].inB, inB);
    EXPECT_EQ(counts[label].inBoth, inBoth);
  }
}

TEST(Overlap, RefusesMapsOfDifferentSize) {
  EXPECT_THROW(countOverlap(LabelMap({4, 4, 4}), LabelMap({4, 4, 5})), Error);
}

}  // namespace
}  // namespace recontour
