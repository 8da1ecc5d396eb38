#include "tests/core/study/scripted_reader.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/io/layer_files.h"
#include "core/io/open_case.h"
#include "core/session/kept_head.h"
#include "core/session/result_json.h"
#include "core/strokes/author_agreement.h"
#include "core/strokes/scribble_json.h"

namespace recontour {
namespace {

constexpr std::int64_t kHeartbeatMs = 500;

/// What the window records of a study, see StudyReading.
std::string factsOf(const ReaderPackage& package, const PackagedTask& task) {
  const Json facts = {{"task", task.id},
                      {"study", package.study},
                      {"freeze_hash", package.freezeHash},
                      {"start_sha256", task.startSha256},
                      {"tools", task.tools},
                      {"cues", task.cues},
                      {"environment", {{"screen", "scripted"}}}};
  return facts.dump();
}

StartMap startOf(const ReaderPackage& package, const PackagedTask& task, const Geometry& grid) {
  const auto file = *package.startOf(task);
  StartMap start;
  start.sha256 = sha256HexOfFile(file);
  if (start.sha256 != task.startSha256) throw Error(file, "are not the contours that were frozen with the study");
  start.labels = readLabelFileOn(file, grid);
  start.name = file.filename().string();
  return start;
}

struct OpenTask {
  Case read;
  std::unique_ptr<Session> session;
};

OpenTask opened(const ReaderPackage& package, const PackagedTask& task, const OrganTable& organs, FakeClock& clock) {
  OpenTask open{openCase(package.imageOf(task)), {}};
  if (open.read.imageHash != task.imageHash)
    throw Error(task.image, "is not the image that was frozen with the study", "tell the coordinator");
  const bool fromNothing = task.start.empty();
  open.session =
      Session::open(package.sessionOf(task), open.read, organs, package.reader, clock, {.fromNothing = fromNothing});
  open.session->noteStudy(factsOf(package, task));
  if (!fromNothing && !open.session->hasStarts()) open.session->addStart(startOf(package, task, open.read.geometry));
  return open;
}

WrittenRevision writeRevision(const Session& session, const OrganTable& organs) {
  const auto file = session.folder() / "revision.nii.gz";
  const auto layers = writeLayerFiles(file, session.layers(), organs.overlapping(), session.geometry());
  WrittenRevision written{sha256HexOfFile(file), {}};
  for (const LayerFile& layer : layers)
    written.layers[layer.structure] = {layer.file.filename().string(), sha256HexOfFile(layer.file)};
  return written;
}

PointerSample pointerOn(const Session& session, const Index3& voxel) {
  PointerSample at;
  at.pointMm = session.geometry().toWorld(voxel);
  at.slice = voxel.z;
  return at;
}

/// As Workbench does on Accept.
void writeStrokes(const Session& session, const Case& read, const OrganTable& organs) {
  const auto& strokes = session.scribbles().strokes();
  if (strokes.empty()) return;
  writeFileSafely(session.folder() / "scribbles.json", toJson({read.name, read.imageHash, strokes, {}}, organs));
  writeLabelFile(session.folder() / "scribbles.nii.gz",
                 withBackgroundSwapped(agreedRaster(strokes, read.geometry, Agreement::Union)), read.geometry);
}

}  // namespace

void beginTask(const ReaderPackage& package, const PackagedTask& task, const OrganTable& organs, FakeClock& clock,
               const std::function<void(Session&)>& edits) {
  const OpenTask open = opened(package, task, organs, clock);
  open.session->beginReading();
  edits(*open.session);
  open.session->close();
}

Receipt readTask(const ReaderPackage& package, const PackagedTask& task, const OrganTable& organs, FakeClock& clock,
                 const std::function<void(Session&)>& edits) {
  const OpenTask open = opened(package, task, organs, clock);
  Session& session = *open.session;
  session.beginReading();
  edits(session);
  session.noteStudy(factsOf(package, task));
  session.noteAcceptable();
  const WrittenRevision written = writeRevision(session, organs);
  writeStrokes(session, open.read, organs);
  session.accept(written);
  const ChainHead head = session.chainHead();
  const std::string result = resultJson(open.read, organs, session, written, {});
  writeFileSafely(session.folder() / "result.json", withChainHead(result, head));
  Receipt receipt{task.id, head.sequence, head.hash, clock.wallMs()};
  addReceipt(package.folder / "receipts.csv", receipt);
  session.close();
  return receipt;
}

void dab(Session& session, FakeClock& clock, Label organ, const Index3& voxel) {
  lookAround(session, clock, 0.5);
  const PointerSample at = pointerOn(session, voxel);
  if (organ != 0) session.selectOrgan(organ);
  session.beginStroke({.label = session.selectedOrgan(), .radiusMm = 0.5, .ball = false, .erase = organ == 0}, at);
  clock.goOn(kHeartbeatMs);
  session.endStroke();
}

void draw(Session& session, FakeClock& clock, Label label, const Index3& from, const Index3& to) {
  lookAround(session, clock, 0.5);
  session.beginScribble(label, 0.5, pointerOn(session, from));
  clock.goOn(kHeartbeatMs);
  session.continueScribble(pointerOn(session, to));
  session.endScribble();
}

void lookAround(Session& session, FakeClock& clock, double seconds) {
  session.noteActivity();
  for (auto left = static_cast<std::int64_t>(seconds * 1000); left > 0; left -= kHeartbeatMs) {
    clock.goOn(std::min(left, kHeartbeatMs));
    session.noteActivity();
  }
}

}  // namespace recontour
