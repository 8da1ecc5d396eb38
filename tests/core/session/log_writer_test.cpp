// What a log's writer does when its disk refuses: claims nothing, keeps all, writes elsewhere, and comes back.
#include <condition_variable>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/log_recovery.h"
#include "core/session/session_log_reader.h"
#include "core/session/session_log_writer.h"
#include "tests/core/session/failing_disk.h"
#include "tests/core/session/log_events.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class LogWriter : public testing::Test {
 protected:
  LogWriter() { std::filesystem::create_directories(file.parent_path()); }
  std::unique_ptr<SessionLogWriter> begin(std::vector<std::filesystem::path> elsewhere, bool triesAgain = true) {
    const std::chrono::milliseconds again = triesAgain ? std::chrono::milliseconds(5) : std::chrono::hours(1);
    auto writer = std::make_unique<SessionLogWriter>(file, std::vector<std::uint64_t>{}, Sha256Digest{},
                                                     std::move(elsewhere), disk.calls(), again);
    writer->onStatus([this] {
      const std::lock_guard lock(mutex);
      changed.notify_all();
    });
    return writer;
  }
  /// Waits until the writer says so.
  template <typename Is>
  void await(SessionLogWriter& writer, Is is) {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(20), [&] { return is(writer.status()); }));
  }
  static void append(SessionLogWriter& writer, std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t event = from; event < to; ++event)
      writer.append(logEvent(event, event == 0 ? "first" : "edit", std::string(300, 'x')));
  }
  static bool isSaved(const SessionLogWriter::Status& status) {
    return !status.error && status.saved == status.appended;
  }
  static bool isElsewhere(const SessionLogWriter::Status& status) { return status.elsewhere.has_value(); }
  std::size_t eventsInLog() const { return readSessionLog(file).events.size(); }

  TemporaryFolder folder;
  std::filesystem::path file = folder / "disk/R1/session.rclog", spare = folder / "spare";
  FailingDisk disk{folder / "disk"};
  std::mutex mutex;
  std::condition_variable changed;
};

TEST_F(LogWriter, CallsAnEventSavedOnlyWhenTheDiskSaidSo) {
  for (const int error : {EIO, ENOSPC, EDQUOT, EROFS}) {
    disk.flushError = error;
    const auto writer = begin({}, false);
    append(*writer, 0, 2);
    EXPECT_FALSE(writer->flush());
    EXPECT_EQ(writer->status().saved, 0u);
    EXPECT_NE(writer->status().error->find("session.rclog: flushing to disk failed"), std::string::npos);
    EXPECT_FALSE(writer->status().elsewhere.has_value());
    disk.flushError = 0;
  }
}

TEST_F(LogWriter, SurvivesShortWritesAndInterruptions) {
  disk.longest = 7;
  const auto writer = begin({});
  append(*writer, 0, 5);
  EXPECT_TRUE(writer->flush());
  EXPECT_EQ(eventsInLog(), 5u);
}

TEST_F(LogWriter, KeepsWhatFailedAndWritesItWhenTheDiskIsBack) {
  const auto writer = begin({});
  append(*writer, 0, 3);
  ASSERT_TRUE(writer->flush());
  disk.tears = true;
  disk.writeError = ENOSPC;
  append(*writer, 3, 6);
  EXPECT_FALSE(writer->flush());
  append(*writer, 6, 9);
  EXPECT_EQ(writer->status().saved, 3u);
  disk.writeError = 0;
  await(*writer, isSaved);
  const SessionLogContent content = readSessionLog(file);
  EXPECT_EQ(content.events.size(), 9u);
  EXPECT_FALSE(content.damage.has_value());
  EXPECT_EQ(writer->read(7).payload, std::string(300, 'x'));
}

TEST_F(LogWriter, AFailedFlushIsNeverTrustedAgainWithoutWritingAnew) {
  const auto writer = begin({});
  append(*writer, 0, 1);
  ASSERT_TRUE(writer->flush());
  disk.flushError = EIO;
  append(*writer, 1, 2);
  EXPECT_FALSE(writer->flush());
  const int writes = disk.writes;
  disk.flushError = 0;
  await(*writer, isSaved);
  EXPECT_GT(disk.writes, writes);
}

