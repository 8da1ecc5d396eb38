#include "core/edit/undo_stack.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Size3 kSize{70, 3, 2};  // three bricks along x

class UndoStackTest : public testing::Test {
 protected:
  void paint(int x, Label label) {
    const LabelMap before = map;
    map.writeRow(1, 1, x, std::vector<Label>{label});
    stack.push(differenceOf(before, map));
  }
  LabelLayers layers{LabelMap(kSize)};
  LabelMap& map = layers.layer(LabelLayers::kOrgans);
  UndoStack stack;
};

TEST_F(UndoStackTest, TakesStepsBackInTheirOrder) {
  paint(0, 1);
  const LabelMap afterFirst = map;
  paint(40, 2);
  const LabelMap afterSecond = map;
  stack.undo(layers);
  EXPECT_EQ(map, afterFirst);
  stack.undo(layers);
  EXPECT_EQ(map, LabelMap(kSize));
  EXPECT_FALSE(stack.canUndo());
  stack.redo(layers);
  stack.redo(layers);
  EXPECT_EQ(map, afterSecond);
  EXPECT_FALSE(stack.canRedo());
}

TEST_F(UndoStackTest, ANewStepForgetsWhatCouldBeRedone) {
  paint(0, 1);
  paint(1, 1);
  stack.undo(layers);
  paint(2, 1);
  EXPECT_FALSE(stack.canRedo());
  EXPECT_EQ(stack.depth(), 2);
  stack.undo(layers);
  stack.undo(layers);
  EXPECT_EQ(map, LabelMap(kSize));
}

TEST_F(UndoStackTest, HasNoLimit) {
  for (int i = 0; i < 3000; ++i) paint(i % 70, static_cast<Label>(1 + i % 16));
  EXPECT_EQ(stack.depth(), 3000);
  while (stack.canUndo()) stack.undo(layers);
  EXPECT_EQ(map, LabelMap(kSize));
}

TEST_F(UndoStackTest, AStepHoldsOnlyTheBricksItChanged) {
  LabelMap before = map;
  map.writeRow(0, 0, 40, std::vector<Label>{3});
  const UndoStep step = differenceOf(before, map);
  ASSERT_EQ(step.bricks.size(), 1u);
  EXPECT_EQ(step.bricks[0].number, 1u);
  EXPECT_EQ(step.changed, (Box{{32, 0, 0}, {64, 3, 2}}));
}

TEST_F(UndoStackTest, AnswersWithWhereToRedraw) {
  LabelMap before = map;
  map.writeRow(0, 0, 5, std::vector<Label>{3});
  UndoStep step = differenceOf(before, map);
  step.changed = {{5, 0, 0}, {6, 1, 1}};
  stack.push(step);
  EXPECT_EQ(stack.undo(layers), step.changed);
  EXPECT_EQ(stack.redo(layers), step.changed);
}

TEST_F(UndoStackTest, OldStepsLetTheirBricksGoAndTakeThemBack) {
  paint(0, 1);
  const LabelMap afterFirst = map;
  const UndoStep first = stack.step(0);
  paint(0, 2);
  paint(0, 3);
  const std::size_t all = stack.bytes();
  stack.keepWithin(all / 3, [](std::size_t number) { return number == 0; });
  EXPECT_FALSE(stack.holds(0));
  EXPECT_TRUE(stack.holds(1)) << "which may not go";
  EXPECT_EQ(stack.bytes(), all / 3 * 2);
  stack.keepWithin(0, [](std::size_t) { return true; });
  EXPECT_FALSE(stack.holds(1));
  EXPECT_TRUE(stack.holds(2)) << "the last one never goes";
  stack.undo(layers);
  LabelMap before(kSize);
  stack.giveBack(1, differenceOf(afterFirst, map));
  stack.giveBack(0, first);
  stack.undo(layers);
  EXPECT_EQ(map, afterFirst);
  stack.undo(layers);
  EXPECT_EQ(map, before);
  EXPECT_EQ(stack.bytes(), all);
}

TEST_F(UndoStackTest, StartMapsKeepTheirs) {
  stack.push(differenceOf(LabelMap(kSize), map), true);
  paint(0, 1);
  paint(0, 2);
  stack.keepWithin(0, [](std::size_t) { return true; });
  EXPECT_TRUE(stack.holds(0));
  EXPECT_FALSE(stack.holds(1));
}

}  // namespace
}  // namespace recontour
