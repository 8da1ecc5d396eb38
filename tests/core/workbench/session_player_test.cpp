#include "core/workbench/session_player.h"

#include "core/base/sha256.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/session_log_reader.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

/// A session with a start, strokes, an undo and statements; its log is kept.
class SessionPlayed : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(made.open());
    ASSERT_TRUE(made.predict());
    made.workbench.selectOrgan(kLiver);
    made.workbench.noteSlice(Plane::Axial, 4);
    made.paint({5, 5, 4});
    made.paint({2, 8, 1});
    made.workbench.undo();
    made.workbench.selectOrgan(kSpleen);
    made.workbench.stateOrgan(kSpleen, {OrganVerdict::Accepted, ""});
    ASSERT_TRUE(made.workbench.flush());
    log = made.workbench.sessionFolder() / "session.rclog";
    labels = made.workbench.labels();
    events = readSessionLog(log).events;
    Workbench::Options options;
    options.sessionsFolder = made.folder.path() / "none";
    options.readOnly = true;
    shown = std::make_unique<WorkbenchFixture>(options);
    ASSERT_TRUE(shown->open());
  }
  WorkbenchFixture made;
  std::unique_ptr<WorkbenchFixture> shown;
  std::filesystem::path log;
  LabelMap labels;
  std::vector<Event> events;
};

TEST_F(SessionPlayed, EndsWithTheLabelsTheReaderLeft) {
  SessionPlayer player(shown->workbench, events, 1000);
  QSignalSpy looked(&player, &SessionPlayer::looked);
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return player.finished(); }));
  EXPECT_EQ(shown->workbench.labels(), labels);
  EXPECT_EQ(shown->workbench.selectedOrgan(), kSpleen);
  EXPECT_EQ(shown->workbench.undoDepth(), 2);
  EXPECT_EQ(shown->workbench.session()->statement(kSpleen).verdict, OrganVerdict::Accepted);
  EXPECT_GE(looked.size(), 3) << "a look and two strokes";
}

TEST_F(SessionPlayed, WritesNothing) {
  const std::string before = sha256HexOfFile(log);
  SessionPlayer player(shown->workbench, events, 1000);
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return player.finished(); }));
  EXPECT_FALSE(std::filesystem::exists(made.folder.path() / "none"));
  EXPECT_EQ(sha256HexOfFile(log), before);
}

TEST_F(SessionPlayed, ItsTimesAreThoseOfTheLog) {
  for (Event& event : events) shown->workbench.play(event);
  const EditTimes logged = computeTimes(timedEvents(events), 30, Attribution::Selected, events.back().timeMs);
  EXPECT_DOUBLE_EQ(shown->workbench.session()->times().total.activeS(), logged.total.activeS());
}

TEST_F(SessionPlayed, LongPausesAreCutToFiveSeconds) {
  for (std::size_t i = events.size() - 1; i < events.size(); ++i) events[i].timeMs += 3'600'000;
  const SessionPlayer player(shown->workbench, events, 1);
  EXPECT_LT(player.durationS(), 15);
  EXPECT_GE(player.durationS(), 5);
}

TEST_F(SessionPlayed, APauseStandsStill) {
  for (std::size_t i = 0; i < events.size(); ++i) events[i].timeMs = static_cast<std::int64_t>(1000 * i);
  SessionPlayer player(shown->workbench, events, 20);
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return player.positionS() > 2; }));
  player.setRunning(false);
  const double at = player.positionS();
  waitFor([] { return false; }, 200);
  EXPECT_DOUBLE_EQ(player.positionS(), at);
  EXPECT_FALSE(player.finished());
  player.setRunning(true);
  EXPECT_TRUE(waitFor([&] { return player.finished(); }));
}

TEST_F(SessionPlayed, AnEventThatCannotBePlayedEndsItWithItsReason) {
  events.push_back(events.back());
  events.back().header = R"({"type":"undo","undo":12345})";
  events.back().type = "undo";
  SessionPlayer player(shown->workbench, events, 1000);
  QSignalSpy failed(&player, &SessionPlayer::failed);
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return failed.count() == 1; }));
  EXPECT_TRUE(failed[0][0].toString().contains("not the last"));
}

}  // namespace
}  // namespace recontour
