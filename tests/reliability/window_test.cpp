// The window itself, on a display: killed while it revises and accepts, and started on damaged logs.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/log_check.h"
#include "tests/reliability/log_damage.h"
#include "tests/reliability/window_process.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// The event up to which the window said that all is saved; none before it said so.
std::optional<std::uint64_t> savedUpTo(const Said& said) {
  const auto rest = said.last("stroke ");  // "12 of 40 is saved, event 57"
  if (!rest) return {};
  return std::stoull(rest->substr(rest->rfind(' ') + 1));
}

class WindowTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(desk.hasDisplay()) << "the program Xvfb is missing"; }
  fs::path log() const { return desk.sessionFolder() / "session.rclog"; }
  std::string logBytes() const { return fs::exists(log()) ? readWholeFile(log()) : std::string(); }
  WindowDesk desk;
};

TEST_F(WindowTest, KilledAtRandomPointsLosesNothingThatItCalledSaved) {
  constexpr std::uint64_t kSeed = 11;
  constexpr int kStrokes = 40;
  const int kills = amount(12, 200);
  PortableRandom random(kSeed);
  int consistent = 0, saved = 0, lost = 0, whileOpening = 0, whileAccepting = 0;
  for (int kill = 0; kill < kills; ++kill) {
    const std::string before = logBytes();
    const std::uint64_t eventsBefore = before.empty() ? 0 : readSessionLog(log()).events.size();
    const auto window = desk.startRevising(kStrokes, random.next());
    const int strokes = kill % 4 == 0 ? 0 : kill % 4 == 1 ? kStrokes : random.below(kStrokes);
    if (strokes == kStrokes)
      window->waitFor("revised");
    else
      window->waitFor("stroke", strokes);
    window->killAfter(random.below(strokes == 0 ? 1'000'000 : strokes == kStrokes ? 200'000 : 50'000));
    const auto event = savedUpTo(window->said());
    whileOpening += !event;
    whileAccepting += window->said().has("revised");
    if (event) saved += static_cast<int>(*event + 1 - eventsBefore);
    const std::string after = logBytes();
    const LogCheck check = checkLog(desk.sessionFolder(), {});
    lost += event && check.events.size() <= *event;
    const bool verified = after.empty() || commandLine({"verify", desk.sessionFolder().string()}) ==
                                               (check.damaged ? "exit 1" : "exit 0");
    consistent += verified && (after.starts_with(before) || check.events.size() >= eventsBefore);
  }
  const auto last = desk.startRevising(3, random.next());
  EXPECT_EQ(last->finish(), "exit 0") << readWholeFile(desk.errors());
  const auto revision = readLabelFile(desk.sessionFolder() / "revision.nii.gz").labels;
  EXPECT_TRUE(revision == replay(log()).labels.layer(LabelLayers::kOrgans));
  std::printf(
      "D1 window (seed %d): killed %d times, %d while it opened and %d while it accepted; %d logs consistent, %d "
      "of %d events lost that it called saved\n",
      static_cast<int>(kSeed), kills, whileOpening, whileAccepting, consistent, lost, saved);
  EXPECT_EQ(consistent, kills);
  EXPECT_EQ(lost, 0);
  EXPECT_GT(saved, kills);
  EXPECT_LT(whileAccepting, kills);  // when they come is the machine's: the line above tells
}

TEST_F(WindowTest, StartsOnDamagedLogsAndShowsWhatIsWhole) {
  const int wanted = amount(8, 200);
  ASSERT_EQ(desk.startRevising(30, 1)->finish(), "exit 0") << readWholeFile(desk.errors());
  const std::string whole = logBytes();
  const auto ends = readSessionLog(log()).ends;
  auto variants = damagedLogs(whole, ends, wanted + 13, 12);
  variants.resize(static_cast<std::size_t>(wanted));
  int started = 0, kept = 0;
  for (const DamagedLog& damaged : variants) {
    fs::remove_all(desk.sessionFolder());
    fs::create_directories(desk.sessionFolder());
    std::ofstream(log(), std::ios::binary) << damaged.bytes;
    const std::size_t intact = intactEvents(whole, ends, damaged.bytes);
    const std::uint64_t intactBytes = intact > 0 ? ends[intact - 1] : 0;
    const bool shown = desk.start({"--screenshot", desk / "window.png"})->finish() == "exit 0";
    EXPECT_TRUE(shown) << damaged.how << ": " << readWholeFile(desk.errors());
    started += shown && fs::exists(desk / "window.png");
    fs::remove(desk / "window.png");
    const fs::path aside = desk.sessionFolder() / "session.rclog.damaged-1";
    const std::string tail = damaged.bytes.substr(std::min<std::size_t>(intactBytes, damaged.bytes.size()));
    kept += logBytes().starts_with(whole.substr(0, intactBytes)) &&
            (tail.empty() ? !fs::exists(aside) : fs::exists(aside) && readWholeFile(aside) == tail);
  }
  std::printf("D5 window: starts on %d of %d damaged logs, %d with the valid part in place and the tail set aside\n",
              started, wanted, kept);
  EXPECT_EQ(started, wanted);
  EXPECT_EQ(kept, wanted);
}

TEST_F(WindowTest, SaysWhyALogThatIsAFolderCannotBeOpened) {
  fs::create_directories(log() / "within");
  const std::string ended = desk.start({"--screenshot", desk / "window.png"})->finish();
  EXPECT_TRUE(ended.starts_with("exit ") && ended.find("signal") == std::string::npos) << ended;
  EXPECT_NE(readWholeFile(desk.errors()).find("session.rclog"), std::string::npos);
  EXPECT_TRUE(fs::exists(log() / "within"));
}

}  // namespace
}  // namespace recontour
