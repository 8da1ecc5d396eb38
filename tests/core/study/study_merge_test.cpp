// From the coordinator to a reader and back: what merging takes, and what it refuses.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/progress_sink.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/archive.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/session_json.h"
#include "core/study/study_csv.h"
#include "core/study/study_evaluation.h"
#include "tests/core/study/log_rebuilder.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
using State = StudySession::State;
using Names = std::vector<std::string>;

class StudyMerge : public testing::Test {
 protected:
  StudyMerge() {
    trial.study().freeze("coordinator");
    package = trial.give("R1");
    task = package.tasks[0].id;
  }
  State state() { return session().state; }
  StudySession session() { return trial.study().store().session(task).value(); }
  MergeReport merge(const fs::path& zip) { return mergeReturn(trial.study(), zip); }
  MergeReport merge() { return merge(trial.taken(package)); }
  /// The one sentence of a merge that takes nothing.
  std::string refusal(const fs::path& zip) {
    const MergeReport report = merge(zip);
    EXPECT_EQ(report.merged, Names{});
    EXPECT_EQ(report.refused.size(), 1U);
    return report.refused.empty() ? "" : report.refused.front();
  }
  std::string refusal() { return refusal(trial.taken(package)); }

  ScriptedStudy trial;
  ReaderPackage package;
  std::string task;
};

bool says(const std::string& sentence, const std::string& words) { return sentence.find(words) != std::string::npos; }

/// A .zip with its files changed in between.
fs::path changed(const fs::path& zip, const fs::path& folder, const std::function<void(const fs::path&)>& change) {
  fs::remove_all(folder);
  extractArchive(zip, folder);
  change(folder);
  std::vector<ArchiveEntry> entries;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) entries.push_back({entry.path().lexically_relative(folder).string(), entry.path()});
  auto made = folder;
  made += ".zip";
  writeArchive(made, entries);
  return made;
}

/// A member of a JSON file in a .zip set to another value.
fs::path withMember(const fs::path& zip, const fs::path& folder, const char* file, const char* pointer,
                    const Json& value) {
  return changed(zip, folder, [&](const fs::path& at) {
    Json json = readJsonFile(at / file);
    json[Json::json_pointer(pointer)] = value;
    writeFileSafely(at / file, json.dump());
  });
}

/// All that the store knows of readings.
std::string told(const CoordinatorStudy& study) {
  std::string text;
  for (const StudySession& one : study.store().sessions())
    text += one.task.id + " " + std::to_string(static_cast<int>(one.state)) + " " + std::to_string(one.acceptedWallMs) +
            " " + toJson(one) + "\n";
  study.store().forEachRow([&](const StudyRow& row) { text += LongCsv::line(row); });
  return text;
}

TEST_F(StudyMerge, BringsAReadingWithItsTimesIntoTheStore) {
  const Receipt receipt = trial.read(package, 0, [&](Session& session) {
    lookAround(session, trial.clock, 4);
    dab(session, trial.clock, 1, {3, 4, 3});  // 0.5 s of looking, 0.5 s of editing
  });
  const MergeReport report = merge();
  EXPECT_EQ(report.reader, "R1");
  EXPECT_EQ(report.merged, Names{task});
  EXPECT_EQ(report.refused, Names{});
  EXPECT_EQ(state(), State::Accepted);
  EXPECT_EQ(session().chainHead, receipt.hash);
  EXPECT_NEAR(session().activeS, 5, 1e-9);
  EXPECT_EQ(session().strokes, 1);
  EXPECT_EQ(session().organsEdited, 1);
  EXPECT_FALSE(session().interrupted);
  EXPECT_EQ(progressOf(package).states[0], ReaderProgress::State::Accepted);
}

TEST_F(StudyMerge, ChangesNothingTheSecondTime) {
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  merge(zip);
  const std::string before = told(trial.study());
  const auto notes = trial.study().store().notes().size();
  const MergeReport again = merge(zip);
  EXPECT_EQ(again.merged, Names{});
  EXPECT_EQ(again.unchanged, Names{task});
  EXPECT_EQ(told(trial.study()), before);
  EXPECT_EQ(trial.study().store().notes().size(), notes);
}

