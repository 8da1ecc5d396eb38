// Writes a session with every kind of label and stroke event, and its result.json, into the folder argv[1]; prints the
// hashes of the labels it ends with, of the organs and of a structure over them, and its strokes as NUMBER:LABEL.
#include <cstdio>

#include "core/base/safe_file.h"
#include "core/session/kept_head.h"
#include "core/session/result_json.h"
#include "core/session/session.h"
#include "core/strokes/stroke_shape.h"
#include "tests/data/fake_clock.h"
#include "tests/data/small_case.h"
#include "tests/data/target_table.h"

int main(int argc, char** argv) {
  using namespace recontour;
  if (argc != 2) return 2;
  FakeClock clock;
  const Case opened = smallCase();
  const OrganTable organs = tableWithTarget();
  const auto session = Session::open(argv[1], opened, organs, "R1", clock);
  StartMap start;
  start.labels = LabelMap(opened.geometry.size);
  for (int y = 2; y < 9; ++y) start.labels.writeRow(y, 2, 3, std::vector<Label>(6, Label{2}));
  start.labels.writeRow(4, 2, 3, std::vector<Label>{kTarget});
  start.name = "start";
  session->addStart(start);
  const auto dab = [&](Label organ, const Index3& voxel, bool erase) {
    PointerSample at;
    at.pointMm = opened.geometry.toWorld(voxel);
    at.slice = voxel.z;
    session->selectOrgan(organ);
    session->beginStroke({.label = organ, .radiusMm = 3, .ball = false, .erase = erase}, at);
    session->endStroke();
  };
  dab(1, {3, 3, 2}, false);
  dab(kTarget, {6, 6, 2}, false);
  dab(2, {6, 6, 2}, true);
  session->undo();
  dab(4, {8, 8, 3}, false);
  session->undo();
  session->redo();
  for (int i = 0; i < 100; ++i) {  // a snapshot comes before the next stroke
    session->undo();
    session->redo();
  }
  session->beginStroke({.label = 4, .radiusMm = 1, .ball = false},
                       {.pointMm = opened.geometry.toWorld(Index3{1, 1, 1}), .slice = 1});
  for (int x = 2; x < 6; ++x) {
    clock.goOn(200);  // two parts
    session->continueStroke(
        {.pointMm = opened.geometry.toWorld(Index3{x, 1, 1}), .slice = 1, .timeMs = double(clock.nowMs)});
  }
  session->endStroke();
  const auto scribble = [&](Label label, const Index3& from, const Index3& to) {
    session->beginScribble(label, 1, {.pointMm = opened.geometry.toWorld(from), .slice = from.z});
    session->continueScribble({.pointMm = opened.geometry.toWorld(to), .slice = to.z});
    session->endScribble();
  };
  scribble(1, {2, 2, 2}, {8, 2, 2});
  scribble(0, {2, 6, 2}, {8, 6, 2});
  session->changeScribbles(cutAt(session->scribbles().strokes()[0], {1, 0, 0.5}, 3), clock.monotonicMs());
  session->undoScribble();
  session->redoScribble();
  scribble(5, {2, 9, 2}, {8, 9, 2});
  session->undoScribble();
  session->noteSlice(Plane::Axial, 3);
  session->stateOrgan(5, {OrganVerdict::OutsideScan, "above it"});
  const std::string hash(64, '0');
  const WrittenRevision written{hash, {{kTarget, {"revision_ptv.nii.gz", hash}}}};
  session->accept(written);
  const std::string result =
      resultJson(opened, organs, *session, written, {{1, true, 0.25, 0.75}, {2, false, {}, 0.5}});
  writeFileSafely(session->folder() / "result.json", withChainHead(result, session->chainHead()));
  session->close();
  std::string strokes;
  for (const ScribbleStroke& one : session->scribbles().strokes())
    strokes += std::to_string(one.id) + ":" + std::to_string(one.label) + ",";
  std::printf("%s\n%s\n%s\n", labelMapHash(session->labels()).c_str(),
              labelMapHash(session->layers().of(kTarget)).c_str(), strokes.c_str());
}
