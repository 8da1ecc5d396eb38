// Figures and times follow the protocol as it is now, and only from files that are as they were frozen or merged.
#include "core/study/study_evaluation.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "core/session/study_events.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

struct Silent final : ProgressSink {
  void progress(std::string_view, int, int, double) override {}
};

constexpr Label kOutside = 5;  ///< an organ of the table that is not in the study

class StudyEvaluation : public testing::Test {
 protected:
  void readAndClose(const std::function<void(Session&)>& edits) { task = trial.readFirstAndClose(edits).id; }
  void lookLong() {
    readAndClose([&](Session& session) {
      dab(session, trial.clock, 1, {3, 4, 3});
      trial.clock.goOn(90'000);
      dab(session, trial.clock, 2, {5, 4, 3});
    });
  }
  void evaluate() {
    Silent silent;
    evaluateStudy(trial.study(), silent, {});
  }
  StudySession session() { return trial.study().store().session(task).value(); }
  double rowSeconds(std::size_t limit) {
    double sum = 0;
    trial.study().store().forEachRow([&](const StudyRow& row) { sum += row.activeS[limit]; });
    return sum;
  }

  ScriptedStudy trial;
  std::string task;
};

TEST_F(StudyEvaluation, TakesNewIdleLimitsForRowsAndTimes) {
  lookLong();
  evaluate();
  const double before = session().activeAtS[0];
  EXPECT_NEAR(rowSeconds(0), before, 1e-9);
  trial.study().amend("/analysis/idleLimitsS", "[20, 30, 60, 200]", "coordinator", "as the board asked");
  evaluate();
  EXPECT_NEAR(session().activeAtS[0], before + 10, 1e-9);
  EXPECT_NEAR(rowSeconds(0), before + 10, 1e-9);
  EXPECT_NEAR(rowSeconds(3), session().activeAtS[3], 1e-9);
  EXPECT_EQ(session().state, StudySession::State::Accepted);
  EXPECT_FALSE(session().chainHead.empty());
}

TEST_F(StudyEvaluation, TakesANewPrimaryIdleLimitForTimes) {
  lookLong();
  evaluate();
  trial.study().amend("/analysis/primaryIdleLimitS", "120", "coordinator", "as the board asked");
  evaluate();
  EXPECT_NEAR(session().activeS, session().activeAtS[3], 1e-9);
}

TEST_F(StudyEvaluation, GivesTheTimeOfOrgansOutsideOfTheStudyToReview) {
  readAndClose([&](Session& session) {
    dab(session, trial.clock, 1, {3, 4, 3});
    dab(session, trial.clock, kOutside, {5, 4, 3});
  });
  evaluate();
  EXPECT_NEAR(rowSeconds(1), session().activeS, 1e-9);
  EXPECT_NEAR(session().organActiveS.at("review"), 1, 1e-9);
}

TEST_F(StudyEvaluation, TakesTheFirstAnswerBeforeRevisingAndTheLastBehindIt) {
  readAndClose([&](Session& session) {
    for (const char* when : {"before", "after"})
      for (const char* answer : {"1", "4"}) session.noteForm({when, {{"acceptability", answer}}, 0, 0});
  });
  EXPECT_EQ(session().ratings.at("before.acceptability"), "1");
  EXPECT_EQ(session().ratings.at("after.acceptability"), "4");
}

TEST_F(StudyEvaluation, RefusesAReferenceThatWasChanged) {
  lookLong();
  const std::string caseId = session().task.caseId;
  LabelImage truth = readLabelFile(trial.study().truthOf(caseId));
  truth.labels.writeRow(0, 0, 0, std::vector<Label>(12, 1));
  writeLabelFile(trial.study().truthOf(caseId), truth.labels, truth.geometry);
  EXPECT_THROW(evaluate(), Error);
  EXPECT_THROW(gatherResults(trial.study()), Error);
}

TEST_F(StudyEvaluation, RefusesALogThatIsNotTheMergedOne) {
  lookLong();
  StudySession other = session();
  other.logHead = std::string(64, '0');
  trial.study().store().putSession(other);
  EXPECT_THROW(evaluate(), Error);
  EXPECT_THROW(coursesOf(trial.study()), Error);
}

TEST(StudyAmendment, IsRefusedWhereTheAnalysisCouldNotBeDone) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const std::pair<const char*, const char*> wrong[] = {
      {"/analysis/metricProfile", "\"none\""},
      {"/analysis/alpha", "0"},
      {"/analysis/alpha", "1"},
      {"/analysis/idleLimitsS", "[10, 30, 30, 120]"},
      {"/analysis/idleLimitsS", "[0, 10, 30, 120]"},
      {"/analysis/primaryIdleLimitS", "31"},
      {"/analysis/bootstrapSamples", "99"},
      {"/analysis/margin", "0"},
      {"/analysis/primaryEndpoint", "\"time\""},
      {"/analysis/tolerancesMm", R"({"liver": 0})"},
      {"/analysis/tolerancesMm", R"({"no organ": 3})"},
  };
  const auto notes = trial.study().store().notes().size();
  for (const auto& [path, value] : wrong)
    EXPECT_THROW(trial.study().amend(path, value, "coordinator", "x"), Error) << path << " " << value;
  EXPECT_EQ(trial.study().store().notes().size(), notes);
  EXPECT_NO_THROW(trial.study().amend("/analysis/tolerancesMm", R"({"liver": 2})", "coordinator", "x"));
}

}  // namespace
}  // namespace recontour
