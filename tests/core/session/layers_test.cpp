// Structures that may lie over others: a layer each, in strokes, operations, start maps, undo and the log.
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/session/replay.h"
#include "core/session/result_json.h"
#include "tests/core/session/session_fixture.h"
#include "tests/data/target_table.h"

namespace recontour {
namespace {

class Layers : public SessionTest {
 protected:
  Layers() { organs = tableWithTarget(); }
  static std::int64_t voxels(const Session& session, Label organ) {
    return labelCounts(session.layers().of(organ))[organ];
  }
  /// The liver fills slice 2, the target is a disc over it.
  std::unique_ptr<Session> liverWithTarget() {
    auto session = open();
    session->addStart(slab(kLiver, 2));
    session->beginStroke({.label = kTarget, .radiusMm = 4}, at({6, 6, 2}));
    session->endStroke();
    return session;
  }
  Box run(Session& session, const Operation& operation, const EditRules& rules = {}) {
    OperationInput input = inputOf(operation, session.layers(), session.beforeLayers(), session.geometry());
    input.filter = filterOf(rules, operation.organ, AxisMap(session.geometry()), smallCase().volume, session.layers());
    return session.apply(operation, rules, executed(operation, input).labels);
  }
};

TEST_F(Layers, APaintedTargetLeavesTheOrganUnderItAlone) {
  const auto session = liverWithTarget();
  EXPECT_EQ(voxels(*session, kTarget), 13) << "a disc of 2 voxels' radius";
  EXPECT_EQ(voxels(*session, kLiver), 144);
  session->selectOrgan(kTarget);
  dab(*session, {6, 6, 2}, true);
  EXPECT_EQ(voxels(*session, kTarget), 12);
  EXPECT_EQ(voxels(*session, kLiver), 144);
  dab(*session, {6, 6, 2});
  session->selectOrgan(kLiver);
  dab(*session, {6, 6, 2}, true);
  EXPECT_EQ(voxels(*session, kLiver), 143);
  EXPECT_EQ(voxels(*session, kTarget), 13) << "nor does the liver's eraser touch the target";
}

TEST_F(Layers, UndoAndRedoGoThroughTheStepsOfAllLayers) {
  const auto session = liverWithTarget();
  session->selectOrgan(kSpleen);
  dab(*session, {1, 1, 4});
  const LabelLayers all = session->layers();
  session->undo();
  EXPECT_EQ(voxels(*session, kSpleen), 0);
  EXPECT_EQ(voxels(*session, kTarget), 13);
  session->undo();
  EXPECT_EQ(voxels(*session, kTarget), 0);
  EXPECT_EQ(voxels(*session, kLiver), 144);
  session->undo();
  EXPECT_EQ(voxels(*session, kLiver), 0);
  while (session->canRedo()) session->redo();
  EXPECT_EQ(session->layers(), all);
}

TEST_F(Layers, TheLogLeadsToTheSameLayers) {
  LabelLayers all;
  {
    const auto session = liverWithTarget();
    session->setUndoBytes(0);
    all = session->layers();
    finish(*session);
  }
  EXPECT_EQ(replay(log()).labels, all);
  EXPECT_EQ(replay(log()).overlapping, (std::map<Label, std::string>{{kTarget, "ptv"}}));
  const auto again = open();
  EXPECT_EQ(again->layers(), all);
  EXPECT_EQ(again->edits(kTarget), 1);
  EXPECT_EQ(again->edits(kLiver), 0);
  again->undo();
  EXPECT_EQ(voxels(*again, kTarget), 0);
}

TEST_F(Layers, OldStepsOfALayerAreReadBackFromTheLog) {
  const auto session = liverWithTarget();
  ASSERT_TRUE(session->flush());
  session->setUndoBytes(0);
  session->selectOrgan(kTarget);
  dab(*session, {1, 1, 4});
  ASSERT_TRUE(session->flush());
  session->setUndoBytes(0);
  EXPECT_EQ(session->changesOf(1).size(), 5U) << "the disc's rows";
  session->undo();
  session->undo();
  EXPECT_EQ(voxels(*session, kTarget), 0);
  session->redo();
  EXPECT_EQ(voxels(*session, kTarget), 13);
}

TEST_F(Layers, AStartMapIsDealtOut) {
  const auto session = open();
  StartMap start = slab(kLiver, 2);
  start.labels.writeRow(0, 2, 0, std::vector<Label>(12, kTarget));
  session->addStart(start);
  EXPECT_EQ(voxels(*session, kTarget), 12);
  EXPECT_EQ(voxels(*session, kLiver), 132);
  EXPECT_EQ(session->beforeLayers(), session->layers());
  finish(*session);
  EXPECT_EQ(replay(log()).labels, session->layers());
  EXPECT_EQ(beforeLabels(replay(log())), session->layers());
}

TEST_F(Layers, AnEditedTargetKeepsTheReadersContourWhenAStartComes) {
  const auto session = liverWithTarget();
  StartMap start = slab(kSpleen, 3);
  start.labels.writeRow(0, 2, 0, std::vector<Label>(12, kTarget));
  session->addStart(start);
  EXPECT_EQ(voxels(*session, kTarget), 13);
  EXPECT_EQ(voxels(*session, kLiver), 0) << "it had no edits";
  EXPECT_TRUE(session->offeredOrgans()[kTarget]);
  session->takeOver(kTarget);
  EXPECT_EQ(voxels(*session, kTarget), 12);
  EXPECT_EQ(voxels(*session, kSpleen), 144);
}

TEST_F(Layers, OperationsChangeTheStructuresOwnLayer) {
  const auto session = liverWithTarget();
  run(*session, {.kind = OperationKind::Margin, .organ = kTarget, .amount = 2});
  EXPECT_EQ(voxels(*session, kTarget), 25) << "a voxel more on each side: 1 + 3 + 5 + 7 + 5 + 3 + 1";
  EXPECT_EQ(voxels(*session, kLiver), 144);
  run(*session, {.kind = OperationKind::RevertOrgan, .organ = kTarget});
  EXPECT_EQ(voxels(*session, kTarget), 0);
  session->undo();
  session->clear(kTarget);
  EXPECT_EQ(voxels(*session, kTarget), 0);
  EXPECT_EQ(voxels(*session, kLiver), 144);
}

TEST_F(Layers, AnOrganIsTakenOverIntoATargetAndStays) {
  const auto session = liverWithTarget();
  run(*session, {.kind = OperationKind::Merge, .organ = kTarget, .other = kLiver});
  EXPECT_EQ(voxels(*session, kTarget), 144);
  EXPECT_EQ(voxels(*session, kLiver), 144);
  session->undo();
  EXPECT_EQ(voxels(*session, kTarget), 13);
  run(*session, {.kind = OperationKind::TakePiece, .organ = kTarget, .atMm = at({1, 1, 2}).pointMm});
  EXPECT_EQ(voxels(*session, kTarget), 144) << "the piece of the liver under the pointer";
  EXPECT_THROW(run(*session, {.kind = OperationKind::Swap, .organ = kTarget, .other = kLiver}), Error);
}

TEST_F(Layers, ATargetKeepsAwayFromAnOrganUnderIt) {
  const auto session = open();
  StartMap start = slab(kLiver, 2);
  for (int y = 6; y < 12; ++y) start.labels.writeRow(y, 2, 0, std::vector<Label>(12, kSpleen));
  session->addStart(start);
  session->beginStroke({.label = kTarget, .radiusMm = 4}, at({6, 6, 2}));
  session->endStroke();
  run(*session, {.kind = OperationKind::KeepAway, .organ = kTarget, .other = kSpleen, .amount = 0});
  EXPECT_EQ(voxels(*session, kTarget), 4) << "the rows above the spleen: 3 + 1";
  EXPECT_EQ(voxels(*session, kSpleen), 72);
}

TEST_F(Layers, EditsCanBeKeptInsideAnOrganOfAnotherLayer) {
  const auto session = open();
  StartMap start = slab(kLiver, 2);
  for (int y = 6; y < 12; ++y) start.labels.writeRow(y, 2, 0, std::vector<Label>(12, 0));
  session->addStart(start);
  StrokeInputs stroke{{.label = kTarget, .radiusMm = 4}};
  stroke.rules.inside = kLiver;
  session->beginStroke(stroke, at({6, 6, 2}));
  session->endStroke();
  EXPECT_EQ(voxels(*session, kTarget), 4);
  stroke = {{.label = kSpleen, .radiusMm = 40}};
  stroke.rules.inside = kTarget;
  session->beginStroke(stroke, at({6, 6, 2}));
  session->endStroke();
  EXPECT_EQ(voxels(*session, kSpleen), 4) << "and an organ inside the target";
  EXPECT_EQ(voxels(*session, kTarget), 4);
}

TEST_F(Layers, ALockedTargetStaysAsItIs) {
  const auto session = liverWithTarget();
  session->setLocked(kTarget, true);
  session->selectOrgan(kTarget);
  dab(*session, {1, 1, 2});
  session->clear(kTarget);
  run(*session, {.kind = OperationKind::Margin, .organ = kTarget, .amount = 4});
  EXPECT_EQ(session->undoBlockedBy(), kTarget);
  session->undo();
  EXPECT_EQ(voxels(*session, kTarget), 13);
}

TEST_F(Layers, ACorrectionStaysInOneLayer) {
  const auto session = liverWithTarget();
  const CorrectionInputs settings{.organ = kTarget, .reachMm = 6};
  session->beginCorrectionStroke(settings, kTarget, at({2, 2, 2}));
  session->endStroke();
  EXPECT_TRUE(session->beginCorrectionStroke(settings, kLiver, at({9, 9, 2})).empty());
  session->acceptCorrection();
  EXPECT_GT(voxels(*session, kTarget), 13);
  EXPECT_EQ(voxels(*session, kLiver), 144);
  const LabelLayers all = session->layers();
  finish(*session);
  EXPECT_EQ(replay(log()).labels, all);
}

TEST_F(Layers, ATableThatSaysOtherwiseIsRefused) {
  finish(*liverWithTarget());
  organs = tableWithTarget(false);
  try {
    open();
    FAIL() << "it was opened";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("PTV was drawn with a layer of its own"), std::string::npos)
        << error.what();
  }
}

TEST_F(Layers, WhatIsNotDrawnYetMayBecomeOverlappingAndBack) {
  organs = tableWithTarget(false);
  finish(*open());
  organs = tableWithTarget();
  finish(*open());
  organs = tableWithTarget(false);
  const auto session = open();
  session->selectOrgan(kTarget);
  dab(*session, {1, 1, 1});
  EXPECT_EQ(labelCounts(session->labels())[kTarget], 1);
}

TEST_F(Layers, TheResultTellsEachLayersFileAndVoxels) {
  const auto session = liverWithTarget();
  const WrittenRevision written{"abc", {{kTarget, {"revision_ptv.nii.gz", "def"}}}};
  const auto json = nlohmann::json::parse(resultJson(smallCase(), organs, *session, written, {}));
  ASSERT_EQ(json["layers"].size(), 1U);
  EXPECT_EQ(json["layers"][0]["organ"], "ptv");
  EXPECT_EQ(json["layers"][0]["file"], "revision_ptv.nii.gz");
  EXPECT_EQ(json["layers"][0]["labels_sha256"], labelMapHash(session->layers().of(kTarget)));
  EXPECT_EQ(json["organs"].back()["voxels"], 13);
  EXPECT_EQ(json["organs"].back()["voxels_added"], 13);
  EXPECT_EQ(json["organs"][0]["voxels"], 144);
  EXPECT_EQ(json["organs"][0]["voxels_removed"], 0);
}

}  // namespace
}  // namespace recontour
