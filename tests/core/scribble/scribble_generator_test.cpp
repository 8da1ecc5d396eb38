#include "core/scribble/scribble_generator.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_cost.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;
constexpr Size3 kSize{60, 50, 6};

/// A liver of 40 x 30 pixels on slices 1 to 4, a spleen of 6 x 4 on slice 3.
class Scribbles : public testing::Test {
 protected:
  Scribbles() {
    grid.size = kSize;
    fill({{5, 5, 1}, {45, 35, 5}}, kLiver);
    fill({{50, 40, 3}, {56, 44, 4}}, kSpleen);
  }
  void fill(const Box& box, Label label) {
    labels.write(box, {box.size(), std::vector<Label>(voxelCount(box.size()), label)});
  }
  LabelMap drawn(const ScribbleSettings& settings) const { return generateScribbles(labels, grid, settings); }
  void expectInside(const LabelMap& scribbles) const {
    const std::vector<Label> strokes = scribbles.toDense(), dense = labels.toDense();
    for (std::size_t i = 0; i < strokes.size(); ++i)
      ASSERT_TRUE(strokes[i] == kUnlabelled || strokes[i] == dense[i]) << i;
  }
  Geometry grid;
  LabelMap labels{kSize};
};

TEST_F(Scribbles, StayInTheirOrganInBothStyles) {
  for (const ScribbleStyle style : {ScribbleStyle::Word, ScribbleStyle::InteriorBorder}) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const LabelMap scribbles = drawn({style, {}, seed});
      expectInside(scribbles);
      const auto counts = labelCounts(scribbles);
      EXPECT_GT(counts[kLiver], 4 * 5) << "on each of four slices";
      EXPECT_GT(counts[kSpleen], 0);
      EXPECT_GT(counts[0], 0) << "background strokes are 0";
      EXPECT_EQ(counts[17], 0);
    }
  }
}

TEST_F(Scribbles, EqualSeedsGiveEqualStrokesAndOthersDoNot) {
  const ScribbleSettings settings{ScribbleStyle::Word, {}, 7};
  EXPECT_EQ(drawn(settings), drawn(settings));
  EXPECT_NE(drawn(settings), drawn({ScribbleStyle::Word, {}, 8}));
}

TEST_F(Scribbles, AreTheSameOnEveryMachine) {
  EXPECT_EQ(labelMapHash(drawn({ScribbleStyle::Word, {}, 2022})),
            "87e74fb74e6bc76e8af2c1f10d2fdada96ed18c3c8d9e3402b77cd3ba20db4a9");
  EXPECT_EQ(labelMapHash(drawn({ScribbleStyle::InteriorBorder, {}, 2022})),
            "b5c67b1319ab0480afecb4fa384935caf3ef1e26fb6b72e2496bbdf6c365d66b");
}

TEST_F(Scribbles, OneOrganDoesNotChangeAnothersStrokes) {
  const LabelMap before = drawn({});
  fill({{50, 40, 3}, {56, 44, 4}}, 0);
  const LabelMap after = drawn({});
  for (int z = 0; z < kSize.z; ++z) {
    for (int y = 0; y < kSize.y; ++y) {
      for (int x = 0; x < kSize.x; ++x) ASSERT_EQ(before.at({x, y, z}) == kLiver, after.at({x, y, z}) == kLiver);
    }
  }
}

TEST_F(Scribbles, SlicesAreChosen) {
  EXPECT_EQ(chosenSlices(labels, grid, sliceChoiceNamed("all")), (std::vector{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(chosenSlices(labels, grid, sliceChoiceNamed("every=4")), (std::vector{0, 4}));
  EXPECT_EQ(chosenSlices(labels, grid, sliceChoiceNamed("per-organ=1")), (std::vector{3}));
  EXPECT_EQ(chosenSlices(labels, grid, sliceChoiceNamed("per-organ=2")), (std::vector{2, 3, 4}));
  EXPECT_EQ(chosenSlices(labels, grid, sliceChoiceNamed("suggested")).front(), 3) << "both organs are there";
  for (const char* wrong : {"", "some", "every=", "every=0", "per-organ=-1", "every=2x"})
    EXPECT_THROW(sliceChoiceNamed(wrong), Error) << wrong;
}

TEST_F(Scribbles, CostIsCountedByHand) {
  LabelMap scribbles(kSize);
  const Box all = grid.box();
  scribbles.write(all, {all.size(), std::vector<Label>(voxelCount(kSize), kUnlabelled)});
  scribbles.writeRow(10, 2, 10, std::vector<Label>(24, kLiver));
  scribbles.writeRow(10, 3, 10, std::vector<Label>(24, kLiver));
  scribbles.writeRow(48, 3, 0, std::vector<Label>(10, 0));
  scribbles.writeRow(42, 3, 54, std::vector<Label>(4, kSpleen));  // two of them outside
  const ScribbleCost cost = scribbleCost(scribbles, labels, grid);
  ASSERT_EQ(cost.organs.size(), 2U);
  EXPECT_EQ(cost.organs[0].foregroundRatio(), 48 / 4800.0);
  EXPECT_EQ(cost.organs[0].sliceRatio(), 0.5);
  EXPECT_EQ(cost.organs[1].foregroundRatio(), 2 / 24.0);
  EXPECT_EQ(cost.foregroundRatio(), 50 / 4824.0);
  EXPECT_EQ(cost.totalRatio(), 62 / 18000.0);
  EXPECT_EQ(cost.backgroundVoxels, 10);
  EXPECT_THROW(scribbleCost(LabelMap({2, 2, 2}), labels, grid), Error);
}

TEST_F(Scribbles, OfAWordMapCostAboutFourPercentAndLeaveNoOrganOut) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const LabelMap scribbles = generateScribbles(image.labels, image.geometry, {.slices = sliceChoiceNamed("every=4")});
  const ScribbleCost cost = scribbleCost(scribbles, image.labels, image.geometry);
  EXPECT_EQ(cost.organs.size(), 16U);
  for (const OrganCost& organ : cost.organs) {
    EXPECT_GT(organ.drawnVoxels, 0) << int(organ.organ);
    EXPECT_EQ(organ.drawnVoxels, organ.inOrganVoxels) << int(organ.organ);
  }
  EXPECT_NEAR(*cost.foregroundRatio() * 4, 0.04, 0.012);
}

}  // namespace
}  // namespace recontour
