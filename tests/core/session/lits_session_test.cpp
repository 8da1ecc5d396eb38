// One session on a real CT with every tool and every operation: what the log keeps of each, executed again on the
// labels before it, reaches the same labels.
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/edit/correction.h"
#include "core/edit/scratch_target.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr Label kStomach = 5, kColon = 10;

LabelMap executedAgain(const Json& inputs, const ReplayedSession& before, const Case& ct) {
  const AxisMap axisMap(ct.geometry);
  const std::string text = inputs.dump();
  if (inputs.contains("operation")) {
    const LoggedOperation logged = operationFrom(text);
    const auto filter = filterOf(logged.rules, logged.operation.organ, axisMap, ct.volume);
    return executed(logged.operation, {before.labels.organs(), beforeLabels(before).organs(), ct.geometry, filter})
        .labels;
  }
  ScratchTarget ground(before.labels.organs(), ct.geometry);
  if (inputs.at("tool") == "correct") {
    EditTransaction edit(ground, "again", {});
    execute(correctionInputsFrom(text), {before.labels.organs(), ct.volume, axisMap}, edit);
    edit.commit();
  } else {
    const StrokeInputs stroke = strokeInputsFrom(text);
    EditTransaction edit(ground, "again", strokeFilter(stroke, {}, false, axisMap, ct.volume));
    execute(stroke, ct.volume, edit, beforeLabels(before).organs());
    edit.commit();
  }
  return ground.editableLabels();
}

class LitsSession : public SessionTest {
 protected:
  PointerSample at(double x, double y, double z, Plane plane = Plane::Axial) const {
    const Point3 world = ct.geometry.toWorld(Point3{x, y, z});
    return {.pointMm = world, .plane = plane, .slice = AxisMap(ct.geometry).sliceAt(plane, world)};
  }
  void stroke(StrokeInputs inputs, const std::vector<PointerSample>& path) {
    session->beginStroke(inputs, path.front());
    for (std::size_t i = 1; i < path.size(); ++i) session->continueStroke(path[i]);
    session->endStroke();
  }
  void everyTool() {
    for (int kind = 0; kind < kStrokeKinds; ++kind) {
      for (const Plane plane : kPlanes) {
        StrokeInputs inputs{
            {.label = kLiver, .radiusMm = 9, .ball = kind % 2 == 0}, {}, StrokeKind(kind), {0, 200}, {}};
        inputs.settings.label = plane == Plane::Sagittal ? kStomach : kLiver;
        stroke(inputs,
               {at(70, 140, 58, plane), at(80, 160, 60, plane), at(95, 165, 62, plane), at(100, 120, 57, plane)});
      }
    }
    for (const LassoAction action : {LassoAction::Reassign, LassoAction::Revert}) {
      StrokeInputs inputs{{.label = kLiver}, {}, StrokeKind::Lasso, {}, {}};
      inputs.lasso = action;
      stroke(inputs, {at(70, 110, 58), at(120, 110, 58), at(120, 180, 58), at(70, 180, 58)});
    }
    for (const CorrectionMethod method : {CorrectionMethod::Growth, CorrectionMethod::Cut}) {
      session->beginCorrectionStroke({.method = method, .organ = kLiver}, kLiver, at(80, 140, 50));
      session->continueStroke(at(90, 150, 50));
      session->endStroke();
      session->beginCorrectionStroke({}, 0, at(60, 100, 50));
      session->endStroke();
      session->acceptCorrection();
    }
  }
  void everyOperation() {
    const Operation gap{.kind = OperationKind::ClearSlice, .organ = kLiver, .slice = 57};  // to fill between slices
    session->apply(gap, {}, executed(gap, {session->labels(), {}, ct.geometry, {}}).labels);
    for (int kind = 0; kind < kOperationKinds; ++kind) {
      Operation operation{.kind = OperationKind(kind), .organ = kLiver, .other = kStomach, .amount = 2, .slice = 58};
      operation.atMm = at(134, 121, 43).pointMm;
      if (operation.kind == OperationKind::TakeSlicePiece) operation.slice = 43;
      const EditRules rules;
      const auto filter = filterOf(rules, kLiver, AxisMap(ct.geometry), ct.volume);
      const int depth = session->undoDepth();
      session->apply(operation, rules,
                     executed(operation, {session->labels(), session->beforeLabels(), ct.geometry, filter}).labels);
      if (session->undoDepth() > depth) session->undo();  // each from the same labels
    }
  }
  Case ct;
  std::unique_ptr<Session> session;
};

TEST_F(LitsSession, EveryInputExecutedAgainReachesTheSameLabels) {
  REQUIRE_REFERENCE_DATA();
  ct = openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  const auto start = readLabelFile(referenceData("ct_lits0/lits0_obelisk_fold1_wordids.nii.gz"));
  session = Session::open(folder.path() / "lits", ct, organs, "R1", clock);
  session->addStart({start.labels, StartSource::File, "fold1", "", "", "", ""});
  everyTool();
  everyOperation();
  ASSERT_TRUE(session->flush());
  const auto events = readSessionLog(sessionLogPath(session->folder())).events;
  ReplayedSession replayed;
  std::set<std::string> names;
  for (const Event& event : events) {
    const ReplayedSession before = replayed;
    applyEvent(replayed, event);
    if (event.type != "edit") continue;
    const Json header = parseJson(event.header, "event");
    names.insert(header.at("name").get<std::string>());
    ASSERT_EQ(labelMapHash(executedAgain(header.at("inputs"), before, ct)), labelMapHash(replayed.labels.organs()))
        << event.header.substr(0, 300);
  }
  EXPECT_EQ(labelMapHash(replayed.labels.organs()), labelMapHash(session->labels()));
  EXPECT_EQ(names.size(), std::size_t(kStrokeKinds + kOperationKinds) + 1) << testing::PrintToString(names);
}

}  // namespace
}  // namespace recontour