TEST_F(StudyMerge, TakesAReadingThatHasGoneOn) {
  beginTask(package, package.tasks[0], trial.organs, trial.clock, [&](Session& one) {
    dab(one, trial.clock, 1, {3, 4, 3});
  });
  const auto shorter = trial.taken(package, "shorter");
  EXPECT_EQ(merge(shorter).merged, Names{task});
  EXPECT_EQ(state(), State::Open);
  trial.read(package, 0, [&](Session& one) { dab(one, trial.clock, 2, {5, 4, 3}); });
  EXPECT_EQ(merge().merged, Names{task});
  EXPECT_EQ(state(), State::Accepted);
  EXPECT_EQ(session().strokes, 2);
  EXPECT_TRUE(says(refusal(shorter), "older state"));
  EXPECT_EQ(session().strokes, 2);
}

TEST_F(StudyMerge, RefusesAnotherReadingOfTheSameTask) {
  trial.read(package, 0);
  const ReaderPackage elsewhere = trial.give("R1", "-elsewhere");
  trial.read(elsewhere, 0, [&](Session& one) { dab(one, trial.clock, 2, {1, 1, 4}); });
  merge();
  const std::string head = session().chainHead;
  EXPECT_TRUE(says(refusal(trial.taken(elsewhere, "elsewhere")), "does not continue"));
  EXPECT_EQ(session().chainHead, head);
}

TEST_F(StudyMerge, RefusesReturnsThatAreNotOfThisStudyProtocolAndReader) {
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  const auto with = [&](const char* pointer, const Json& value) {
    return withMember(zip, trial / "changed", "return.json", pointer, value);
  };
  EXPECT_THROW(merge(with("/study", "another")), Error);
  EXPECT_THROW(merge(with("/freeze_hash", std::string(64, 'f'))), Error);
  EXPECT_THROW(merge(with("/reader", "R9")), Error);
  EXPECT_THROW(merge(with("/format", "recontour-package")), Error);
  EXPECT_THROW(merge(with("/tasks", 5)), Error);
  EXPECT_TRUE(says(refusal(with("/reader", "R2")), "no task of R2"));
  EXPECT_TRUE(says(refusal(with("/tasks", {"T000000000000"})), "no task of R1"));
  EXPECT_EQ(state(), State::Waiting);
}

TEST_F(StudyMerge, RefusesTheReadingOfAnotherTaskUnderItsName) {
  trial.read(package, 0);
  const std::string other = package.tasks[1].id;
  fs::rename(package.sessionOf(package.tasks[0]), package.sessionOf(package.tasks[1]));
  EXPECT_TRUE(says(refusal(), "another task"));
  EXPECT_EQ(trial.study().store().session(other)->state, State::Waiting);
}

TEST_F(StudyMerge, RefusesAnExchangedImage) {
  const auto image = package.imageOf(package.tasks[0]);
  fs::copy_file(package.imageOf(package.tasks[1]), image, fs::copy_options::overwrite_existing);
  EXPECT_THROW(trial.read(package, 0), Error);
  package.tasks[0].imageHash = openCase(image).imageHash;  // and a program that does not look
  trial.read(package, 0);
  EXPECT_TRUE(says(refusal(), "another image"));
}

TEST_F(StudyMerge, RefusesAnExchangedStartMap) {
  PackagedTask& first = package.tasks[0];
  const Case read = openCase(package.imageOf(first));
  writeLabelFile(*package.startOf(first), LabelMap(read.geometry.size), read.geometry);
  EXPECT_THROW(trial.read(package, 0), Error);
  first.startSha256 = sha256HexOfFile(*package.startOf(first));
  trial.read(package, 0);
  EXPECT_TRUE(says(refusal(), "other contours"));
}

