#include "core/session/session.h"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

std::vector<std::string> typesIn(const std::filesystem::path& log) {
  std::vector<std::string> types;
  for (const Event& event : readSessionLog(log).events) types.push_back(event.type);
  return types;
}

nlohmann::json headerOf(const std::filesystem::path& log, const std::string& type) {
  for (const Event& event : readSessionLog(log).events) {
    if (event.type == type) return nlohmann::json::parse(event.header);
  }
  return nullptr;
}

TEST_F(SessionTest, AStrokeIsOneUndoStepAndOneEvent) {
  auto session = open();
  session->selectOrgan(kSpleen);
  session->beginStroke({.label = kSpleen, .radiusMm = 2}, at({2, 2, 1}));
  session->continueStroke(at({6, 2, 1}));
  session->continueStroke(at({6, 6, 1}));
  EXPECT_TRUE(session->strokeActive());
  EXPECT_EQ(session->undoDepth(), 0);
  session->endStroke();
  EXPECT_EQ(session->undoDepth(), 1);
  finish(*session);
  EXPECT_EQ(std::ranges::count(typesIn(log()), "edit"), 1);
  const auto edit = headerOf(log(), "edit");
  EXPECT_EQ(edit.at("organ"), kSpleen);
  EXPECT_EQ(edit.at("inputs").at("samples").size(), 3u);
}

TEST_F(SessionTest, TheLogReplaysToTheSameLabelsAtEveryMoment) {
  auto session = open();
  std::vector<LabelMap> states;
  const auto remember = [&] { states.push_back(session->labels()); };
  dab(*session, {1, 1, 1}), remember();
  dab(*session, {2, 1, 1}), remember();
  session->undo(), remember();
  session->redo(), remember();
  dab(*session, {1, 1, 1}, true), remember();
  finish(*session);
  std::size_t state = 0;
  for (const Event& event : readSessionLog(log()).events) {
    if (event.type != "edit" && event.type != "undo" && event.type != "redo") continue;
    EXPECT_EQ(replay(log(), event.sequence).labels, states.at(state++)) << event.sequence;
  }
  EXPECT_EQ(state, states.size());
  EXPECT_EQ(replay(folder.path() / "R1").labels, states.back());
}

TEST_F(SessionTest, ReopensWhereItWasWithAllUndoSteps) {
  auto session = open();
  session->selectOrgan(kKidneyLeft);
  session->setLocked(kLiver, true);
  session->addStart(slab(kSpleen, 3));
  dab(*session, {1, 1, 1});
  dab(*session, {2, 1, 1});
  session->undo();
  const LabelMap labels = session->labels();
  session.reset();
  session = open();
  EXPECT_TRUE(session->notes().empty());
  EXPECT_EQ(session->labels(), labels);
  EXPECT_EQ(session->selectedOrgan(), kKidneyLeft);
  EXPECT_TRUE(session->isLocked(kLiver));
  EXPECT_EQ(session->undoDepth(), 2);
  EXPECT_EQ(session->edits(kKidneyLeft), 1);
  ASSERT_TRUE(session->canRedo());
  session->redo();
  EXPECT_EQ(session->labels().at({2, 1, 1}), kKidneyLeft);
  while (session->canUndo()) session->undo();
  EXPECT_EQ(session->labels(), LabelMap(smallCase().geometry.size));
}

TEST_F(SessionTest, ACancelledStrokeLeavesNoTrace) {
  auto session = open();
  const LabelMap before = session->labels();
  session->beginStroke({.label = kLiver, .radiusMm = 4}, at({5, 5, 2}));
  EXPECT_FALSE(session->labels() == before);
  session->cancelStroke();
  EXPECT_EQ(session->labels(), before);
  finish(*session);
  EXPECT_EQ(std::ranges::count(typesIn(log()), "edit"), 0);
}

TEST_F(SessionTest, ALockedOrganIsNotPaintedOverAndTheStrokeSaysSo) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->setLocked(kSpleen, true);
  dab(*session, {5, 5, 2});
  EXPECT_EQ(session->strokeRefusal(), Refusal::Locked);
  EXPECT_EQ(session->labels().at({5, 5, 2}), kSpleen);
  EXPECT_EQ(session->undoDepth(), 1);  // the start
}

TEST_F(SessionTest, ReadOnlyWritesNothing) {
  open()->close();
  const auto bytes = std::filesystem::file_size(log());
  auto session = open(true);
  dab(*session, {5, 5, 2});
  session->addStart(slab(kSpleen, 2));
  session->noteSlice(Plane::Axial, 3);
  EXPECT_FALSE(session->canUndo());
  EXPECT_EQ(session->labels(), LabelMap(smallCase().geometry.size));
  finish(*session);
  EXPECT_EQ(std::filesystem::file_size(log()), bytes);
}

TEST_F(SessionTest, ReadOnlyOpensBesideTheOneThatEdits) {
  const auto editing = open();
  dab(*editing, {5, 5, 2});
  ASSERT_TRUE(editing->flush());
  EXPECT_EQ(open(true)->labels(), editing->labels());
}

TEST_F(SessionTest, ReadOnlyWithoutASessionMakesNone) {
  open(true)->close();
  EXPECT_EQ(folder.entries(), 0u);
}

