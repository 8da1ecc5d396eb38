// The model of the disk: what POSIX promises is there after a power loss, and nothing more.
#include "tests/reliability/crash_states.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

/// An empty disk, with calls by their kinds as call_recorder.c names them.
class CrashStates : public testing::Test {
 protected:
  void call(char kind, std::uint64_t a, std::uint64_t b, const std::string& first, const std::string& second = {}) {
    const bool names = kind != 'W' && kind != 'S';
    model.apply(
        {kind, a, b, names ? (folder / first).string() : first, second.empty() ? second : (folder / second).string()});
  }
  FolderState after(Fate fate) { return model.afterPowerLoss(fate, random); }
  /// Contents of a file in many states.
  std::set<std::string> contentsAtRandom(const std::string& name) {
    std::set<std::string> found;
    for (int i = 0; i < 500; ++i) {
      const FolderState state = after(Fate::Random);
      found.insert(state.files.contains(name) ? state.files.at(name) : "missing");
    }
    return found;
  }
  TemporaryFolder folder;
  DiskModel model{folder.path()};
  PortableRandom random{1};
};

TEST_F(CrashStates, AFlushedFileInAFolderThatIsNotMayBeMissing) {
  call('O', 5, 1, "log");
  call('W', 5, 0, "abc");
  call('F', 5, 0, "");
  EXPECT_EQ(contentsAtRandom("log"), (std::set<std::string>{"missing", "abc"}));
  model.apply({'D', 0, 0, folder.path(), ""});
  EXPECT_EQ(contentsAtRandom("log"), std::set<std::string>{"abc"});
}

TEST_F(CrashStates, WhatIsNotFlushedMayBeCutLostOrZero) {
  call('O', 5, 1, "log");
  call('W', 5, 0, "ab");
  call('F', 5, 0, "");
  model.apply({'D', 0, 0, folder.path(), ""});
  call('W', 5, 2, "cd");
  EXPECT_EQ(contentsAtRandom("log"), (std::set<std::string>{"ab", "abc", "abcd"}));
  EXPECT_EQ(after(Fate::NoData).files.at("log"), std::string("ab\0\0", 4));
  EXPECT_EQ(after(Fate::NoneDone).files.at("log"), "ab");
  EXPECT_EQ(after(Fate::AllDone).files.at("log"), "abcd");
}

TEST_F(CrashStates, ALaterWriteMayBeThereWithoutAnEarlierOne) {
  call('O', 5, 1, "log");
  model.apply({'D', 0, 0, folder.path(), ""});
  call('W', 5, 0, "ab");
  call('W', 5, 2, "cd");
  EXPECT_TRUE(contentsAtRandom("log").contains(std::string("\0\0cd", 4)));
}

TEST_F(CrashStates, ARenamedFileIsTheOldOrTheNewOne) {
  call('O', 5, 1, "a");
  call('O', 6, 1, ".a.new");
  call('W', 5, 0, "old");
  call('W', 6, 0, "new");
  call('F', 5, 0, "");
  call('F', 6, 0, "");
  model.apply({'D', 0, 0, folder.path(), ""});
  call('R', 6, 0, ".a.new", "a");
  EXPECT_EQ(contentsAtRandom("a"), (std::set<std::string>{"old", "new"}));
}

TEST_F(CrashStates, FilesThatChangePlacesAreBothTheOldOrBothTheNewOnes) {
  call('O', 5, 1, "a");
  call('O', 6, 1, ".a.new");
  call('W', 5, 0, "old");
  call('W', 6, 0, "new");
  call('F', 5, 0, "");
  call('F', 6, 0, "");
  model.apply({'D', 0, 0, folder.path(), ""});
  model.apply({'E', 6, 5, (folder / ".a.new").string(), (folder / "a").string()});
  EXPECT_EQ(contentsAtRandom("a"), (std::set<std::string>{"old", "new"}));
  call('U', 0, 0, ".a.new");
  EXPECT_EQ(contentsAtRandom("a"), (std::set<std::string>{"old", "new"}));
  model.apply({'D', 0, 0, folder.path(), ""});
  EXPECT_EQ(contentsAtRandom("a"), (std::set<std::string>{"new"}));
}

TEST_F(CrashStates, WithoutItsFolderAFileIsNotThere) {
  call('M', 0, 0, "sessions");
  call('O', 5, 1, "sessions/log");
  call('F', 5, 0, "");
  call('D', 0, 0, "sessions");
  EXPECT_EQ(contentsAtRandom("sessions/log"), (std::set<std::string>{"missing", ""}));
}

TEST_F(CrashStates, ACutOffFileMayStillBeLong) {
  call('O', 5, 1, "log");
  call('W', 5, 0, "abc");
  call('F', 5, 0, "");
  model.apply({'D', 0, 0, folder.path(), ""});
  call('T', 5, 1, "");
  EXPECT_EQ(contentsAtRandom("log"), (std::set<std::string>{"abc", "a"}));
}

TEST_F(CrashStates, ATraceThatIsCutIsRefused) {
  std::ofstream(folder / "trace") << "W 5 0 3 0\nabcS 0 0 5 0\nhello";
  const auto calls = readTrace(folder / "trace");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].first, "abc");
  EXPECT_EQ(calls[1].kind, 'S');
  std::ofstream(folder / "cut") << "W 5 0 30 0\nabc";
  EXPECT_THROW(readTrace(folder / "cut"), Error);
}

}  // namespace
}  // namespace recontour