TEST_F(StudyMerge, RefusesAStartMapThatOnlySaysThatItIsTheFrozenOne) {
  trial.read(package, 0, [&](Session& one) {
    StartMap start;
    start.labels = LabelMap(one.geometry().size);
    start.sha256 = package.tasks[0].startSha256;
    one.addStart(start);
  });
  EXPECT_TRUE(says(refusal(), "other contours at its start"));
}

TEST_F(StudyMerge, RefusesContoursFromElsewhereInTheMiddle) {
  trial.read(package, 0, [&](Session& one) {
    StartMap start;
    start.labels = one.labels();
    start.sha256 = std::string(64, 'e');
    one.addStart(start);
    one.undo();
    dab(one, trial.clock, 1, {3, 4, 3});
  });
  EXPECT_TRUE(says(refusal(), "other contours"));
}

TEST_F(StudyMerge, RefusesAnotherRevisionThanTheAcceptedOne) {
  trial.read(package, 0);
  const auto revision = package.sessionOf(package.tasks[0]) / "revision.nii.gz";
  fs::copy_file(*package.startOf(package.tasks[0]), revision, fs::copy_options::overwrite_existing);
  EXPECT_TRUE(says(refusal(), "not the file that was accepted"));
  fs::remove(revision);
  EXPECT_TRUE(says(refusal(), "has no revision.nii.gz"));
}

TEST_F(StudyMerge, RefusesAnAcceptedReadingWithoutItsStartMapOrRevision) {
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  const auto log = fs::path("sessions") / task / "session.rclog";
  const auto noRevision = changed(zip, trial / "no-revision", [&](const fs::path& at) {
    rebuildLog(at / log, [](std::vector<Event>& events) {
      setMember(*std::ranges::find(events, "accept", &Event::type), "revision_sha256", "\"\"");
    });
  });
  EXPECT_TRUE(says(refusal(noRevision), "does not say which file"));
  const auto noStart = changed(zip, trial / "no-start", [&](const fs::path& at) {
    rebuildLog(at / log, [](std::vector<Event>& events) {
      std::erase_if(events, [](const Event& one) { return one.type == "start"; });
    });
  });
  EXPECT_TRUE(says(refusal(noStart), "accepted without any"));
}

TEST_F(StudyMerge, RefusesADamagedLogAndTakesTheOthers) {
  trial.read(package, 0);
  trial.read(package, 1);
  const auto log = package.sessionOf(package.tasks[0]) / "session.rclog";
  std::string bytes = readWholeFile(log);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  writeFileSafely(log, bytes);
  const MergeReport report = merge();
  EXPECT_EQ(report.merged, Names{package.tasks[1].id});
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_TRUE(says(report.refused[0], "hash chain is broken"));
}

TEST_F(StudyMerge, RefusesALogWhoseEventsAreNotAsTheyShouldBe) {
  trial.read(package, 0, [&](Session& one) { one.noteForm({"after", {{"acceptability", "4"}}, 0, 1}); });
  rebuildLog(package.sessionOf(package.tasks[0]) / "session.rclog", [](std::vector<Event>& events) {
    for (Event& event : events)
      if (event.type == "rating") setMember(event, "answers", R"({"acceptability": [4]})");
  });
  EXPECT_FALSE(refusal().empty());
}

TEST_F(StudyMerge, LeavesAnExcludedReadingExcluded) {
  beginTask(package, package.tasks[0], trial.organs, trial.clock, [](Session&) {});
  merge();
  trial.study().exclude(task, "coordinator", "no consent");
  trial.read(package, 0);
  EXPECT_EQ(merge().merged, Names{task});
  EXPECT_EQ(state(), State::Excluded);
  EXPECT_EQ(session().excludedReason, "no consent");
  EXPECT_FALSE(session().chainHead.empty());
}

