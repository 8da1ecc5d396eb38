// A log as opening finds it: cut, damaged, continued elsewhere, or cut short while it was being brought into order.
#include "core/session/log_recovery.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"
#include "core/session/spare_log.h"
#include "tests/core/session/log_events.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class LogRecovery : public testing::Test {
 protected:
  LogRecovery() {
    std::filesystem::create_directory(folder / "R1");
    Sha256Digest hash{};
    for (std::uint64_t number = 0; number < 10; ++number) {
      const LogRecord record = encodeRecord(logEvent(number, number == 0 ? "first" : "edit", "stroke"), hash);
      hash = record.hash;
      records.push_back(record.bytes);
    }
  }
  std::string bytes(std::size_t from, std::size_t to) const {
    std::string joined;
    for (std::size_t number = from; number < to; ++number) joined += records[number];
    return joined;
  }
  void writeLog(const std::string& bytes) const { std::ofstream(log, std::ios::binary) << bytes; }
  /// A continuation as a program leaves it when its disk refuses.
  std::filesystem::path writeRest(std::size_t first, const std::string& bytes) const {
    SpareLog rest(log, {spare}, {});
    rest.keep(first, bytes);
    return rest.file().value_or("");
  }
  RecoveredLog recover() const {
    return recoverLog(log, {spare}, [](const SessionLogContent&) {});
  }
  TemporaryFolder folder;
  std::filesystem::path log = folder / "R1/session.rclog", spare = folder / "spare";
  std::vector<std::string> records;
};

TEST_F(LogRecovery, KeepsTheLongestValidPrefixAndSetsTheTailAside) {
  writeLog(bytes(0, 5) + "torn write");
  const RecoveredLog found = recover();
  EXPECT_EQ(found.content.events.size(), 5u);
  EXPECT_EQ(readWholeFile(log), bytes(0, 5));
  ASSERT_TRUE(found.setAside.has_value());
  EXPECT_EQ(found.setAside->filename(), "session.rclog.damaged-1");
  EXPECT_EQ(readWholeFile(*found.setAside), "torn write");
  EXPECT_NE(found.damage.find("event 5"), std::string::npos);
}

TEST_F(LogRecovery, ALogWithoutAValidEventIsSetAsideAsAWhole) {
  for (const std::string& garbage : {std::string("not a log at all, but text of some length"), "x" + bytes(0, 9)}) {
    writeLog(garbage);
    EXPECT_THROW(readWithRests(log, {}), Error);  // who only reads is told so
    const RecoveredLog found = recover();
    EXPECT_TRUE(found.content.events.empty());
    EXPECT_EQ(readWholeFile(*found.setAside), garbage);
    EXPECT_EQ(std::filesystem::file_size(log), 0u);
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "R1/session.rclog.damaged-2"));
}

TEST_F(LogRecovery, WhatWasSetAsideByAnAttemptThatWasCutShortIsNotCopiedAgain) {
  writeLog(bytes(0, 5) + "torn write");
  writeFileSafely(folder / "R1/session.rclog.damaged-1", "of another time");
  writeFileSafely(folder / "R1/session.rclog.damaged-2", "torn write");
  EXPECT_EQ(recover().setAside->filename(), "session.rclog.damaged-2");
  EXPECT_FALSE(std::filesystem::exists(folder / "R1/session.rclog.damaged-3"));
}

TEST_F(LogRecovery, AppendsWhatWasElsewhere) {
  writeLog(bytes(0, 5));
  const auto rest = writeRest(5, bytes(5, 10));
  const RecoveredLog found = recover();
  EXPECT_EQ(readWholeFile(log), bytes(0, 10));
  EXPECT_TRUE(found.fromElsewhere);
  EXPECT_FALSE(std::filesystem::exists(rest));
}

TEST_F(LogRecovery, CutShortAnywhereItLosesNothing) {
  const std::string more = bytes(5, 10);
  for (std::size_t written = 0; written <= more.size(); ++written) {
    writeLog(bytes(0, 5) + more.substr(0, written));
    writeRest(5, more);
    recover();
    ASSERT_EQ(readWholeFile(log), bytes(0, 10)) << written;
    ASSERT_TRUE(std::filesystem::is_empty(spare)) << written;
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "R1/session.rclog.damaged-1"));
}

