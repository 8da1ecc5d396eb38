// What a reader looked at and said of organs, and when that no longer holds.
#include "core/session/organ_review.h"

#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

const OrganStatement kAbsent{OrganVerdict::Absent, "removed in 2019"};
const OrganStatement kAccepted{OrganVerdict::Accepted, ""};

TEST(OrganReview, NamesOfVerdictsLeadBackToThem) {
  for (const OrganVerdict verdict : kOrganVerdicts) EXPECT_EQ(verdictNamed(verdictName(verdict)), verdict);
  EXPECT_FALSE(verdictNamed("of a later version").has_value());
}

TEST_F(SessionTest, AStatementIsKeptInTheLog) {
  auto session = open();
  session->stateOrgan(kSpleen, kAbsent);
  EXPECT_EQ(session->statement(kSpleen), kAbsent);
  finish(*session);
  EXPECT_EQ(replay(log()).review.statement(kSpleen), kAbsent);
  session.reset();
  session = open();
  EXPECT_EQ(session->statement(kSpleen), kAbsent);
  EXPECT_EQ(session->statement(kLiver), OrganStatement());
}

TEST_F(SessionTest, AStatementCanBeTakenBack) {
  auto session = open();
  session->stateOrgan(kSpleen, kAbsent);
  session->stateOrgan(kSpleen, {});
  finish(*session);
  EXPECT_EQ(replay(log()).review.statement(kSpleen), OrganStatement());
}

TEST_F(SessionTest, AnEditTakesBackWhatWasSaidOfTheOrgansItTouches) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->stateOrgan(kSpleen, kAccepted);
  session->stateOrgan(kKidneyLeft, kAbsent);
  session->selectOrgan(kLiver);
  dab(*session, {5, 5, 4});
  EXPECT_EQ(session->statement(kSpleen), kAccepted);  // the stroke lies beside it
  dab(*session, {5, 5, 2});                           // takes a voxel of the spleen
  EXPECT_EQ(session->statement(kSpleen), OrganStatement());
  EXPECT_EQ(session->statement(kKidneyLeft), kAbsent);
  finish(*session);
  EXPECT_EQ(replay(log()).review.stated(), LabelSet().set(kKidneyLeft));
}

TEST_F(SessionTest, UndoAndRedoTakeAStatementBackToo) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->stateOrgan(kSpleen, kAccepted);
  session->undo();
  EXPECT_EQ(session->statement(kSpleen), OrganStatement());  // its contour is gone
  session->stateOrgan(kSpleen, kAbsent);
  session->redo();
  EXPECT_EQ(session->statement(kSpleen), OrganStatement());
  finish(*session);
  EXPECT_TRUE(replay(log()).review.stated().none());
}

TEST_F(SessionTest, AStartLeavesAnOrganAloneOfWhichSomethingWasSaid) {
  auto session = open();
  session->stateOrgan(kSpleen, kAbsent);
  session->addStart(slab(kSpleen, 2));
  EXPECT_TRUE(boundingBox(session->labels(), kSpleen).empty());
  EXPECT_EQ(session->statement(kSpleen), kAbsent);
  EXPECT_EQ(session->offeredOrgans(), LabelSet().set(kSpleen));
}

TEST_F(SessionTest, ClearingAnOrganIsOneStep) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  EXPECT_EQ(session->clear(kSpleen), (Box{{0, 0, 2}, {12, 12, 3}}));
  EXPECT_TRUE(boundingBox(session->labels(), kSpleen).empty());
  EXPECT_EQ(session->steps().back().name, "clear organ");
  session->undo();
  EXPECT_EQ(session->labels(), slab(kSpleen, 2).labels);
}

TEST_F(SessionTest, AnOrganIsSeenOnceItsSlicesWereLookedAt) {
  const AxisMap axes(smallCase().geometry);
  const Box organ{{0, 0, 1}, {4, 12, 5}};  // four axial slices, twelve coronal ones
  auto session = open();
  for (int slice = 1; slice < 4; ++slice) session->noteSlice(Plane::Axial, slice);
  EXPECT_FALSE(session->lookedThrough(organ, axes));  // three of four
  session->noteSlice(Plane::Axial, 4);
  EXPECT_TRUE(session->lookedThrough(organ, axes));
  finish(*session);
  EXPECT_TRUE(replay(log()).review.lookedThrough(organ, axes));
}

TEST_F(SessionTest, AnyPlaneMayShowAnOrganAndATipMayBeLeftOut) {
  const AxisMap axes(smallCase().geometry);
  auto session = open();
  for (int slice = 1; slice < 12; ++slice) session->noteSlice(Plane::Coronal, slice);
  EXPECT_TRUE(session->lookedThrough({{0, 0, 0}, {12, 12, 6}}, axes));  // eleven of twelve
}

TEST_F(SessionTest, LooksBeforeAStartDoNotCountForItsContours) {
  const AxisMap axes(smallCase().geometry);
  auto session = open();
  for (int slice = 0; slice < 6; ++slice) session->noteSlice(Plane::Axial, slice);
  session->addStart(slab(kSpleen, 2));
  EXPECT_FALSE(session->lookedThrough({{0, 0, 2}, {12, 12, 3}}, axes));
  finish(*session);
  EXPECT_FALSE(replay(log()).review.lookedThrough({{0, 0, 2}, {12, 12, 3}}, axes));
}

TEST_F(SessionTest, SlicesCountTowardsTheHeadWhateverTheFilesOrder) {
  Geometry fromHead = smallCase().geometry;
  fromHead.direction[8] = -fromHead.direction[8];
  OrganReview review;
  review.look(Plane::Axial, 0, 1);  // the two lowest slices: the last two of the array
  EXPECT_TRUE(review.lookedThrough({{0, 0, 4}, {12, 12, 6}}, AxisMap(fromHead)));
  EXPECT_FALSE(review.lookedThrough({{0, 0, 0}, {12, 12, 2}}, AxisMap(fromHead)));
}

TEST_F(SessionTest, SlicesThatWereNeverOnTheScreenAreToldOneByOne) {
  const AxisMap axes(smallCase().geometry);
  const Box organ{{0, 0, 1}, {4, 12, 5}};
  OrganReview review;
  EXPECT_EQ(review.slicesNotSeen(organ, axes), (std::vector<int>{1, 2, 3, 4}));
  review.look(Plane::Axial, 2, 3);
  EXPECT_EQ(review.slicesNotSeen(organ, axes), (std::vector<int>{1, 4}));
  review.look(Plane::Coronal, 0, 11);
  EXPECT_TRUE(review.slicesNotSeen(organ, axes).empty()) << "looked through in another plane";
  Geometry fromHead = smallCase().geometry;
  fromHead.direction[8] = -fromHead.direction[8];
  OrganReview low;
  low.look(Plane::Axial, 0, 1);  // the two lowest slices: the last two of the array
  EXPECT_EQ(low.slicesNotSeen({{0, 0, 2}, {12, 12, 6}}, AxisMap(fromHead)), (std::vector<int>{2, 3}));
}

}  // namespace
}  // namespace recontour