TEST_F(StudyMerge, LetsAReaderGoOnOnlyWhereTheCoordinatorReopened) {
  trial.read(package, 0);
  merge();
  const std::string first = session().chainHead;
  ReaderPackage again = trial.give("R1");
  EXPECT_EQ(again.folder, package.folder);
  EXPECT_EQ(progressOf(again).states[0], ReaderProgress::State::Accepted);
  trial.study().reopen(task, "coordinator", "colon forgotten");
  again = trial.give("R1");
  EXPECT_EQ(again.tasks[0].reopened, 1);
  EXPECT_EQ(again.tasks[1].reopened, 0);
  EXPECT_EQ(progressOf(again).states[0], ReaderProgress::State::Open);
  EXPECT_EQ(nextTask(again, progressOf(again), trial.clock.wallMs()).task, 0);
  EXPECT_EQ(merge().unchanged, Names{task});  // the old accept does not count again
  EXPECT_EQ(state(), State::Open);
  trial.read(again, 0, [&](Session& one) { dab(one, trial.clock, 2, {5, 4, 3}); });
  EXPECT_EQ(progressOf(again).states[0], ReaderProgress::State::Accepted);
  EXPECT_EQ(merge().merged, Names{task});
  EXPECT_EQ(state(), State::Accepted);
  EXPECT_NE(session().chainHead, first);
  EXPECT_EQ(session().strokes, 2);
}

TEST_F(StudyMerge, CountsEachAcceptOnceHoweverOftenATaskIsReopened) {
  beginTask(package, package.tasks[0], trial.organs, trial.clock, [](Session&) {});
  merge();
  const auto excludeAndReopen = [&] {
    trial.study().exclude(task, "coordinator", "a mistake");
    trial.study().reopen(task, "coordinator", "it was none");
    return trial.give("R1").tasks[0].reopened;
  };
  EXPECT_EQ(excludeAndReopen(), 0);
  trial.read(package, 0);
  EXPECT_EQ(progressOf(trial.give("R1")).states[0], ReaderProgress::State::Accepted);
  merge();
  EXPECT_EQ(state(), State::Accepted);
  EXPECT_EQ(excludeAndReopen(), 1);
  EXPECT_EQ(excludeAndReopen(), 1);
  package = trial.give("R1");
  trial.read(package, 0);
  EXPECT_EQ(progressOf(package).states[0], ReaderProgress::State::Accepted);
  merge();
  EXPECT_EQ(excludeAndReopen(), 2);
}

TEST_F(StudyMerge, DoesNotTakeAnOpeningAloneForAnotherAccept) {
  trial.read(package, 0);
  merge();
  trial.study().reopen(task, "coordinator", "look again");
  const Case read = openCase(package.imageOf(package.tasks[0]));
  Session::open(package.sessionOf(package.tasks[0]), read, trial.organs, "R1", trial.clock)->close();
  EXPECT_EQ(merge().merged, Names{task});
  EXPECT_EQ(state(), State::Open);
}

TEST_F(StudyMerge, RefusesAReadingThatWentOnBehindItsAccept) {
  trial.read(package, 0);
  merge();
  const std::string head = session().chainHead;
  trial.read(package, 0, [&](Session& one) { dab(one, trial.clock, 2, {5, 4, 3}); });
  EXPECT_TRUE(says(refusal(), "gone on with after it was accepted"));
  EXPECT_EQ(session().chainHead, head);
  trial.study().reopen(task, "coordinator", "agreed by telephone");
  EXPECT_EQ(merge().merged, Names{task});
}

TEST_F(StudyMerge, EndsWhatWasCutShort) {
  trial.read(package, 0);
  StudySession before = session();
  merge();
  const std::string after = told(trial.study());
  trial.study().store().putSession(before);  // files are there, but the store was not reached, or is an older backup
  EXPECT_EQ(merge().merged, Names{task});
  EXPECT_EQ(told(trial.study()), after);
}

TEST_F(StudyMerge, IsForFrozenStudies) {
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  trial.study().close("coordinator");
  EXPECT_THROW(merge(zip), Error);
  EXPECT_THROW(trial.packed("R1"), Error);
}