TEST_F(LogRecovery, TakesSeveralContinuationsOneAfterTheOther) {
  writeLog(bytes(0, 2));
  writeRest(4, bytes(4, 9));
  writeRest(2, bytes(2, 6));
  recover();
  EXPECT_EQ(readWholeFile(log), bytes(0, 9));
}

TEST_F(LogRecovery, AWholeLogElsewhereBringsBackOneThatIsGone) {
  writeRest(0, bytes(0, 8));
  EXPECT_EQ(recover().content.events.size(), 8u);
  EXPECT_EQ(readWholeFile(log), bytes(0, 8));
}

TEST_F(LogRecovery, LeavesAndNamesAContinuationThatDoesNotFollow) {
  writeLog(bytes(0, 5));
  const auto later = writeRest(7, bytes(7, 10));
  const auto other = writeRest(4, encodeRecord(logEvent(4, "edit", "another"), {}).bytes);
  const RecoveredLog found = recover();
  EXPECT_EQ(readWholeFile(log), bytes(0, 5));
  EXPECT_FALSE(found.fromElsewhere);
  ASSERT_EQ(found.notes.size(), 2u);
  for (const auto& file : {other, later}) EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_NE(found.notes[0].find(other.filename().string()), std::string::npos);
}

TEST_F(LogRecovery, LeavesTheContinuationsOfOtherSessionsAlone) {
  writeLog(bytes(0, 5));
  SpareLog other(folder / "R2/session.rclog", {spare}, {});
  other.keep(0, bytes(0, 1) + "of R2");
  other.keep(0, bytes(0, 1) + "of R2");
  EXPECT_TRUE(recover().notes.empty());
  EXPECT_TRUE(std::filesystem::exists(*other.file()));
}

TEST_F(LogRecovery, ADamagedContinuationGivesItsValidPartAndIsSetAside) {
  writeLog(bytes(0, 5));
  writeRest(5, bytes(5, 7) + "torn");
  const RecoveredLog found = recover();
  EXPECT_EQ(readWholeFile(log), bytes(0, 7));
  EXPECT_EQ(readWholeFile(*found.setAside), "torn");
}

TEST_F(LogRecovery, AFolderThatOthersMayWriteToIsNotTrusted) {
  writeLog(bytes(0, 5));
  writeRest(5, bytes(5, 7));
  std::filesystem::permissions(spare, std::filesystem::perms{0777});
  EXPECT_FALSE(recover().fromElsewhere);
}

TEST_F(LogRecovery, WhoOnlyReadsSeesWhatIsElsewhereAndChangesNothing) {
  writeLog(bytes(0, 5) + "torn");
  const auto rest = writeRest(5, bytes(5, 7));
  EXPECT_EQ(readWithRests(log, {spare}).content.events.size(), 7u);
  EXPECT_EQ(readWholeFile(log), bytes(0, 5) + "torn");
  EXPECT_TRUE(std::filesystem::exists(rest));
}

TEST_F(LogRecovery, ARefusalComesBeforeAnythingIsChanged) {
  writeLog(bytes(0, 5) + "torn");
  const auto refuse = [](const SessionLogContent&) { throw Error("belongs to another image"); };
  EXPECT_THROW(recoverLog(log, {spare}, refuse), Error);
  EXPECT_EQ(readWholeFile(log), bytes(0, 5) + "torn");
}

TEST_F(LogRecovery, WhatIsNoFileIsOneClearRefusal) {
  std::filesystem::create_directory(log);
  EXPECT_THROW(recover(), Error);
  std::filesystem::remove(log);
  ASSERT_EQ(::mkfifo(log.c_str(), 0600), 0);
  EXPECT_THROW(recover(), Error);
  EXPECT_THROW(readSessionLog(log), Error);
  std::filesystem::remove(log);
  std::filesystem::create_symlink(folder / "elsewhere.rclog", log);
  EXPECT_THROW(recover(), Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere.rclog"));
}

}  // namespace
}  // namespace recontour
