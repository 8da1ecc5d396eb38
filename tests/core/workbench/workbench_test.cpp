#include "core/workbench/workbench.h"

#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

TEST(Workbench, OpensACaseWithEmptyLabels) {
  WorkbenchFixture f;
  QSignalSpy opened(&f.workbench, &Workbench::caseOpened);
  ASSERT_TRUE(f.open());
  EXPECT_EQ(opened.count(), 1);
  EXPECT_EQ(f.workbench.currentCase()->name, "small");
  EXPECT_EQ(f.workbench.labels().size(), (Size3{12, 12, 6}));
  EXPECT_FALSE(f.workbench.canUndo());
}

TEST(Workbench, SaysWhyACaseDoesNotOpen) {
  WorkbenchFixture f({}, true);
  QSignalSpy failed(&f.workbench, &Workbench::caseFailed);
  f.workbench.openCase("gone.nii.gz");
  ASSERT_TRUE(waitFor([&] { return failed.count() == 1; }));
  EXPECT_EQ(failed[0][0].toString(), "gone.nii.gz: no such file; check the path");
  EXPECT_EQ(f.workbench.caseState(), CaseState::Failed);
}

TEST(Workbench, AStrokeIsOneUndoStep) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.selectOrgan(kLiver);
  f.workbench.setBrush({2.0, false});
  f.paint({5, 5, 2});
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), kLiver);
  EXPECT_EQ(f.workbench.labels().at({6, 5, 2}), kLiver);  // 2 mm away
  EXPECT_EQ(f.workbench.labels().at({7, 5, 2}), 0);       // 4 mm away
  EXPECT_EQ(f.workbench.undoDepth(), 1);
  f.workbench.undo();
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), 0);
  f.workbench.redo();
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), kLiver);
}

TEST(Workbench, ErasesOnlyTheSelectedOrgan) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  f.workbench.selectOrgan(kSpleen);
  f.paint({5, 5, 2}, true);
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), kLiver);
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 2}, true);
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), 0);
}

TEST(Workbench, RefusesAStrokeOnALockedOrganAndSaysSo) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.selectOrgan(kLiver);
  f.workbench.setLocked(kLiver, true);
  QSignalSpy refused(&f.workbench, &Workbench::strokeRefused);
  f.paint({5, 5, 2});
  EXPECT_EQ(refused.count(), 1);
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), 0);
}

TEST(Workbench, VolumesFollowEditsInTheBackground) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  ASSERT_TRUE(waitFor([&] { return f.workbench.organStatus()[0].volumeMl > 0; }));
  EXPECT_DOUBLE_EQ(f.workbench.organStatus()[0].volumeMl, 144 * 20 / 1000.0);
}

TEST(Workbench, FiguresFollowAStrokeAndItsUndo) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  const OrganStatus& liver = f.workbench.organStatus()[0];
  ASSERT_TRUE(waitFor([&] { return f.workbench.figuresKnown() && liver.volumeBeforeMl > 0; }));
  EXPECT_EQ(liver.voxelsAdded, 0);
  f.workbench.selectOrgan(kLiver);
  f.workbench.setBrush({0.5, false});
  f.paint({5, 5, 1});        // background: one voxel is added
  f.paint({5, 5, 2}, true);  // liver: one is removed
  ASSERT_TRUE(waitFor([&] { return liver.voxelsAdded == 1 && liver.voxelsRemoved == 1; }));
  EXPECT_DOUBLE_EQ(liver.volumeBeforeMl, 144 * 20 / 1000.0);
  f.workbench.undo();
  ASSERT_TRUE(waitFor([&] { return liver.voxelsRemoved == 0; }));
  EXPECT_EQ(liver.voxelsAdded, 1);
  f.workbench.goToStep(0);  // the start is undone too
  ASSERT_TRUE(waitFor([&] { return liver.voxelsAdded == 0; }));
  EXPECT_EQ(liver.volumeBeforeMl, 0);
}

TEST(Workbench, ReopensWhereItWas) {
  TemporaryFolder folder;
  Workbench::Options options;
  options.sessionsFolder = folder.path();
  {
    WorkbenchFixture f(options);
    ASSERT_TRUE(f.open());
    f.workbench.selectOrgan(kSpleen);
    f.paint({3, 3, 1});
    EXPECT_TRUE(f.workbench.flush());
  }
  WorkbenchFixture again(options);
  ASSERT_TRUE(again.open());
  EXPECT_EQ(again.workbench.labels().at({3, 3, 1}), kSpleen);
  EXPECT_TRUE(again.workbench.canUndo());
  again.workbench.undo();
  EXPECT_EQ(again.workbench.labels().at({3, 3, 1}), 0);
}

TEST(Workbench, ReadOnlyRefusesEveryChange) {
  Workbench::Options options;
  options.readOnly = true;
  WorkbenchFixture f(options);
  ASSERT_TRUE(f.open());
  f.workbench.selectOrgan(kLiver);
  QSignalSpy refused(&f.workbench, &Workbench::strokeRefused);
  f.paint({5, 5, 2});
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), 0);
  EXPECT_EQ(refused.count(), 1);
}

}  // namespace
}  // namespace recontour
