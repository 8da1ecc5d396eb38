// The log file: what is written reads back, and what was damaged is noticed, set aside and never continued.
#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"
#include "core/session/session_log_reader.h"
#include "core/session/session_log_writer.h"
#include "tests/core/session/log_events.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

class SessionLog : public testing::Test {
 protected:
  SessionLog() {
    SessionLogWriter writer(file, {}, {});
    writer.append(logEvent(0, "first"));
    writer.append(logEvent(1, "open"));
    writer.append(logEvent(2, "edit", std::string(5000, 'x')));
    EXPECT_TRUE(writer.flush());
  }
  void overwrite(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
  TemporaryFolder folder;
  std::filesystem::path file = folder / "session.rclog";
};

TEST_F(SessionLog, ReadsBackWhatWasWritten) {
  const SessionLogContent content = readSessionLog(file);
  ASSERT_EQ(content.events.size(), 3u);
  EXPECT_EQ(content.events[2].type, "edit");
  EXPECT_EQ(content.events[2].payload, std::string(5000, 'x'));
  EXPECT_EQ(content.events[1].timeMs, 5);
  EXPECT_EQ(content.events[1].wallMs, 6);
  EXPECT_EQ(content.validBytes, content.fileBytes);
  EXPECT_FALSE(content.damage.has_value());
}

TEST_F(SessionLog, CutAnywhereItKeepsTheEventsBefore) {
  const std::string whole = readWholeFile(file);
  const auto ends = readSessionLog(file).ends;
  for (std::size_t length = ends[0]; length < whole.size(); length += 7) {
    overwrite(whole.substr(0, length));
    const SessionLogContent content = readSessionLog(file);
    const auto kept = static_cast<std::size_t>(std::ranges::count_if(ends, [&](auto end) { return end <= length; }));
    EXPECT_EQ(content.events.size(), kept) << length;
    EXPECT_EQ(content.damage.has_value(), length != ends[kept - 1]) << length;
  }
}

TEST_F(SessionLog, AFlippedBitAnywhereIsNoticed) {
  const std::string whole = readWholeFile(file);
  for (std::size_t byte = readSessionLog(file).ends[0]; byte < whole.size(); ++byte) {
    std::string flipped = whole;
    flipped[byte] = static_cast<char>(flipped[byte] ^ 4);
    overwrite(flipped);
    EXPECT_TRUE(readSessionLog(file).damage.has_value()) << byte;
  }
}

TEST_F(SessionLog, AForgedEventBreaksTheChain) {
  const auto ends = readSessionLog(file).ends;
  const std::string whole = readWholeFile(file);
  const LogRecord forged = encodeRecord(logEvent(1, "accept"), {});  // sound in itself, but not after event 0
  overwrite(whole.substr(0, ends[0]) + forged.bytes + whole.substr(ends[1]));
  const SessionLogContent content = readSessionLog(file);
  EXPECT_EQ(content.events.size(), 1u);
  EXPECT_NE(content.damage->find("hash chain"), std::string::npos);
}

TEST_F(SessionLog, AMissingEventIsNoticed) {
  const auto ends = readSessionLog(file).ends;
  const std::string whole = readWholeFile(file);
  overwrite(whole.substr(0, ends[0]) + whole.substr(ends[1]));
  EXPECT_EQ(readSessionLog(file).events.size(), 1u);
}

TEST_F(SessionLog, WhatIsNoLogIsRefused) {
  overwrite("this is a text file of some length, not a log");
  EXPECT_THROW(readSessionLog(file), Error);
  overwrite("");
  EXPECT_THROW(readSessionLog(file), Error);
  EXPECT_THROW(readSessionLog(folder / "missing"), Error);
}

TEST_F(SessionLog, ANewerVersionIsRefused) {
  Event first = logEvent(0, "first");
  const std::string now = "\"version\":" + std::to_string(kSessionLogVersion);
  first.header.replace(first.header.find("\"version\":1"), 11, now);
  overwrite(encodeRecord(first, {}).bytes);
  EXPECT_NO_THROW(readSessionLog(file));
  first.header.replace(first.header.find(now), now.size(), "\"version\":" + std::to_string(kSessionLogVersion + 1));
  overwrite(encodeRecord(first, {}).bytes);
  EXPECT_THROW(readSessionLog(file), Error);
}

TEST_F(SessionLog, AFailedWriteIsReportedAndNothingIsCalledSaved) {
  SessionLogWriter writer("/dev/full", {}, {});  // every write fails: no space left
  writer.append(logEvent(0, "first"));
  EXPECT_FALSE(writer.flush());
  EXPECT_EQ(writer.status().saved, 0u);
  EXPECT_NE(writer.status().error->find("No space left"), std::string::npos);
}

}  // namespace
}  // namespace recontour