TEST_F(StudyMerge, WritesNothingOutsideOfTheStudy) {
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  const std::string note = readFromArchive(zip, "return.json");
  for (const char* name :
       {"../outside", "sessions/../../outside", "/tmp/recontour-outside", "C:\\outside", "a\\..\\b"}) {
    const auto evil = trial / "evil.zip";
    writeArchive(evil, {{"return.json", {}, note}, {name, {}, "x"}});
    EXPECT_THROW(merge(evil), Error) << name;
  }
  EXPECT_FALSE(fs::exists(trial / "outside"));
  EXPECT_FALSE(fs::exists(trial / "study" / "outside"));
  EXPECT_FALSE(fs::exists("/tmp/recontour-outside"));
  EXPECT_FALSE(fs::exists(trial / "study" / "incoming"));
}

TEST_F(StudyMerge, RefusesAnyBytesWithAnError) {
  trial.read(package, 0);
  const std::string whole = readWholeFile(trial.taken(package));
  const auto broken = trial / "broken.zip";
  const std::string before = told(trial.study());
  int refused = 0;
  for (std::size_t keep = 0; keep < whole.size(); keep += 1 + whole.size() / 60) {
    writeFileSafely(broken, whole.substr(0, keep));
    EXPECT_THROW(merge(broken), Error) << keep << " bytes";
    ++refused;
  }
  EXPECT_GT(refused, 50);
  EXPECT_EQ(told(trial.study()), before);
}

/// R1, R2 and R3 read every case, each at a time and in a way of his own that follows from reader and task alone.
void readAs(ScriptedStudy& trial, const ReaderPackage& package) {
  const int reader = package.reader[1] - '0';
  for (std::size_t i = 0; i < package.tasks.size(); ++i) {
    trial.clock.nowMs = 1'000'000 * reader + 100'000 * static_cast<std::int64_t>(i);
    trial.read(package, i, [&](Session& session) {
      lookAround(session, trial.clock, reader);
      dab(session, trial.clock, 1, {reader, 4, 3});
      dab(session, trial.clock, 2, {reader, static_cast<int>(i), 4});
    });
  }
}

TEST(StudyHospitals, GiveTheSameStoreAsOneWorkstation) {
  ScriptedStudy trial({.preset = "word-fig3", .cases = 3, .readers = {"R1", "R2", "R3"}, .washoutDays = 0});
  trial.study().freeze("coordinator");
  fs::copy(trial / "study", trial / "other", fs::copy_options::recursive);
  auto other = CoordinatorStudy::open(trial / "other", trial.clock);
  std::map<std::string, fs::path> atOne, inHospitals, halfWay;
  for (const char* reader : {"R1", "R2", "R3"}) {
    const ReaderPackage here = trial.give(reader, "-one-workstation"), there = trial.give(reader, "-hospital");
    readAs(trial, here);
    readAs(trial, there);
    atOne[reader] = trial.taken(here, "one");
    inHospitals[reader] = trial.taken(there, "hospital");
    fs::remove_all(there.sessionOf(there.tasks[2]));
    halfWay[reader] = trial.taken(there, "half");
  }
  for (const char* reader : {"R1", "R2", "R3"}) EXPECT_EQ(mergeReturn(trial.study(), atOne[reader]).merged.size(), 3U);
  EXPECT_EQ(mergeReturn(other, halfWay["R2"]).merged.size(), 2U);
  for (const char* reader : {"R3", "R1", "R2"}) EXPECT_EQ(mergeReturn(other, inHospitals[reader]).refused, Names{});
  EXPECT_EQ(told(trial.study()), told(other));
  NoProgress progress;
  for (CoordinatorStudy* study : {&trial.study(), &other}) {
    study->close("coordinator");
    evaluateStudy(*study, progress, {});
  }
  EXPECT_EQ(told(trial.study()), told(other));
  std::size_t rows = 0, measured = 0;
  other.store().forEachRow([&](const StudyRow& row) { ++rows, measured += row.after && row.after->dsc; });
  EXPECT_EQ(rows, 27U);  // 3 readers, 3 cases, 2 organs and review
  EXPECT_EQ(measured, 18U);
}

}  // namespace
}  // namespace recontour
