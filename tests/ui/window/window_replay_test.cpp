// A session shown again in the real window.
#include "core/session/session_log_reader.h"
#include "core/workbench/session_player.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/replay_bar.h"

namespace recontour {
namespace {

class WindowReplay : public Window {
 protected:
  /// What one window records is played in another.
  void record() {
    open();
    ASSERT_TRUE(fixture->predict());
    keys(Qt::Key_4);
    workbench().selectOrgan(kSpleen);
    window->views().setCrosshair(world({5, 5, 4}));
    strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
    ASSERT_TRUE(workbench().flush());
    labels = workbench().labels();
    events = readSessionLog(workbench().sessionFolder() / "session.rclog").events;
    recorded = std::move(fixture);
    window.reset();
    Workbench::Options options;
    options.sessionsFolder = recorded->folder.path() / "none";
    options.readOnly = true;
    open(options);
  }
  std::unique_ptr<WorkbenchFixture> recorded;
  LabelMap labels;
  std::vector<Event> events;
};

TEST_F(WindowReplay, FollowsTheReadersSliceAndEndsWithTheirLabels) {
  record();
  SessionPlayer player(workbench(), events, 1000);
  window->showReplay(player);
  view(Plane::Axial).setCrosshair(world({5, 5, 0}));
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return player.finished(); }));
  EXPECT_EQ(workbench().labels(), labels);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 4);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  EXPECT_EQ(window->historyPanel().model().rowCount(), 3) << "opened, contours, brush";
}

TEST_F(WindowReplay, SpacePausesAndTheBarTellsHowFarItIs) {
  record();
  for (std::size_t i = 0; i < events.size(); ++i) events[i].timeMs = static_cast<std::int64_t>(2000 * i);
  SessionPlayer player(workbench(), events, 4);
  window->showReplay(player);
  player.setRunning(true);
  auto* bar = window->findChild<ReplayBar*>();
  ASSERT_NE(bar, nullptr);
  ASSERT_TRUE(waitFor([&] { return bar->text().startsWith("Replay 0:02"); }));
  EXPECT_TRUE(bar->text().endsWith("x4"));
  keys(Qt::Key_Space);
  EXPECT_TRUE(waitFor([&] { return !player.running(); }));
  keys(Qt::Key_Space);
  EXPECT_TRUE(waitFor([&] { return player.running(); }));
}

TEST_F(WindowReplay, AStrokeInItChangesNothing) {
  record();
  SessionPlayer player(workbench(), events, 1000);
  window->showReplay(player);
  player.setRunning(true);
  ASSERT_TRUE(waitFor([&] { return player.finished(); }));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({2, 2, 4})});
  EXPECT_EQ(workbench().labels(), labels);
}

}  // namespace
}  // namespace recontour
