#include "core/edit/edit_transaction.h"

#include <gtest/gtest.h>

#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;
constexpr Size3 kSize{40, 4, 3};

class EditTransactionTest : public testing::Test {
 protected:
  EmptyTarget target{kSize, {1, 1, 1}};
};

TEST_F(EditTransactionTest, AnswersWithTheBoxThatReallyChanged) {
  EditTransaction edit(target, "brush", {});
  EXPECT_EQ(edit.paintRow(1, 2, 30, 35, kLiver), (Box{{30, 1, 2}, {36, 2, 3}}));
  EXPECT_EQ(edit.paintRow(1, 2, 28, 33, kLiver), (Box{{28, 1, 2}, {30, 2, 3}}));
  EXPECT_TRUE(edit.paintRow(1, 2, 30, 35, kLiver).empty());
  EXPECT_EQ(edit.changedBox(), (Box{{28, 1, 2}, {36, 2, 3}}));
}

TEST_F(EditTransactionTest, LeavesOutWhatLiesOutsideTheGrid) {
  EditTransaction edit(target, "brush", {});
  EXPECT_EQ(edit.paintRow(0, 0, -5, 1, kLiver), (Box{{0, 0, 0}, {2, 1, 1}}));
  EXPECT_TRUE(edit.paintRow(-1, 0, 0, 5, kLiver).empty());
  EXPECT_TRUE(edit.paintRow(0, 3, 0, 5, kLiver).empty());
}

TEST_F(EditTransactionTest, LockedLabelsAreNeitherPaintedNorPaintedOver) {
  {
    EditTransaction edit(target, "spleen", {});
    edit.paintRow(0, 0, 3, 4, kSpleen);
    edit.commit();
  }
  WriteFilter filter;
  filter.locked.set(kSpleen);
  EditTransaction edit(target, "brush", filter);
  edit.paintRow(0, 0, 0, 9, kLiver);
  EXPECT_EQ(edit.refusal(), Refusal::Locked);
  EXPECT_TRUE(edit.paintRow(1, 0, 0, 9, kSpleen).empty());
  edit.commit();
  EXPECT_EQ(target.count(kSpleen), 2);
  EXPECT_EQ(target.count(kLiver), 8);
}

TEST_F(EditTransactionTest, WritesOnlyInsideTheEditableBox) {
  WriteFilter filter;
  filter.editable = Box{{2, 0, 0}, {5, 1, 1}};
  EditTransaction edit(target, "brush", filter);
  edit.paintRow(0, 0, 0, 39, kLiver);
  edit.paintRow(1, 0, 0, 39, kLiver);
  edit.commit();
  EXPECT_EQ(target.count(kLiver), 3);
}

TEST_F(EditTransactionTest, ReadOnlyChangesNothingAndSaysSo) {
  WriteFilter filter;
  filter.readOnly = true;
  EditTransaction edit(target, "brush", filter);
  EXPECT_TRUE(edit.paintRow(0, 0, 0, 9, kLiver).empty());
  EXPECT_EQ(edit.refusal(), Refusal::ReadOnly);
}

TEST_F(EditTransactionTest, CommitHandsOverOneStep) {
  EditTransaction edit(target, "brush", {});
  edit.paintRow(0, 0, 30, 35, kLiver);  // crosses from one brick into the next
  edit.commit("{}");
  edit.commit("{}");
  ASSERT_EQ(target.commits, 1);
  EXPECT_EQ(target.last->name, "brush");
  EXPECT_EQ(target.last->layer, LabelLayers::kOrgans);
  EXPECT_EQ(target.last->step.bricks.size(), 2u);
  EXPECT_EQ(target.last->step.changed, (Box{{30, 0, 0}, {36, 1, 1}}));
}

TEST_F(EditTransactionTest, CommitOfNothingIsNoStep) {
  EditTransaction edit(target, "brush", {});
  edit.paintRow(0, 0, 0, 9, 0);
  edit.commit();
  EXPECT_EQ(target.commits, 0);
}

TEST_F(EditTransactionTest, CancelAndDestructionRestore) {
  const LabelMap before = target.editableLabels();
  {
    EditTransaction edit(target, "brush", {});
    edit.paintRow(0, 0, 0, 9, kLiver);
    edit.cancel();
    EXPECT_EQ(target.editableLabels(), before);
  }
  { EditTransaction(target, "brush", {}).paintRow(0, 0, 0, 9, kLiver); }
  EXPECT_EQ(target.editableLabels(), before);
  EXPECT_EQ(target.commits, 0);
}

TEST_F(EditTransactionTest, WritesADenseBoxRowByRow) {
  const Box box{{1, 1, 0}, {3, 3, 1}};
  EditTransaction edit(target, "fill", {});
  EXPECT_EQ(edit.write(box, {{2, 2, 1}, {kLiver, 0, kSpleen, kLiver}}), box);
  edit.commit();
  EXPECT_EQ(target.labelAt({1, 1, 0}), kLiver);
  EXPECT_EQ(target.labelAt({2, 1, 0}), 0);
  EXPECT_EQ(target.labelAt({1, 2, 0}), kSpleen);
  EXPECT_EQ(target.labelAt({2, 2, 0}), kLiver);
}

}  // namespace
}  // namespace recontour
