// Snapshots: a session that is opened through one is the same as one of which each event was applied.
#include <random>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/core/session/session_fixture.h"
#include "tests/data/target_table.h"

namespace recontour {
namespace {

class Snapshots : public SessionTest {
 protected:
  Snapshots() { organs = tableWithTarget(); }
  int any(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Label anyOrgan() { return any(4) == 0 ? kTarget : static_cast<Label>(1 + any(3)); }
  void anything(Session& session) {
    clock.goOn(100);
    switch (any(12)) {
      case 0:
      case 1:
        session.undo();
        break;
      case 2:
        session.redo();
        break;
      case 3:
        if (any(8) == 0) session.addStart(slab(anyOrgan(), any(6)));
        break;
      case 4:
        session.setLocked(static_cast<Label>(2 + any(2)), any(4) == 0);
        break;
      case 5:
        session.stateOrgan(anyOrgan(), {static_cast<OrganVerdict>(any(3)), "said"});
        break;
      case 6:
        session.beginScribble(anyOrgan(), 1, at({any(12), any(12), any(6)}));
        session.continueScribble(at({any(12), any(12), any(6)}));
        session.endScribble();
        break;
      case 7:
        if (any(3) == 0) session.clear(anyOrgan());
        break;
      case 8:
        session.noteSlice(Plane::Axial, any(6));
        break;
      default:
        session.selectOrgan(anyOrgan());
        session.beginStroke({.label = session.selectedOrgan(), .radiusMm = 4, .ball = true, .erase = any(4) == 0},
                            at({any(12), any(12), any(6)}));
        clock.goOn(300);
        session.continueStroke(at({any(12), any(12), any(6)}));
        session.endStroke();
    }
  }
  std::vector<Event> written(Session& session) {
    EXPECT_TRUE(session.flush());
    return readSessionLog(log()).events;
  }
  static std::vector<Event> withoutSnapshots(std::vector<Event> events) {
    for (Event& event : events)
      if (event.type == "snapshot") event.type = "passed over";
    return events;
  }
  static void expectSame(const ReplayedSession& a, const ReplayedSession& b) {
    EXPECT_EQ(a.labels, b.labels);
    EXPECT_EQ(a.undo.depth(), b.undo.depth());
    ASSERT_EQ(a.steps.size(), b.steps.size());
    for (std::size_t i = 0; i < a.steps.size(); ++i) {
      EXPECT_EQ(a.steps[i].event, b.steps[i].event);
      EXPECT_EQ(a.steps[i].organs, b.steps[i].organs);
      EXPECT_EQ(a.steps[i].changed, b.steps[i].changed);
      EXPECT_EQ(a.steps[i].summary.name, b.steps[i].summary.name);
      EXPECT_EQ(a.steps[i].summary.voxels, b.steps[i].summary.voxels);
    }
    ASSERT_EQ(a.starts.size(), b.starts.size());
    for (std::size_t i = 0; i < a.starts.size(); ++i) {
      EXPECT_EQ(a.starts[i].step, b.starts[i].step);
      EXPECT_EQ(a.starts[i].labels, b.starts[i].labels);
      EXPECT_EQ(a.starts[i].organs, b.starts[i].organs);
    }
    EXPECT_EQ(a.locked, b.locked);
    EXPECT_EQ(a.selectedOrgan, b.selectedOrgan);
    for (Label organ = 0; organ < 20; ++organ) EXPECT_EQ(a.review.statement(organ), b.review.statement(organ));
    EXPECT_EQ(a.scribbles.strokes(), b.scribbles.strokes());
    EXPECT_EQ(beforeLabels(a), beforeLabels(b));
  }
  std::mt19937 random_;
};

TEST_F(Snapshots, OpenedThroughThemASessionIsTheSameAsReplayedWhole) {
  for (unsigned script = 0; script < 6; ++script) {
    random_.seed(script);
    std::filesystem::remove_all(folder.path() / "R1");
    const auto session = open();
    for (int i = 0; i < 1500; ++i) anything(*session);
    const auto events = written(*session);
    ASSERT_GE(std::ranges::count(events, "snapshot", &Event::type), 2);
    expectSame(replayEvents(events), replayWhole(events));
    for (int i = 0; i < 5; ++i) {
      const auto upTo = static_cast<std::uint64_t>(any(static_cast<int>(events.size())));
      expectSame(replayEvents(events, upTo), replayEvents(withoutSnapshots(events), upTo));
    }
    EXPECT_EQ(replayEvents(events).labels, session->layers());
  }
}

TEST_F(Snapshots, StepsBeforeThemAreUndoneToTheBeginningAndDoneAgain) {
  random_.seed(7);
  auto session = open();
  session->addStart(slab(kLiver, 2));
  for (int i = 0; i < 1500; ++i) anything(*session);
  for (Label organ = 0; organ < 20; ++organ) session->setLocked(organ, false);
  while (session->canRedo()) session->redo();
  const int depth = session->undoDepth();
  std::vector<LabelLayers> states = {session->layers()};
  while (session->canUndo()) {
    session->undo();
    states.push_back(session->layers());
  }
  while (session->canRedo()) session->redo();
  finish(*session);
  session.reset();
  session = open();
  ASSERT_EQ(session->undoDepth(), depth);
  const auto events = written(*session);
  ASSERT_NE(std::ranges::find(events, "snapshot", &Event::type), events.end());
  for (std::size_t i = 1; i < states.size(); ++i) {
    session->undo();
    ASSERT_EQ(session->layers(), states[i]) << "step " << i << " from the end";
  }
  EXPECT_EQ(states.size(), static_cast<std::size_t>(depth) + 1);
  while (session->canRedo()) session->redo();
  EXPECT_EQ(session->layers(), states.front());
}

TEST_F(Snapshots, AreMadeEvery200StepsAndPassOverWhatLiesBefore) {
  const auto session = open();
  for (int i = 0; i < 201; ++i) dab(*session, {i % 12, i / 12 % 12, i / 144}, false);
  auto events = written(*session);
  const auto snapshot = std::ranges::find(events, "snapshot", &Event::type);
  ASSERT_NE(snapshot, events.end());
  EXPECT_EQ(Json::parse(snapshot->header).at("depth"), 200);
  for (Event& event : events)
    if (event.type == "edit" && event.sequence < snapshot->sequence) event.payload = "unread";
  EXPECT_EQ(replayEvents(events).labels, session->layers());
}

TEST_F(Snapshots, StepsBeforeThemStillTellTheirChanges) {
  auto session = open();
  session->addStart(slab(kLiver, 5));
  for (int i = 0; i < 201; ++i) dab(*session, {i % 12, i / 12 % 12, i / 144}, false);
  finish(*session);
  session.reset();
  for (const bool readOnly : {true, false}) {
    const auto again = open(readOnly);
    EXPECT_EQ(again->changesOf(0).size(), 12U) << "twelve rows of the start map";
    ASSERT_EQ(again->changesOf(1).size(), 1U);
    EXPECT_EQ(again->changesOf(1).front().after, kLiver);
  }
}

TEST_F(Snapshots, ThatDisagreeAreFoundByReplayOfTheWhole) {
  const auto session = open();
  for (int i = 0; i < 201; ++i) dab(*session, {i % 12, i / 12 % 12, i / 144}, false);
  auto events = written(*session);
  const auto snapshot = std::ranges::find(events, "snapshot", &Event::type);
  ASSERT_NE(snapshot, events.end());
  EXPECT_NO_THROW(replayWhole(events));
  std::string_view rest = snapshot->payload;
  auto runs = decodeRuns(rest);
  runs.pop_back();
  snapshot->payload = encodeRuns(runs) + std::string(rest);
  try {
    replayWhole(events);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("event " + std::to_string(snapshot->sequence)), std::string::npos);
  }
  snapshot->payload = "x";
  EXPECT_EQ(replayEvents(events).labels, session->layers()) << "one that cannot be read is not needed";
}

}  // namespace
}  // namespace recontour
