// A structure set as the source of a session: what it adds to the table, layers of its own, what stays as it came.
#include "core/base/error.h"
#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

constexpr Label kPtv = 17;

class Structures : public SessionTest {
 protected:
  /// A PTV that is no organ of the table, and a liver with a layer of its own since the set has it over others.
  static StructureSource source() {
    Organ ptv;
    ptv.label = kPtv;
    ptv.key = "roi_ptv";
    ptv.name = "PTV 60";
    ptv.colour = ptv.displayColour = {255, 128, 0};
    ptv.overlaps = true;
    Organ liver = *OrganTable::named("word").find(kLiver);
    liver.overlaps = true;
    return {"rtstruct", "set.dcm", "abc", "1.2.3", {{kPtv, 7, "PTV 60"}, {kLiver, 3, "Liver"}}, {ptv, liver}};
  }
  /// Slice 2 is PTV, liver and spleen at once.
  StartMap start() const {
    StartMap start = slab(kSpleen, 2);
    start.over[kPtv] = slab(kPtv, 2).labels;
    start.over[kLiver] = slab(kLiver, 2).labels;
    start.knows = LabelSet().set(kPtv).set(kLiver).set(kSpleen);
    start.source = StartSource::StructureSet;
    start.sha256 = "abc";
    return start;
  }
  static std::int64_t voxels(const LabelLayers& layers, Label organ) { return labelCounts(layers.of(organ))[organ]; }
};

TEST_F(Structures, AllThatOverlapIsThereAndAPaintAltersItsOwnLayerAlone) {
  const auto session = open();
  session->addStructures(source());
  session->addStart(start());
  for (const Label organ : {kPtv, kLiver, kSpleen}) EXPECT_EQ(voxels(session->layers(), organ), 144) << int(organ);
  session->selectOrgan(kLiver);
  dab(*session, {6, 6, 2}, true);
  EXPECT_EQ(voxels(session->layers(), kLiver), 143);
  EXPECT_EQ(voxels(session->layers(), kPtv), 144);
  EXPECT_EQ(voxels(session->layers(), kSpleen), 144);
  EXPECT_EQ(voxels(session->beforeLayers(), kLiver), 144);
}

TEST_F(Structures, TheLogKnowsThemInAProgramThatHasTheShippedTable) {
  LabelLayers all;
  {
    const auto session = open();
    session->addStructures(source());
    session->addStart(start());
    session->selectOrgan(kPtv);
    dab(*session, {6, 6, 4});
    all = session->layers();
    finish(*session);
  }
  EXPECT_EQ(replay(log()).labels, all);
  const auto again = open();
  EXPECT_EQ(again->layers(), all);
  ASSERT_NE(again->organs().find(kPtv), nullptr);
  EXPECT_EQ(again->organs().find(kPtv)->name, "PTV 60");
  EXPECT_TRUE(again->organs().find(kLiver)->overlaps);
  ASSERT_TRUE(again->structures().has_value());
  EXPECT_EQ(again->structures()->structures, source().structures);
  ASSERT_TRUE(again->revisedStructures().has_value());
  EXPECT_EQ(voxels(again->revisedStructures()->labels, kPtv), 144) << "as they came, without the stroke";
  EXPECT_EQ(voxels(again->layers(), kPtv), 145);
}

TEST_F(Structures, WhatTheSetDoesNotKnowKeepsItsContour) {
  const auto session = open();
  session->addStart(slab(kKidneyLeft, 4));
  session->addStructures(source());
  session->addStart(start());
  EXPECT_EQ(voxels(session->layers(), kKidneyLeft), 144);
  session->undo();
  EXPECT_EQ(voxels(session->layers(), kPtv), 0);
  EXPECT_EQ(voxels(session->layers(), kKidneyLeft), 144);
}

TEST_F(Structures, AnOrganThatIsDrawnGetsNoLayerOfItsOwnAnyMore) {
  const auto session = open();
  session->addStart(slab(kLiver, 1));
  EXPECT_THROW(session->addStructures(source()), Error);
  EXPECT_FALSE(session->structures().has_value());
  EXPECT_EQ(session->organs().find(kPtv), nullptr) << "nothing of it was taken";
}

TEST_F(Structures, EditedOnesAreOfferedTheStartAgain) {
  const auto session = open();
  session->addStructures(source());
  session->selectOrgan(kPtv);
  dab(*session, {1, 1, 4});
  session->addStart(start());
  EXPECT_EQ(voxels(session->layers(), kPtv), 1) << "the reader's contour stays";
  EXPECT_TRUE(session->offeredOrgans()[kPtv]);
  session->takeOver(kPtv);
  EXPECT_EQ(voxels(session->layers(), kPtv), 144);
  EXPECT_EQ(voxels(session->layers(), kLiver), 144);
}

TEST_F(Structures, AModelThatDoesNotKnowATargetDoesNotTakeItAway) {
  const auto session = open();
  session->addStructures(source());
  session->addStart(start());
  StartMap predicted = slab(kLiver, 4);
  predicted.source = StartSource::Prediction;
  session->addStart(predicted);
  EXPECT_EQ(voxels(session->layers(), kPtv), 144);
  EXPECT_EQ(voxels(session->layers(), kSpleen), 144) << "not in the prediction, so it keeps its contour";
  EXPECT_EQ(session->layers().of(kLiver), slab(kLiver, 4).labels);
}

TEST_F(Structures, AnUndoneStartIsNotWhatIsRevised) {
  const auto session = open();
  session->addStructures(source());
  session->addStart(start());
  StructureSource second = source();
  second.sha256 = "def";
  session->addStructures(second);
  StartMap other = start();
  other.sha256 = "def";
  session->addStart(other);
  EXPECT_EQ(session->revisedStructures()->source.sha256, "def");
  session->undo();
  EXPECT_EQ(session->revisedStructures()->source.sha256, "abc");
  session->undo();
  EXPECT_FALSE(session->revisedStructures().has_value());
}

TEST_F(Structures, OfOneFileTakenTwiceWithOtherNamesThatTakeIsRevisedWhichIsNotUndone) {
  {
    const auto session = open();
    session->addStructures(source());
    session->addStart(start());
    StructureSource second = source();
    second.structures = {{kPtv, 7, "PTV 60"}, {kLiver, 4, "Liver old"}};
    session->addStructures(second);
    session->addStart(start());
    EXPECT_EQ(session->revisedStructures()->source.structures[1].number, 4);
    session->undo();
    EXPECT_EQ(session->revisedStructures()->source.structures[1].number, 3);
    finish(*session);
  }
  EXPECT_EQ(open()->revisedStructures()->source.structures[1].number, 3) << "in the replayed log too";
}

TEST_F(Structures, ALabelNeverChangesItsMeaning) {
  const auto session = open();
  session->addStructures(source());
  StructureSource other = source();
  other.organs[0].key = "roi_gtv";
  EXPECT_THROW(session->addStructures(other), Error);
  EXPECT_EQ(session->organs().find(kPtv)->key, "roi_ptv");
}

}  // namespace
}  // namespace recontour
