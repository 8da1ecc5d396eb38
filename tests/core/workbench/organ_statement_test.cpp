// What the reader says of organs, and what the workbench does with it.
#include "core/session/session.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2, kStomach = 5;
const OrganStatement kAccepted{OrganVerdict::Accepted, ""};
const OrganStatement kAbsent{OrganVerdict::Absent, "removed"};

const OrganStatus& statusOf(const Workbench& workbench, Label organ) { return workbench.organStatus()[organ - 1u]; }

struct OrganStatements : testing::Test {
  void SetUp() override {
    ASSERT_TRUE(f.open());
    ASSERT_TRUE(f.predict());
    ASSERT_TRUE(waitFor([&] { return !statusOf(f.workbench, kSpleen).box.empty(); }));
  }
  WorkbenchFixture f;
  QSignalSpy messages{&f.workbench, &Workbench::message};
};

TEST_F(OrganStatements, AnOrganIsAcceptedAsItIs) {
  f.workbench.stateOrgan(kSpleen, kAccepted);
  EXPECT_EQ(statusOf(f.workbench, kSpleen).statement, kAccepted);
  EXPECT_EQ(messages.count(), 0);
}

TEST_F(OrganStatements, AnEmptyOrganIsNotAcceptedButMayBeAbsent) {
  f.workbench.stateOrgan(kStomach, kAccepted);
  EXPECT_EQ(statusOf(f.workbench, kStomach).statement, OrganStatement());
  ASSERT_EQ(messages.count(), 1);
  EXPECT_TRUE(messages[0][1].toString().contains("Stomach has no contour"));
  f.workbench.stateOrgan(kStomach, kAbsent);
  EXPECT_EQ(statusOf(f.workbench, kStomach).statement, kAbsent);
}

TEST_F(OrganStatements, AnAbsentOrganLosesItsContourAndUndoBringsItBack) {
  const LabelMap before = f.workbench.labels();
  f.workbench.stateOrgan(kSpleen, kAbsent);
  EXPECT_TRUE(boundingBox(f.workbench.labels(), kSpleen).empty());
  EXPECT_EQ(statusOf(f.workbench, kSpleen).statement, kAbsent);
  f.workbench.undo();
  EXPECT_EQ(f.workbench.labels(), before);
  EXPECT_EQ(f.workbench.session()->statement(kSpleen), OrganStatement());
}

TEST_F(OrganStatements, ALockedOrganKeepsItsContour) {
  f.workbench.setLocked(kSpleen, true);
  f.workbench.stateOrgan(kSpleen, kAbsent);
  EXPECT_FALSE(boundingBox(f.workbench.labels(), kSpleen).empty());
  EXPECT_EQ(statusOf(f.workbench, kSpleen).statement, OrganStatement());
  ASSERT_EQ(messages.count(), 1);
  EXPECT_TRUE(messages[0][1].toString().contains("locked"));
}

TEST_F(OrganStatements, AnOrganIsSeenAfterItsSliceWasShown) {
  f.workbench.noteSlice(Plane::Axial, 2);      // the liver's only one
  f.workbench.stateOrgan(kSpleen, kAccepted);  // brings the status up to date, as each second does
  EXPECT_TRUE(statusOf(f.workbench, kLiver).seen);
  EXPECT_FALSE(statusOf(f.workbench, kSpleen).seen);
}

}  // namespace
}  // namespace recontour
