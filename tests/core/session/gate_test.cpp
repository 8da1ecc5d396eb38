// One gate: whatever changes labels leaves locked organs alone, and nothing changes in a session that is only read.
// Every way is tried against each.
#include <functional>

#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

constexpr Label kStomach = 5;

/// A way to change labels; `act` tries to change the liver, which fills the whole grid but for the stomach's corner.
struct Way {
  std::string name;
  std::function<void(Session&)> act;
};

class Gate : public SessionTest {
 protected:
  Gate() {
    for (int kind = 0; kind < kStrokeKinds; ++kind)
      ways.push_back({strokeKindName(StrokeKind(kind)), [this, kind](Session& s) { stroke(s, StrokeKind(kind)); }});
    for (int kind = 0; kind < kOperationKinds; ++kind)
      ways.push_back(
          {operationName(OperationKind(kind)), [this, kind](Session& s) { operation(s, OperationKind(kind)); }});
    for (const CorrectionMethod method : {CorrectionMethod::Growth, CorrectionMethod::Cut})
      ways.push_back({correctionMethodName(method), [this, method](Session& s) { correction(s, method); }});
    ways.push_back({"label map from a file", [this](Session& s) { s.addStart(stomachEverywhere(StartSource::File)); }});
    ways.push_back(
        {"result of a model", [this](Session& s) { s.addStart(stomachEverywhere(StartSource::Prediction)); }});
    ways.push_back({"clear", [](Session& s) { s.clear(kLiver); }});
    ways.push_back({"take over", [](Session& s) { s.takeOver(kLiver); }});
    ways.push_back({"undo", [](Session& s) { s.undo(); }});
    ways.push_back({"redo", [](Session& s) { s.redo(); }});
  }
  PointerSample at(double x, double y) const {
    const Point3 world = opened.geometry.toWorld(Point3{x, y, 2});
    return {.pointMm = world, .plane = Plane::Axial, .slice = AxisMap(opened.geometry).sliceAt(Plane::Axial, world)};
  }
  void stroke(Session& session, StrokeKind kind) {
    for (const bool erase : {false, true}) {
      StrokeInputs inputs{
          {.label = erase ? kLiver : kStomach, .radiusMm = 6, .erase = erase}, {}, kind, {-2000, 4000}, {}};
      session.beginStroke(inputs, at(1, 1));
      for (const auto& to : {at(9, 1), at(9, 7), at(1, 7)}) session.continueStroke(to);
      session.endStroke();
    }
  }
  void operation(Session& session, OperationKind kind) {
    for (const bool ofLiver : {false, true}) {
      Operation operation{.kind = kind, .organ = ofLiver ? kLiver : kStomach, .other = ofLiver ? kStomach : kLiver};
      operation.amount = 3;
      operation.slice = 2;
      operation.atMm = at(5, 5).pointMm;
      WriteFilter filter;
      for (const Organ& organ : organs.organs()) filter.locked.set(organ.label, session.isLocked(organ.label));
      filter.readOnly = session.readOnly();
      const auto result =
          executed(operation, {session.labels(), LabelMap(session.labels().size()), opened.geometry, filter});
      session.apply(operation, {}, result.labels);
    }
  }
  void correction(Session& session, CorrectionMethod method) {
    session.beginCorrectionStroke({.method = method, .organ = kStomach, .reachMm = 30}, kStomach, at(1, 1));
    session.continueStroke(at(8, 6));
    session.endStroke();
    session.acceptCorrection();
  }
  StartMap stomachEverywhere(StartSource source) const {
    StartMap start{LabelMap(opened.geometry.size), source, "stomach", "", "", "", ""};
    const Box all = opened.geometry.box();
    start.labels.write(all, {all.size(), std::vector<Label>(voxelCount(all.size()), kStomach)});
    return start;
  }
  /// The liver drawn by hand over everything, the stomach in a corner; one step undone, so that one can be redone.
  std::unique_ptr<Session> prepared(const std::string& name) {
    auto session = Session::open(folder.path() / name, opened, organs, "R1", clock);
    session->addStart(slab(kLiver, 2));
    for (int z = 0; z < opened.geometry.size.z; ++z) {
      const auto edit = session->begin("fill");
      for (int y = 0; y < opened.geometry.size.y; ++y)
        edit->paintRow(y, z, 0, opened.geometry.size.x - 1, y < 3 && z == 2 ? kStomach : kLiver);
      edit->commit();
    }
    session->undo();
    return session;
  }
  const Case opened = smallCase();
  std::vector<Way> ways;
};

std::int64_t livers(const Session& session) { return labelCounts(session.labels())[kLiver]; }

TEST_F(Gate, ALockedOrganStaysWhateverIsDone) {
  for (const Way& way : ways) {
    const auto session = prepared(way.name);
    session->setLocked(kLiver, true);
    const LabelMap before = session->labels();
    way.act(*session);
    ASSERT_EQ(livers(*session), labelCounts(before)[kLiver]) << way.name;
    for (int z = 0; z < before.size().z; ++z) {
      for (int y = 0; y < before.size().y; ++y) {
        for (int x = 0; x < before.size().x; ++x)
          ASSERT_EQ(before.at({x, y, z}) == kLiver, session->labels().at({x, y, z}) == kLiver) << way.name;
      }
    }
  }
}

TEST_F(Gate, NothingChangesInASessionThatIsOnlyRead) {
  for (const Way& way : ways) {
    prepared(way.name)->close();
    const auto session = Session::open(folder.path() / way.name, opened, organs, "R1", clock, {.access = Access::Read});
    const LabelMap before = session->labels();
    way.act(*session);
    EXPECT_EQ(session->labels(), before) << way.name;
  }
}

TEST_F(Gate, WithoutALockMostOfTheseWaysDoChangeTheLiver) {
  int changed = 0;
  for (const Way& way : ways) {
    const auto session = prepared(way.name);
    const LabelMap before = session->labels();
    way.act(*session);
    changed += !(session->labels() == before);
  }
  EXPECT_GE(changed, 25) << "of " << ways.size();
}

}  // namespace
}  // namespace recontour
