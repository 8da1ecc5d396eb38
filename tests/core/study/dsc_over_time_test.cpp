// The course of DSC from the log of a reading that came back in a package.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/study/study_evaluation.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

/// The spleen gains a voxel on either side of the liver, whose slice lies between them, in one step.
void addAroundLiver(Session& session) {
  const Box box{{3, 9, 0}, {4, 10, 4}};  // of a column: nothing, liver, spleen, nothing
  const auto edit = session.begin("scripted");
  edit->write(box, {box.size(), {2, 1, 2, 2}});
  edit->commit();
}

/// R1 takes two voxels from the part of the spleen that the reference does not have, and puts one back.
void takeAway(ScriptedStudy& trial, Session& session) {
  session.selectOrgan(2);
  lookAround(session, trial.clock, 4);
  dab(session, trial.clock, 0, {3, 8, 2});
  dab(session, trial.clock, 0, {4, 8, 2});
  lookAround(session, trial.clock, 2);
  session.undo();
  addAroundLiver(session);
}

TEST(DscOverTime, HasTheStartAndEachChangeWithTheActiveTimeUntilThen) {
  ScriptedStudy trial({.cases = 1, .readers = {"R1"}});
  trial.study().freeze("coordinator");
  const ReaderPackage package = trial.give("R1");
  trial.read(package, 0, [&](Session& session) { takeAway(trial, session); });
  ASSERT_EQ(mergeReturn(trial.study(), trial.taken(package)).refused, std::vector<std::string>{});
  EXPECT_THROW(coursesOf(trial.study()), Error);  // truth is sealed
  trial.study().close("coordinator");
  const auto courses = coursesOf(trial.study());
  ASSERT_EQ(courses.size(), 1U);  // the liver was left alone
  EXPECT_EQ(courses[0].reader, "R1");
  EXPECT_EQ(courses[0].organ, "spleen");
  // The start has 144 voxels, of which the reference has 72: 2 x 72 / (144 + 72). Dabs take 0.5 s and come after 0.5 s.
  const std::vector<DscMoment> wanted = {
      {0, 144.0 / 216}, {5, 144.0 / 215}, {6, 144.0 / 214}, {8, 144.0 / 215}, {8, 144.0 / 217}};
  ASSERT_EQ(courses[0].moments.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(courses[0].moments[i].activeS, wanted[i].activeS, 1e-9) << i;
    EXPECT_DOUBLE_EQ(courses[0].moments[i].dsc, wanted[i].dsc) << i;
  }
}

}  // namespace
}  // namespace recontour
