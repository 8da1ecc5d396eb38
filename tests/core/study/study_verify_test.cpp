// Whoever changes a reading, its files or the study: what tells it.
#include "core/study/study_verify.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/session/event_lines.h"
#include "core/session/kept_head.h"
#include "core/session/session_log_reader.h"
#include "core/study/session_facts.h"
#include "tests/core/study/log_rebuilder.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

bool says(const std::string& sentence, const std::string& words) { return sentence.find(words) != std::string::npos; }

class StudyVerify : public testing::Test {
 protected:
  StudyVerify() {
    trial.study().freeze("coordinator");
    const ReaderPackage package = trial.give("R1");
    trial.read(package, 0, [&](Session& session) {
      dab(session, trial.clock, 1, {3, 4, 3});
      dab(session, trial.clock, 2, {5, 6, 4});
    });
    mergeReturn(trial.study(), trial.taken(package));
    receipts = readReceipts(package.folder / "receipts.csv");
    task = *trial.study().protocol().findTask(package.tasks[0].id);
    folder = trial.study().sessionOf(task);
    log = folder / "session.rclog";
  }
  StudyVerification verify() { return verifyStudy(trial.study(), receipts); }
  std::string problem() { return verify().firstProblem(); }
  /// What the store alone would find.
  std::string problemWithoutReceipts() { return verifyStudy(trial.study(), {}).firstProblem(); }

  /// As someone does who has the coordinator's machine: the stroke on the liver never was.
  void takeStrokeOut() {
    rebuildLog(log, [](std::vector<Event>& events) {
      const auto stroke = std::ranges::find(events, "edit", &Event::type);
      events.erase(stroke);
    });
  }
  /// The store is made to fit the log; revision.nii.gz and the accept event too.
  void makeTheRestFit() {
    const SessionFacts facts = readFacts(folder, trial.study().protocol(), trial.organs);
    const auto revision = folder / "revision.nii.gz";
    writeLabelFile(revision, facts.after.organs(), smallCase().geometry);
    rebuildLog(log, [&](std::vector<Event>& events) {
      const std::string sha256 = "\"" + sha256HexOfFile(revision) + "\"";
      for (Event& event : events)
        if (event.type == "accept") setMember(event, "revision_sha256", sha256.c_str());
    });
    StudySession session = readFacts(folder, trial.study().protocol(), trial.organs).session;
    const StudySession known = trial.study().store().session(task.id).value();
    session.task = known.task;
    session.state = known.state;
    session.acceptedWallMs = known.acceptedWallMs;
    trial.study().store().putSession(session);
  }

  ScriptedStudy trial;
  StudyTask task;
  std::vector<Receipt> receipts;
  fs::path folder, log;
};

TEST_F(StudyVerify, FindsNothingInAStudyAsItCameIn) {
  const StudyVerification found = verify();
  EXPECT_EQ(found.firstProblem(), "");
  ASSERT_EQ(found.readings.size(), 1U);
  EXPECT_EQ(found.readings[0].reader, "R1");
  EXPECT_EQ(found.readings[0].heads, (std::vector<std::string>{"store", "receipt"}));
  EXPECT_EQ(found.readings[0].events, readSessionLog(log).events.size());
  EXPECT_EQ(found.receipts, 1);
  EXPECT_EQ(verifyStudy(trial.study(), {}).readings[0].heads, std::vector<std::string>{"store"});
}

TEST_F(StudyVerify, FindsAFlippedBit) {
  std::string bytes = readWholeFile(log);
  bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
  writeFileSafely(log, bytes);
  EXPECT_TRUE(says(problemWithoutReceipts(), "hash chain is broken")) << problemWithoutReceipts();
}

TEST_F(StudyVerify, FindsATailCutAtAnyEventsEnd) {
  const std::string whole = readWholeFile(log);
  const auto ends = readSessionLog(log).ends;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    writeFileSafely(log, std::string_view(whole).substr(0, ends[i]));
    EXPECT_TRUE(says(problemWithoutReceipts(), "head")) << "behind event " << i;
  }
}

TEST_F(StudyVerify, FindsAChainThatWasBuiltAnewByTheHeadInTheStore) {
  takeStrokeOut();
  EXPECT_TRUE(says(problemWithoutReceipts(), "built anew")) << problemWithoutReceipts();
}

TEST_F(StudyVerify, FindsAChainThatWasBuiltAnewWithTheStoreMadeToFitByAReceiptOnly) {
  takeStrokeOut();
  makeTheRestFit();
  EXPECT_EQ(problemWithoutReceipts(), "");
  EXPECT_TRUE(says(problem(), "receipt")) << problem();
}