TEST_F(SessionTest, ASecondProgramIsRefused) {
  const auto session = open();
  EXPECT_THROW(open(), Error);
}

TEST_F(SessionTest, AnotherImageOrOrganTableIsRefused) {
  open()->close();
  Case other = smallCase();
  other.imageHash.front() = other.imageHash.front() == '0' ? '1' : '0';
  EXPECT_THROW(Session::open(folder.path() / "R1", other, organs, "R1", clock), Error);
  const auto file = folder / "organs.json";
  std::ofstream(file) << R"({"format":"recontour-organs","version":1,"name":"mine",
    "organs":[{"label":1,"key":"heart","name":"Heart","colour":[1,2,3]}]})";
  EXPECT_THROW(Session::open(folder.path() / "R1", smallCase(), OrganTable::fromFile(file), "R1", clock), Error);
  EXPECT_NO_THROW(open());
}

TEST_F(SessionTest, LookingIsCoalescedIntoSpans) {
  auto session = open();
  for (int slice = 1; slice <= 4; ++slice) {
    session->noteSlice(Plane::Axial, slice);
    clock.nowMs += 200;
  }
  session->noteSlice(Plane::Coronal, 7);
  finish(*session);
  const auto look = headerOf(log(), "look");
  EXPECT_EQ(look.at("plane"), "axial");
  EXPECT_EQ(look.at("first"), 1);
  EXPECT_EQ(look.at("last"), 4);
  EXPECT_EQ(look.at("t1").get<int>() - look.at("t0").get<int>(), 600);
  EXPECT_EQ(std::ranges::count(typesIn(log()), "look"), 2);
}

TEST_F(SessionTest, LookingIsWrittenAfterFiveSecondsAtTheLatest) {
  auto session = open();
  session->flush();
  const auto before = session->saveState().appended;
  session->noteSlice(Plane::Axial, 1);
  clock.nowMs += 4000;
  session->tick();
  EXPECT_EQ(session->saveState().appended, before);
  clock.nowMs += 1000;
  session->tick();
  EXPECT_EQ(session->saveState().appended, before + 2);  // look and heartbeat
}

TEST_F(SessionTest, TheLiveTimesAreThoseOfTheLog) {
  auto session = open();
  session->selectOrgan(kLiver);
  clock.nowMs += 2000;
  session->beginStroke({.label = kLiver, .radiusMm = 2}, at({2, 2, 1}));
  clock.nowMs += 3000;
  session->endStroke();
  clock.nowMs += 1000;
  session->noteActivity();
  const EditTimes live = session->times();
  finish(*session);
  const auto content = readSessionLog(log());
  const EditTimes logged = computeTimes(timedEvents(content.events), 30, Attribution::Selected);
  EXPECT_DOUBLE_EQ(live.total.wallS, 6);
  EXPECT_DOUBLE_EQ(live.total.editS, 3);
  EXPECT_DOUBLE_EQ(logged.total.wallS, live.total.wallS);
  EXPECT_DOUBLE_EQ(logged.total.editS, live.total.editS);
  EXPECT_DOUBLE_EQ(logged.total.inspectS, live.total.inspectS);
  EXPECT_EQ(logged.total.strokes, 1);
}

TEST_F(SessionTest, ALogThatWasCutShortIsContinuedAndSaysSo) {
  {
    const auto session = open();
    dab(*session, {5, 5, 2});
    session->flush();
    std::filesystem::copy_file(log(), folder / "copy");  // as a crash would leave it: no close
  }
  std::filesystem::copy_file(folder / "copy", log(), std::filesystem::copy_options::overwrite_existing);
  const auto session = open();
  ASSERT_EQ(session->notes().size(), 1u);
  EXPECT_NE(session->notes()[0].find("cut short"), std::string::npos);
  EXPECT_EQ(session->labels().at({5, 5, 2}), kLiver);
}

TEST_F(SessionTest, AcceptNamesTheWrittenMap) {
  auto session = open();
  session->accept({"abc", {}});
  finish(*session);
  EXPECT_EQ(headerOf(log(), "accept").at("revision_sha256"), "abc");
}

TEST_F(SessionTest, ACaseNameOfAnyBytesIsWritten) {
  Case opened = smallCase();
  opened.name = "caf\xe9";  // Latin-1, as an old file system may hold it
  Session::open(folder.path() / "R1", opened, organs, "R1", clock)->close();
  EXPECT_FALSE(readSessionLog(log()).damage.has_value());
}

TEST_F(SessionTest, AStepThatChangedALockedOrganIsNeitherUndoneNorDoneAgain) {
  const auto session = open();
  dab(*session, {2, 2, 1});
  session->setLocked(kLiver, true);
  EXPECT_EQ(session->undoBlockedBy(), kLiver);
  EXPECT_TRUE(session->undo().empty());
  EXPECT_EQ(session->undoDepth(), 1);
  session->setLocked(kLiver, false);
  session->undo();
  session->setLocked(kLiver, true);
  EXPECT_EQ(session->redoBlockedBy(), kLiver);
  EXPECT_TRUE(session->redo().empty());
  EXPECT_EQ(session->undoDepth(), 0);
}

}  // namespace
}  // namespace recontour
