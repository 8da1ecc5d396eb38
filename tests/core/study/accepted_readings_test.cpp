// What others may learn from: only what was accepted in a closed study, and only as it was accepted.
#include "core/study/accepted_readings.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "core/session/session.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

class AcceptedReadings : public testing::Test {
 protected:
  void readAndClose(const std::function<void(Session&)>& edits) { task = trial.readFirstAndClose(edits); }
  std::filesystem::path file(const char* name) { return trial.study().sessionOf(task) / name; }
  void drawTwo(Session& session) {
    draw(session, trial.clock, 1, {2, 4, 3}, {8, 4, 3});
    draw(session, trial.clock, 0, {2, 9, 3}, {4, 9, 3});
  }
  std::string refusal() {
    try {
      acceptedReadings(trial.study());
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::CheckFailed);
      return error.what();
    }
    return "none";
  }
  void expectRefused(const std::string& text) { EXPECT_NE(refusal().find(text), std::string::npos) << refusal(); }

  ScriptedStudy trial;
  StudyTask task;
};

TEST_F(AcceptedReadings, HaveTheFilesThatWereAcceptedAndTheReference) {
  readAndClose([&](Session& session) {
    dab(session, trial.clock, 1, {3, 4, 3});
    drawTwo(session);
  });
  const auto readings = acceptedReadings(trial.study());
  ASSERT_EQ(readings.size(), 1U) << "the other tasks wait";
  const AcceptedReading& one = readings[0];
  EXPECT_EQ(one.name, task.caseId + "_R1_" + task.arm);
  EXPECT_EQ(one.patient, "patient-" + task.caseId);
  EXPECT_EQ(one.image, trial.study().imageOf(task.caseId));
  EXPECT_EQ(one.imageHash, trial.study().protocol().findCase(task.caseId)->imageHash);
  EXPECT_EQ(one.reference, trial.study().truthOf(task.caseId));
  const LabelMap contours = readLabelFile(one.contours.value()).labels;
  EXPECT_EQ(contours.at({3, 4, 3}), 1);
  const auto strokes = labelCounts(readLabelFile(one.strokes.value()).labels);
  EXPECT_EQ(strokes[1], 7);
  EXPECT_EQ(strokes[0], 3);
  EXPECT_EQ(strokes[255], 12 * 12 * 6 - 10);
}

TEST_F(AcceptedReadings, WithoutAStrokeHaveNone) {
  readAndClose({});
  const auto readings = acceptedReadings(trial.study());
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_FALSE(readings[0].strokes);
  EXPECT_TRUE(readings[0].contours);
}

TEST_F(AcceptedReadings, AreLookedAtOnceTheStudyIsClosed) {
  trial.study().freeze("coordinator");
  EXPECT_THROW(acceptedReadings(trial.study()), Error);
}

TEST_F(AcceptedReadings, ThatAreExcludedAreNotAmongThem) {
  readAndClose({});
  trial.study().exclude(task.id, "coordinator", "the wrong patient");
  EXPECT_TRUE(acceptedReadings(trial.study()).empty());
}

TEST_F(AcceptedReadings, WithOtherContoursAreRefused) {
  readAndClose({});
  writeLabelFile(file("revision.nii.gz"), LabelMap({12, 12, 6}), smallCase().geometry);
  expectRefused("revision.nii.gz: is not the file that was accepted");
}

TEST_F(AcceptedReadings, WithOtherStrokesThanTheLogAreRefused) {
  readAndClose([&](Session& session) { drawTwo(session); });
  writeLabelFile(file("scribbles.nii.gz"), LabelMap({12, 12, 6}), smallCase().geometry);
  expectRefused("scribbles.nii.gz: does not show the strokes of the reading's log");
  std::filesystem::remove(file("scribbles.json"));
  expectRefused("scribbles.json: does not hold the strokes");
}

TEST_F(AcceptedReadings, OfAnotherReferenceAreRefused) {
  readAndClose({});
  writeLabelFile(trial.study().truthOf(task.caseId), LabelMap({12, 12, 6}), smallCase().geometry);
  expectRefused("is not the file that was frozen");
}

}  // namespace
}  // namespace recontour