TEST_F(StudyVerify, FindsAReadingThatIsGone) {
  fs::remove_all(folder);
  EXPECT_TRUE(says(problemWithoutReceipts(), "any more"));
  StudySession never;
  never.task = task;
  trial.study().store().putSession(never);
  EXPECT_EQ(problemWithoutReceipts(), "");
  EXPECT_TRUE(says(problem(), "there is a receipt, but no reading"));
}

TEST_F(StudyVerify, FindsAReceiptOfAnotherStudy) {
  receipts.push_back({"T000000000000", 5, std::string(64, 'a'), 1});
  EXPECT_TRUE(says(problem(), "T000000000000"));
}

TEST_F(StudyVerify, FindsExchangedFiles) {
  const auto& study = trial.study();
  for (const auto& file :
       {study.startOf("C01", "A"), study.truthOf("C02"), folder / "revision.nii.gz", study.imageOf("C01")}) {
    const std::string before = readWholeFile(file);
    writeLabelFile(file, LabelMap(smallCase().geometry.size), smallCase().geometry);
    EXPECT_TRUE(says(problem(), file.filename().string())) << problem();
    fs::remove(file);
    EXPECT_NE(problem(), "") << file;
    writeFileSafely(file, before);
    EXPECT_EQ(problem(), "");
  }
}

TEST_F(StudyVerify, FindsARevisionThatHoldsOtherLabelsThanTheLog) {
  const auto revision = folder / "revision.nii.gz";
  writeLabelFile(revision, LabelMap(smallCase().geometry.size), smallCase().geometry);
  const std::string sha256 = "\"" + sha256HexOfFile(revision) + "\"";
  rebuildLog(log, [&](std::vector<Event>& events) {
    for (Event& event : events)
      if (event.type == "accept") setMember(event, "revision_sha256", sha256.c_str());
  });
  StudySession session = trial.study().store().session(task.id).value();
  const SessionFacts facts = readFacts(folder, trial.study().protocol(), trial.organs);
  session.logHead = facts.session.logHead;
  session.chainHead = facts.session.chainHead;
  trial.study().store().putSession(session);
  EXPECT_TRUE(says(problemWithoutReceipts(), "other labels than its log")) << problemWithoutReceipts();
}

TEST_F(StudyVerify, FindsOtherLabelsInTheStore) {
  StudySession session = trial.study().store().session(task.id).value();
  session.labelsHash = std::string(64, 'b');
  trial.study().store().putSession(session);
  EXPECT_TRUE(says(problemWithoutReceipts(), "other labels"));
}

TEST_F(StudyVerify, FindsTasksThatAreNotTheFrozenOnes) {
  auto order = trial.study().protocol().order;
  std::swap(order[0].caseId, order[1].caseId);
  trial.study().store().setTasks(order);
  EXPECT_TRUE(says(verifyStudy(trial.study(), {}).firstProblem(), "as it was frozen"));
}

TEST_F(StudyVerify, OpensNoStudyWhoseProtocolIsAnother) {
  const auto file = trial / "study" / "study.json";
  std::string text = readWholeFile(file);
  text.replace(text.find("A trial"), 7, "B trial");
  writeFileSafely(file, text);
  EXPECT_THROW(trial.openedAgain(), Error);
}

TEST_F(StudyVerify, ResultKeepsTheHeadOfItsLog) {
  const auto head = headInResult(folder);
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->hash, receipts[0].hash);
  const auto whole = readSessionLog(log);
  EXPECT_EQ(compareWithHead(whole.hashes, *head), "");
  const std::vector before(whole.hashes.begin(), whole.hashes.begin() + 3);
  EXPECT_TRUE(says(compareWithHead(before, *head), "was cut"));
  takeStrokeOut();
  rebuildLog(log, [](std::vector<Event>& events) { events.push_back(events.back()); });  // as long as before
  EXPECT_TRUE(says(compareWithHead(readSessionLog(log).hashes, *head), "built anew"));
  EXPECT_EQ(headInResult(trial / "study"), std::nullopt);
}

TEST_F(StudyVerify, EventsAreReadableOneLineEach) {
  const auto lines = eventLines(readSessionLog(log).events, trial.organs);
  const auto line = [&](const std::string& type) { return *std::ranges::find(lines, type, &EventLine::type); };
  EXPECT_EQ(line("first").utc, "2023-11-14T22:13:21.000Z");  // 1,700,000,001 s since 1970
  EXPECT_EQ(line("first").sinceStartS, 0);
  EXPECT_EQ(line("edit").organ, "Liver");
  EXPECT_EQ(line("edit").what, "brush, 1 voxels, 0.5 s");
  EXPECT_EQ(line("edit").sinceStartS, 1);
  EXPECT_TRUE(says(line("study").what, "task " + task.id));
  EXPECT_TRUE(says(line("accept").what, sha256HexOfFile(folder / "revision.nii.gz").substr(0, 12)));
  EXPECT_EQ(lines.size(), readSessionLog(log).events.size());
}

}  // namespace
}  // namespace recontour
