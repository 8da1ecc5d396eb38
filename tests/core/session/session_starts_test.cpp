// Start maps: who takes them, what "before" is, and that they are steps like others.
#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

TEST_F(SessionTest, AStartGoesToEveryOrganWithoutEdits) {
  auto session = open();
  EXPECT_EQ(session->addStart(slab(kSpleen, 2)), (Box{{0, 0, 2}, {12, 12, 3}}));
  EXPECT_EQ(session->labels(), slab(kSpleen, 2).labels);
  EXPECT_EQ(session->beforeLabels(), session->labels());
  EXPECT_TRUE(session->hasStarts());
  EXPECT_EQ(session->starts().front().source, "prediction");
}

TEST_F(SessionTest, AnEditedOrganKeepsTheReadersContour) {
  auto session = open();
  session->selectOrgan(kLiver);
  dab(*session, {5, 5, 2});
  StartMap start = slab(kSpleen, 2);
  start.labels.writeRow(0, 4, 0, std::vector<Label>(12, kLiver));
  session->addStart(start);
  EXPECT_EQ(session->labels().at({5, 5, 2}), kLiver);  // painted by hand, under the spleen of the start
  EXPECT_EQ(session->labels().at({0, 0, 2}), kSpleen);
  EXPECT_EQ(session->labels().at({0, 0, 4}), 0);  // the start's liver is not taken
  EXPECT_EQ(session->beforeLabels().at({5, 5, 2}), kSpleen);
  EXPECT_EQ(session->beforeLabels().at({0, 0, 4}), 0);  // "before" of the liver: the last start it took, so none
}

TEST_F(SessionTest, ALockedOrganKeepsItsContour) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->setLocked(kSpleen, true);
  session->addStart(slab(kSpleen, 4));
  EXPECT_EQ(session->labels(), slab(kSpleen, 2).labels);
}

TEST_F(SessionTest, ASecondStartReplacesTheFirst) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->addStart(slab(kSpleen, 4));
  EXPECT_EQ(session->labels(), slab(kSpleen, 4).labels);
  EXPECT_EQ(session->beforeLabels(), slab(kSpleen, 4).labels);
}

TEST_F(SessionTest, AStartIsOneUndoStep) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->undo();
  EXPECT_EQ(session->labels(), LabelMap(smallCase().geometry.size));
  EXPECT_EQ(session->beforeLabels(), LabelMap(smallCase().geometry.size));
  EXPECT_TRUE(session->starts().empty());
  session->redo();
  EXPECT_EQ(session->beforeLabels(), slab(kSpleen, 2).labels);
  EXPECT_EQ(session->starts().size(), 1u);
}

TEST_F(SessionTest, AnUndoneEditLetsItsOrganTakeTheStart) {
  auto session = open();
  session->selectOrgan(kSpleen);
  dab(*session, {5, 5, 5});
  session->undo();
  session->addStart(slab(kSpleen, 2));
  EXPECT_EQ(session->labels(), slab(kSpleen, 2).labels);
}

TEST_F(SessionTest, StartsAndTheirBeforeAreInTheLog) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->selectOrgan(kSpleen);
  dab(*session, {5, 5, 5});
  session->addStart(slab(kLiver, 3));
  const LabelMap before = session->beforeLabels(), labels = session->labels();
  finish(*session);
  const ReplayedSession replayed = replay(log());
  EXPECT_EQ(replayed.labels, labels);
  EXPECT_EQ(beforeLabels(replayed), before);
  ASSERT_EQ(replayed.starts.size(), 2u);
  EXPECT_EQ(replayed.starts[1].summary.name, "fake");
  EXPECT_FALSE(replayed.starts[1].organs[kSpleen]);
}

TEST_F(SessionTest, AnEditedOrganIsOfferedTheStartsContour) {
  auto session = open();
  session->selectOrgan(kSpleen);
  dab(*session, {5, 5, 5});
  EXPECT_TRUE(session->offeredOrgans().none());
  EXPECT_TRUE(session->offeredLabels().empty());
  session->addStart(slab(kSpleen, 2));
  EXPECT_EQ(session->offeredOrgans(), LabelSet().set(kSpleen));
  EXPECT_EQ(session->offeredLabels(), slab(kSpleen, 2).labels);
  EXPECT_EQ(session->labels().at({5, 5, 5}), kSpleen);

  session->takeOver(kSpleen);
  EXPECT_EQ(session->labels(), slab(kSpleen, 2).labels);
  EXPECT_TRUE(session->offeredOrgans().none());
  finish(*session);
  EXPECT_EQ(replay(log()).labels, slab(kSpleen, 2).labels);
}

TEST_F(SessionTest, TakingOverCanBeUndone) {
  auto session = open();
  session->selectOrgan(kSpleen);
  dab(*session, {5, 5, 5});
  session->addStart(slab(kSpleen, 2));
  const LabelMap kept = session->labels();
  session->takeOver(kSpleen);
  session->undo();
  EXPECT_EQ(session->labels(), kept);
  EXPECT_TRUE(session->offeredOrgans()[kSpleen]);
  session->undo();  // the start
  EXPECT_TRUE(session->offeredOrgans().none());
}

}  // namespace
}  // namespace recontour