TEST_F(LogWriter, PutsElsewhereWhatTheDiskRefusesUntilItIsBack) {
  const auto writer = begin({spare});
  append(*writer, 0, 2);
  ASSERT_TRUE(writer->flush());
  disk.writeError = ENOSPC;
  append(*writer, 2, 4);
  await(*writer, isElsewhere);
  append(*writer, 4, 5);
  const auto rest = *writer->status().elsewhere;
  EXPECT_EQ(rest.parent_path(), spare);
  EXPECT_TRUE(rest.filename().string().ends_with("-2.rclog-rest")) << rest;
  struct stat found = {};
  ASSERT_EQ(::stat(rest.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(writer->status().saved, 2u);
  disk.writeError = 0;
  await(*writer, isSaved);
  EXPECT_EQ(eventsInLog(), 5u);
  EXPECT_FALSE(std::filesystem::exists(rest));
  EXPECT_FALSE(writer->status().elsewhere.has_value());
}

TEST_F(LogWriter, TakesTheNextFolderWhereTheFirstRefuses) {
  disk.writeError = EIO;
  const auto writer = begin({folder / "disk/unsaved", "/proc/none", spare}, false);
  append(*writer, 0, 2);
  await(*writer, isElsewhere);
  EXPECT_EQ(writer->status().elsewhere->parent_path(), spare);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "disk/unsaved"));
}

TEST_F(LogWriter, AFolderThatOthersMayReadTakesNothing) {
  std::filesystem::create_directories(spare);
  std::filesystem::permissions(spare, std::filesystem::perms{0755});
  disk.writeError = EIO;
  const auto writer = begin({spare}, false);
  append(*writer, 0, 1);
  EXPECT_FALSE(writer->flush());
  EXPECT_TRUE(std::filesystem::is_empty(spare));
}

TEST_F(LogWriter, EndsWithALastAttempt) {
  disk.writeError = ENOSPC;
  auto writer = begin({}, false);
  append(*writer, 0, 3);
  EXPECT_FALSE(writer->flush());
  disk.writeError = 0;
  writer.reset();
  EXPECT_EQ(eventsInLog(), 3u);
}

TEST_F(LogWriter, WhatItCouldOnlyPutElsewhereIsBroughtBackByTheNextOpening) {
  disk.tears = true;
  auto writer = begin({spare}, false);
  append(*writer, 0, 3);
  ASSERT_TRUE(writer->flush());
  disk.writeError = ENOSPC;
  append(*writer, 3, 7);
  writer.reset();
  EXPECT_LT(eventsInLog(), 7u);
  const RecoveredLog found = recoverLog(file, {spare}, [](const SessionLogContent&) {});
  EXPECT_TRUE(found.fromElsewhere);
  EXPECT_EQ(found.inLog, 7u);
  EXPECT_FALSE(found.setAside.has_value());  // the half that was written is no damage
  EXPECT_EQ(eventsInLog(), 7u);
  EXPECT_TRUE(std::filesystem::is_empty(spare));
}

TEST_F(LogWriter, BringsBackALogThatWasRemovedUnderIt) {
  const auto writer = begin({spare});
  append(*writer, 0, 3);
  ASSERT_TRUE(writer->flush());
  std::filesystem::remove(file);
  append(*writer, 3, 4);
  await(*writer, [](const auto& status) { return status.saved == 4 && !status.error; });
  EXPECT_EQ(eventsInLog(), 4u);
  EXPECT_TRUE(std::filesystem::is_empty(spare));
}

TEST_F(LogWriter, WhereTheFolderIsGoneAllOfTheLogIsKeptElsewhere) {
  auto writer = begin({spare}, false);
  append(*writer, 0, 3);
  ASSERT_TRUE(writer->flush());
  std::filesystem::rename(file.parent_path(), folder / "moved");
  append(*writer, 3, 5);
  await(*writer, isElsewhere);
  writer.reset();
  const RecoveredLog found = readWithRests(file, {spare});
  EXPECT_EQ(found.content.events.size(), 5u);
  EXPECT_EQ(readSessionLog(folder / "moved/session.rclog").events.size(), 3u);
}

TEST_F(LogWriter, DoesNotWriteToAnotherLogThatWasPutThere) {
  auto writer = begin({spare});
  append(*writer, 0, 3);
  ASSERT_TRUE(writer->flush());
  std::filesystem::remove(file);
  writeFileSafely(file, std::string(5000, 'o'));
  append(*writer, 3, 4);
  await(*writer, isElsewhere);
  writer.reset();
  EXPECT_EQ(readWholeFile(file), std::string(5000, 'o'));
}

}  // namespace
}  // namespace recontour
