// Strokes whose end never came: what the log has of them, and what opening makes of it.
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/core/session/session_fixture.h"
#include "tests/data/target_table.h"

namespace recontour {
namespace {

constexpr std::int64_t kPartMs = 250;

class UnfinishedStroke : public SessionTest {
 protected:
  /// The log as it is now, in a folder of its own: what a killed program would leave.
  std::filesystem::path killed(Session& session) {
    EXPECT_TRUE(session.flushed());
    const auto copy = folder.path() / ("killed" + std::to_string(++kills_));
    std::filesystem::create_directories(copy);
    std::filesystem::copy_file(log(), copy / "session.rclog");
    return copy;
  }
  std::unique_ptr<Session> reopen(const std::filesystem::path& where, Access access = Access::Edit) {
    return Session::open(where, smallCase(), organs, "R1", clock, {.access = access});
  }
  /// A line in x of single voxels, with `stepMs` from sample to sample.
  void draw(Session& session, int y, int samples, std::int64_t stepMs) {
    session.beginStroke({.label = session.selectedOrgan(), .radiusMm = 0.5, .ball = false, .erase = false},
                        at({0, y, 2}));
    for (int x = 1; x < samples; ++x) {
      clock.goOn(stepMs);
      session.continueStroke(at({x, y, 2}));
    }
  }
  static std::vector<Json> ofType(const std::filesystem::path& where, const std::string& type) {
    std::vector<Json> headers;
    for (const Event& event : readSessionLog(sessionLogPath(where)).events)
      if (event.type == type) headers.push_back(Json::parse(event.header));
    return headers;
  }
  static std::int64_t voxels(const Session& session, Label organ) {
    return labelCounts(session.layers().of(organ))[organ];
  }
  int kills_ = 0;
};

TEST_F(UnfinishedStroke, ComesBackUpToItsLastPartAsOneStepThatUndoTakesBack) {
  const auto session = open();
  dab(*session, {0, 0, 0});
  const LabelLayers before = session->layers();
  draw(*session, 5, 9, 100);  // parts at 300 and 600 ms, with 4 and 7 voxels; the last two voxels are in none
  const auto left = killed(*session);
  const auto again = reopen(left);
  EXPECT_EQ(voxels(*again, kLiver), 1 + 7);
  ASSERT_TRUE(again->recovery());
  EXPECT_TRUE(again->recovery()->unfinishedStroke);
  EXPECT_EQ(again->recovery()->lastSteps.back().voxels, 7);
  EXPECT_EQ(again->undoDepth(), 2);
  const LabelLayers restored = again->layers();
  again->undo();
  EXPECT_EQ(again->layers(), before);
  again->redo();
  EXPECT_EQ(again->layers(), restored);
  again->close();
  ASSERT_TRUE(again->flushed());
  const auto edits = ofType(left, "edit");
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(edits[1].at("unfinished"), true);
  EXPECT_EQ(edits[1].at("name"), "brush");
  EXPECT_EQ(edits[1].at("t1").get<std::int64_t>() - edits[1].at("t0").get<std::int64_t>(), 600);
  EXPECT_EQ(edits[1].at("inputs").at("samples").size(), 7U);
  EXPECT_EQ(replay(left).labels, restored);
}

TEST_F(UnfinishedStroke, WaitsHalfASecondAtMostAlsoWhereThePointerIsHeldStill) {
  const auto session = open();
  draw(*session, 5, 2, 100);
  ASSERT_TRUE(session->flushed());
  EXPECT_TRUE(ofType(log(), "partial").empty());
  clock.goOn(kPartMs);
  session->tick();
  EXPECT_EQ(voxels(*reopen(killed(*session)), kLiver), 2);
  clock.goOn(10 * kPartMs);
  session->tick();
  ASSERT_TRUE(session->flushed());
  EXPECT_EQ(ofType(log(), "partial").size(), 1U) << "nothing new was drawn";
}

TEST_F(UnfinishedStroke, ThatHasItsEndIsNoneAndCountsOnce) {
  const auto session = open();
  draw(*session, 5, 9, 100);
  session->endStroke();
  const auto finished = reopen(killed(*session));
  EXPECT_FALSE(finished->recovery()->unfinishedStroke);
  EXPECT_EQ(finished->undoDepth(), 1);
  EXPECT_EQ(finished->layers(), session->layers());
  EXPECT_EQ(finished->times().total.strokes, 1);
  draw(*session, 7, 9, 100);
  session->cancelStroke();
  const auto cancelled = reopen(killed(*session));
  EXPECT_FALSE(cancelled->recovery()->unfinishedStroke);
  EXPECT_EQ(cancelled->undoDepth(), 1);
}

TEST_F(UnfinishedStroke, IsShownAndNotWrittenWhereTheSessionIsOnlyRead) {
  const auto session = open();
  draw(*session, 5, 9, 100);
  const auto left = killed(*session);
  const std::string bytes = readWholeFile(left / "session.rclog");
  EXPECT_EQ(voxels(*reopen(left, Access::Read), kLiver), 7);
  EXPECT_EQ(readWholeFile(left / "session.rclog"), bytes);
  EXPECT_EQ(labelCounts(replay(left).labels.organs())[kLiver], 0) << "replay counts what is finished";
}

TEST_F(UnfinishedStroke, TimeIsEditingAndTheSessionInterrupted) {
  const auto session = open();
  draw(*session, 5, 9, 100);
  const auto again = reopen(killed(*session));
  const EditTimes times = again->times();
  EXPECT_EQ(times.total.strokes, 1);
  EXPECT_DOUBLE_EQ(times.total.editS, 0.6);
  EXPECT_TRUE(times.interrupted);
}

TEST_F(UnfinishedStroke, OfAStructureOverOthersComesBackInItsLayer) {
  organs = tableWithTarget();
  const auto session = open();
  session->addStart(slab(kLiver, 2));
  session->selectOrgan(kTarget);
  draw(*session, 5, 9, 100);
  const auto again = reopen(killed(*session));
  EXPECT_EQ(voxels(*again, kTarget), 7);
  EXPECT_EQ(voxels(*again, kLiver), 144);
}

TEST_F(UnfinishedStroke, ThatIsACorrectionBecomesAnEditOfWhatItShowed) {
  const auto session = open();
  session->addStart(slab(kLiver, 2));
  session->beginCorrectionStroke({.organ = kLiver}, 0, at({2, 2, 2}));
  for (int x = 3; x < 8; ++x) {
    clock.goOn(100);
    session->continueStroke(at({x, 2, 2}));
  }
  session->endStroke();
  clock.goOn(kPartMs);
  session->tick();
  const auto again = reopen(killed(*session));
  EXPECT_EQ(again->layers(), session->layers());
  ASSERT_EQ(again->undoDepth(), 2);
  EXPECT_EQ(again->steps().back().name, "correct");
  EXPECT_FALSE(again->correcting());
}

TEST_F(UnfinishedStroke, ThatIsAScribbleBecomesAScribble) {
  const auto session = open();
  session->beginScribble(kLiver, 1, at({1, 1, 1}));
  for (int x = 2; x < 6; ++x) {
    clock.goOn(100);
    session->continueScribble(at({x, 1, 1}));
  }
  const auto left = killed(*session);
  const auto again = reopen(left);
  ASSERT_EQ(again->scribbles().strokes().size(), 1U);
  EXPECT_EQ(again->scribbles().strokes().front().points.size(), 4U) << "a part was written at 300 ms";
  EXPECT_TRUE(again->canUndoScribble());
  again->close();
  ASSERT_TRUE(again->flushed());
  EXPECT_EQ(replay(left).scribbles.strokes().size(), 1U);
  session->cancelScribble();
  EXPECT_TRUE(reopen(killed(*session))->scribbles().strokes().empty());
}

}  // namespace
}  // namespace recontour
