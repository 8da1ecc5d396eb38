// Random scripts over all tools and operations: undone to the end and done again they lead to the same labels.
#include <random>

#include "core/session/replay.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

class EditScripts : public SessionTest {
 protected:
  EditScripts() {
    std::vector<Organ> five(organs.organs().begin(), organs.organs().begin() + 5);
    five.back().overlaps = true;
    organs = OrganTable::made("five", five);
  }
  Index3 anywhere() {
    const Size3& size = opened.geometry.size;
    return {int(random() % unsigned(size.x)), int(random() % unsigned(size.y)), int(random() % unsigned(size.z))};
  }
  Label anyOrgan() { return static_cast<Label>(1 + random() % 5); }  // the last one overlaps
  /// Of all layers.
  static std::string hashOf(const LabelLayers& layers) {
    std::string hash;
    for (const Label layer : layers.numbers()) hash += labelMapHash(layers.layer(layer));
    return hash;
  }
  EditRules anyRules() {
    EditRules rules{.overwrite = static_cast<EditRules::Overwrite>(random() % 3)};
    rules.chosen.set(anyOrgan());
    if (random() % 4 == 0) rules.inside = anyOrgan();
    if (random() % 4 == 0) rules.slab = Slab{Plane::Axial, 1, 3};
    return rules;
  }
  void stroke(Session& session) {
    StrokeInputs inputs{{.label = anyOrgan(),
                         .radiusMm = 1 + double(random() % 8),
                         .ball = random() % 2 == 0,
                         .erase = random() % 4 == 0},
                        {},
                        static_cast<StrokeKind>(random() % kStrokeKinds),
                        {-1000, 1000},
                        anyRules(),
                        random() % 2 == 0,
                        static_cast<LassoAction>(random() % 3)};
    const Plane plane = kPlanes[random() % 3];
    const AxisMap axisMap(opened.geometry);
    const auto sample = [&] {
      const Point3 at = opened.geometry.toWorld(anywhere());
      return PointerSample{.pointMm = at, .plane = plane, .slice = axisMap.sliceAt(plane, at)};
    };
    session.beginStroke(inputs, sample());
    for (int i = 0; i < 4; ++i) session.continueStroke(sample());
    session.endStroke();
  }
  void correction(Session& session) {
    const AxisMap axisMap(opened.geometry);
    const auto sample = [&] {
      const Point3 at = opened.geometry.toWorld(anywhere());
      return PointerSample{.pointMm = at, .plane = Plane::Axial, .slice = axisMap.sliceAt(Plane::Axial, at)};
    };
    CorrectionInputs settings{.method = static_cast<CorrectionMethod>(random() % 2), .organ = anyOrgan()};
    settings.rules = anyRules();
    for (int stroke = 0; stroke < 3; ++stroke) {
      session.beginCorrectionStroke(settings, random() % 2 == 0 ? Label{0} : anyOrgan(), sample());
      session.continueStroke(sample());
      session.endStroke();
    }
    if (random() % 2 == 0) session.takeCorrectionStrokeBack();
    session.acceptCorrection();
  }
  void operation(Session& session) {
    const Operation operation{.kind = static_cast<OperationKind>(random() % kOperationKinds),
                              .organ = anyOrgan(),
                              .other = anyOrgan(),
                              .amount = 0.5 + double(random() % 4),
                              .plane = kPlanes[random() % 3],
                              .slice = int(random() % 4),
                              .step = random() % 2 == 0 ? 1 : -1,
                              .atMm = opened.geometry.toWorld(anywhere())};
    const EditRules rules = anyRules();
    OperationInput input = inputOf(operation, session.layers(), session.beforeLayers(), opened.geometry);
    if (operation.kind == OperationKind::Swap && input.otherLayer) return;  // refused
    input.filter = filterOf(rules, operation.organ, AxisMap(opened.geometry), opened.volume, session.layers());
    session.apply(operation, rules, executed(operation, input).labels);
  }
  const Case opened = smallCase();
  std::mt19937 random;
};

TEST_F(EditScripts, UndoneToTheEndAndDoneAgainReachTheSameLabels) {
  std::size_t edits = 0;
  for (unsigned script = 0; script < 50; ++script) {
    random.seed(script);
    const auto session = Session::open(folder.path() / std::to_string(script), opened, organs, "R1", clock);
    if (script % 2 == 1) session->setUndoBytes(0);  // old steps are read back from the log
    session->addStart(slab(kLiver, 2));
    std::vector<std::string> hashes = {hashOf(session->layers())};
    for (int i = 0; i < 20; ++i) {
      const int before = session->undoDepth();
      const auto what = random() % 5;
      if (what < 2) {
        stroke(*session);
      } else if (what == 2) {
        correction(*session);
      } else {
        operation(*session);
      }
      if (session->undoDepth() > before) hashes.push_back(hashOf(session->layers()));
    }
    ASSERT_EQ(session->undoDepth(), int(hashes.size()));
    edits += hashes.size() - 1;
    for (std::size_t depth = hashes.size() - 1; depth > 0; --depth) {
      session->undo();
      ASSERT_EQ(hashOf(session->layers()), hashes[depth - 1]) << "script " << script << " step " << depth;
    }
    while (session->canRedo()) session->redo();
    EXPECT_EQ(hashOf(session->layers()), hashes.back()) << "script " << script;
    ASSERT_TRUE(session->flush());
    EXPECT_EQ(replay(session->folder()).labels, session->layers());
  }
  EXPECT_GT(edits, 300U) << "of 1000 that were tried";
}

}  // namespace
}  // namespace recontour
