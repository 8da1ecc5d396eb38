// A session that goes from an annotator to an expert and back.
#include "core/session/hand_over.h"

#include "core/base/error.h"
#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

class HandOver : public SessionTest {
 protected:
  std::unique_ptr<Session> openAs(const std::string& reader, bool fromNothing = true) {
    return Session::open(folder.path() / "R1", smallCase(), organs, reader, clock, {.fromNothing = fromNothing});
  }
  /// The annotator draws three voxels of liver in 10 s.
  void annotate() {
    const auto session = openAs("A1");
    for (int x = 2; x < 5; ++x) {
      dab(*session, {x, 4, 3});
      clock.nowMs += 3000;
      session->noteActivity();
    }
    clock.nowMs += 1000;
    finish(*session);
    clock.nowMs += 3'600'000;
  }
  std::vector<Event> events() const { return readSessionLog(log()).events; }
};

TEST_F(HandOver, EachReaderHasHisOwnTimesLabelsAndWords) {
  annotate();
  {
    const auto session = openAs("E1");
    EXPECT_EQ(session->reader(), "E1");
    dab(*session, {2, 4, 3}, true);
    clock.nowMs += 4000;
    session->comment({.organ = kLiver, .plane = Plane::Axial, .slice = 3, .text = "the tip is missing"});
    session->check(false, "please look at the liver again");
    finish(*session);
  }
  const auto stays = readerStays(events());
  ASSERT_EQ(stays.size(), 2u);
  EXPECT_EQ(stays[0].reader, "A1");
  EXPECT_EQ(stays[1].reader, "E1");
  EXPECT_DOUBLE_EQ(stays[0].times.total.activeS(), 10);
  EXPECT_DOUBLE_EQ(stays[1].times.total.activeS(), 4);
  EXPECT_EQ(labelCounts(stays[0].labels.organs())[kLiver], 3);
  EXPECT_EQ(labelCounts(stays[1].labels.organs())[kLiver], 2);
  EXPECT_TRUE(stays[0].comments.empty());
  ASSERT_EQ(stays[1].comments.size(), 1u);
  EXPECT_EQ(stays[1].comments[0].reader, "E1");
  EXPECT_EQ(stays[1].comments[0].slice, 3);
  ASSERT_TRUE(stays[1].check);
  EXPECT_FALSE(stays[1].check->approved);
  EXPECT_EQ(stays[1].check->text, "please look at the liver again");
}

TEST_F(HandOver, OpeningsInARowOfOneReaderAreOneStay) {
  annotate();
  annotate();
  finish(*openAs("E1"));
  annotate();
  const auto stays = readerStays(events());
  ASSERT_EQ(stays.size(), 3u);
  EXPECT_DOUBLE_EQ(stays[0].times.total.activeS(), 20);
  EXPECT_EQ(stays[2].reader, "A1");
}

TEST_F(HandOver, WhatReadersSaidIsThereAgainWhenItIsOpened) {
  annotate();
  {
    const auto session = openAs("E1");
    session->comment({.organ = kSpleen, .plane = Plane::Coronal, .slice = 7, .text = "cut here"});
    session->check(true, "");
    finish(*session);
  }
  const auto session = openAs("A1");
  ASSERT_EQ(session->comments().size(), 1u);
  EXPECT_EQ(session->comments()[0].organ, kSpleen);
  EXPECT_EQ(session->comments()[0].plane, Plane::Coronal);
  EXPECT_EQ(session->comments()[0].reader, "E1");
  ASSERT_TRUE(session->lastCheck());
  EXPECT_TRUE(session->lastCheck()->approved);
}

TEST_F(HandOver, StrokesKeepTheNameOfWhoDrewThem) {
  {
    const auto session = openAs("A1");
    session->beginScribble(kLiver, 0.5, at({2, 4, 3}));
    session->endScribble();
    finish(*session);
  }
  const auto session = openAs("E1");
  session->beginScribble(kLiver, 0.5, at({6, 4, 3}));
  session->endScribble();
  EXPECT_EQ(session->scribbles().authors(), (std::vector<std::string>{"A1", "E1"}));
}

TEST_F(HandOver, ALogTellsWhetherContoursFromElsewhereWereShown) {
  annotate();
  EXPECT_TRUE(eventsThatShowContours(events()).empty());
  {
    const auto session = openAs("E1", false);
    session->addStart(slab(kSpleen, 1));
    session->noteReferenceShown(true);
    finish(*session);
  }
  const auto shown = eventsThatShowContours(events());
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(events()[shown[0]].type, "start");
  EXPECT_EQ(events()[shown[1]].type, "reference");
  EXPECT_THROW(openAs("A1"), Error) << "it can no longer be said to be from nothing";
}

TEST_F(HandOver, StrokesOfAModelOrFromAFileCountAsShownToo) {
  {
    const auto session = openAs("A1");
    session->beginScribble(kLiver, 0.5, at({2, 4, 3}));
    session->endScribble();
    ScribbleStroke other = session->scribbles().strokes()[0];
    other.id = session->scribbles().nextId();
    session->changeScribbles({"import", {}, {other}}, 0);
    other.id = session->scribbles().nextId();
    other.origin = StrokeOrigin::Model;
    session->changeScribbles({"draw", {}, {other}}, 0);
    finish(*session);
  }
  EXPECT_EQ(eventsThatShowContours(events()).size(), 2u);
}

TEST(OrganDifferences, TellWhatCameAndWhatWent) {
  LabelMap before({4, 4, 2}), after({4, 4, 2});
  before.writeRow(0, 0, 0, std::vector<Label>{1, 1, 1, 1});
  after.writeRow(0, 0, 0, std::vector<Label>{2, 1, 1, 1});
  after.writeRow(1, 0, 0, std::vector<Label>{1});
  const auto differences = organDifferences(before, after);
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0].added, 1);
  EXPECT_EQ(differences[0].removed, 1);
  EXPECT_DOUBLE_EQ(*differences[0].dsc, 2.0 * 3 / 8);
  EXPECT_EQ(differences[1].voxelsBefore, 0);
  EXPECT_DOUBLE_EQ(*differences[1].dsc, 0);
}

}  // namespace
}  // namespace recontour
