// Scribble strokes of a session: a layer of its own, recorded, undone and read back without touching a label.
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/session/replay.h"
#include "core/strokes/scribble_raster.h"
#include "core/strokes/stroke_shape.h"
#include "tests/core/session/session_fixture.h"
#include "tests/data/target_table.h"

namespace recontour {
namespace {

class Scribbles : public SessionTest {
 protected:
  void draw(Session& session, Label label, const Index3& from, const Index3& to, int milliseconds = 500) {
    session.beginScribble(label, 0.5, at(from));
    clock.nowMs += milliseconds;
    session.continueScribble(at(to));
    session.endScribble();
  }
  static std::int64_t voxels(const Session& session, Label label) {
    return labelCounts(session.scribbleLabels())[rasterLabel(label)];
  }
};

TEST_F(Scribbles, AStrokeIsAVectorWithItsVoxelsAndChangesNoLabel) {
  const auto session = open();
  draw(*session, kSpleen, {2, 4, 3}, {8, 4, 3});
  ASSERT_EQ(session->scribbles().strokes().size(), 1u);
  const ScribbleStroke& stroke = session->scribbles().strokes()[0];
  EXPECT_EQ(stroke.label, kSpleen);
  EXPECT_EQ(stroke.author, "R1");
  EXPECT_EQ(stroke.slice, 3);
  EXPECT_DOUBLE_EQ(lengthMm(stroke), 12);  // six voxels of 2 mm
  EXPECT_EQ(stroke.endMs - stroke.startMs, 500);
  EXPECT_EQ(voxels(*session, kSpleen), 7);
  EXPECT_EQ(labelCounts(session->labels())[kSpleen], 0);
  EXPECT_FALSE(session->canUndo()) << "a scribble is no step of the labels";
}

TEST_F(Scribbles, LocksDoNotKeepAnyoneFromDrawing) {
  const auto session = open();
  session->setLocked(kSpleen, true);
  draw(*session, kSpleen, {2, 4, 3}, {8, 4, 3});
  EXPECT_EQ(voxels(*session, kSpleen), 7);
}

TEST_F(Scribbles, ReadOnlySessionsTakeNone) {
  finish(*open());
  const auto session = open(true);
  draw(*session, kSpleen, {2, 4, 3}, {8, 4, 3});
  EXPECT_TRUE(session->scribbles().strokes().empty());
}

TEST_F(Scribbles, UndoAndRedoAreTheirOwn) {
  const auto session = open();
  dab(*session, {5, 5, 1});
  draw(*session, kLiver, {2, 4, 3}, {8, 4, 3});
  draw(*session, 0, {2, 6, 3}, {4, 6, 3});
  session->undoScribble();
  EXPECT_EQ(voxels(*session, 0), 0);
  session->undoScribble();
  EXPECT_EQ(voxels(*session, kLiver), 0);
  EXPECT_FALSE(session->canUndoScribble());
  EXPECT_EQ(labelCounts(session->labels())[kLiver], 1) << "the label's own step stays";
  session->redoScribble();
  session->redoScribble();
  EXPECT_EQ(voxels(*session, kLiver), 7);
  EXPECT_EQ(voxels(*session, 0), 3);
}

TEST_F(Scribbles, AStrokeThatIsGivenUpIsNoStrokeAndNoEvent) {
  const auto session = open();
  session->beginScribble(kLiver, 0.5, at({2, 4, 3}));
  session->continueScribble(at({8, 4, 3}));
  EXPECT_EQ(voxels(*session, kLiver), 7);
  session->cancelScribble();
  EXPECT_EQ(voxels(*session, kLiver), 0);
  finish(*session);
  for (const Event& event : readSessionLog(log()).events) EXPECT_NE(event.type, "scribble");
}

TEST_F(Scribbles, AnEraserTakesAwayWhatItGoesOverAsOneStep) {
  const auto session = open();
  draw(*session, kLiver, {1, 4, 3}, {10, 4, 3});
  session->beginErasingScribbles(1.5, at({4, 2, 3}));
  session->continueScribble(at({4, 4, 3}));
  EXPECT_EQ(voxels(*session, kLiver), 9) << "seen while the eraser is on its way";
  EXPECT_EQ(session->scribbles().strokes().size(), 1u);
  session->continueScribble(at({7, 4, 3}));
  session->endScribble();
  EXPECT_EQ(session->scribbles().strokes().size(), 2u);
  EXPECT_EQ(voxels(*session, kLiver), 6);
  session->undoScribble();
  EXPECT_EQ(voxels(*session, kLiver), 10);
}

TEST_F(Scribbles, AnEraserThatIsGivenUpTakesNothingAway) {
  const auto session = open();
  draw(*session, kLiver, {1, 4, 3}, {10, 4, 3});
  session->beginErasingScribbles(1.5, at({4, 4, 3}));
  session->cancelScribble();
  EXPECT_EQ(voxels(*session, kLiver), 10);
  session->beginErasingScribbles(1.5, at({4, 9, 3}));
  session->endScribble();
  EXPECT_EQ(session->scribbles().strokes().size(), 1u);
  session->undoScribble();
  EXPECT_TRUE(session->scribbles().strokes().empty()) << "an eraser that met nothing is no step";
}

TEST_F(Scribbles, ComeBackFromTheLogWithTheirHistory) {
  LabelMap drawn;
  std::vector<ScribbleStroke> strokes;
  {
    const auto session = open();
    draw(*session, kLiver, {2, 4, 3}, {9, 4, 3});
    draw(*session, kSpleen, {2, 8, 1}, {6, 8, 1});
    const auto& first = session->scribbles().strokes()[0];
    session->changeScribbles(cutAt(first, {first.id, 0, 0.5}, session->scribbles().nextId()), clock.nowMs);
    const auto& piece = session->scribbles().strokes().back();
    session->changeScribbles(withLabel(piece, 0, session->scribbles().nextId()), clock.nowMs);
    draw(*session, kLiver, {1, 1, 1}, {2, 1, 1});
    session->undoScribble();
    drawn = session->scribbleLabels();
    strokes = session->scribbles().strokes();
    finish(*session);
  }
  EXPECT_EQ(replay(log()).scribbles.strokes(), strokes);
  const auto again = open();
  EXPECT_EQ(again->scribbles().strokes(), strokes);
  EXPECT_EQ(again->scribbleLabels(), drawn);
  EXPECT_EQ(again->scribbles().erased().size(), 2u) << "what was cut, and the piece that became background";
  again->redoScribble();
  EXPECT_EQ(again->scribbles().strokes().size(), strokes.size() + 1);
}

TEST_F(Scribbles, TheirTimeIsEditing) {
  const auto session = open();
  session->selectOrgan(kSpleen);
  draw(*session, kSpleen, {2, 4, 3}, {8, 4, 3}, 2000);
  const EditTimes times = session->times();
  EXPECT_DOUBLE_EQ(times.total.editS, 2);
  EXPECT_EQ(times.total.strokes, 1);
  EXPECT_EQ(times.organs.at(kSpleen).strokes, 1);
  session->beginScribble(kSpleen, 0.5, at({2, 4, 3}));
  clock.nowMs += 3000;
  EXPECT_DOUBLE_EQ(session->times().total.editS, 5) << "one that is being drawn counts";
}

TEST_F(Scribbles, APlayedStrokeIsSeen) {
  {
    const auto session = open();
    draw(*session, kLiver, {2, 4, 3}, {8, 4, 3});
    finish(*session);
  }
  const auto events = readSessionLog(log()).events;
  const auto shown = Session::open(folder.path() / "shown", smallCase(), organs, "R2", clock, {.access = Access::Read});
  for (const Event& event : events) shown->play(event);
  EXPECT_EQ(voxels(*shown, kLiver), 7);
}

TEST_F(Scribbles, ALogThatTakesAwayWhatIsNotThereIsRefusedByName) {
  Event event{
      .sequence = 4, .type = "scribble", .header = R"({"name":"erase","removed":[7],"added":[]})", .payload = {}};
  try {
    replayEvents({event});
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("event 4 (scribble)"), std::string::npos) << error.what();
  }
}

TEST_F(Scribbles, ALogThatDropsALayerInWhichSomethingWasDrawnIsRefused) {
  organs = tableWithTarget();
  {
    const auto session = open();
    session->beginStroke({.label = kTarget, .radiusMm = 4}, at({6, 6, 2}));
    session->endStroke();
    finish(*session);
  }
  auto events = readSessionLog(log()).events;
  Event forged{.sequence = events.size(), .type = "open", .header = R"({"app_version":"1"})", .payload = {}};
  events.push_back(forged);
  EXPECT_THROW(replayEvents(events), Error);
}

}  // namespace
}  // namespace recontour
