// Saved state, Accept, and label maps written on request.
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/io/layer_files.h"
#include "core/session/kept_head.h"
#include "core/session/result_json.h"
#include "core/strokes/scribble_json.h"
#include "core/strokes/scribble_raster.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

std::vector<OrganResult> organResults(const std::vector<OrganStatus>& organs) {
  std::vector<OrganResult> results;
  for (const OrganStatus& one : organs) results.push_back({one.organ, one.seen, one.dscBefore, one.dscAfter});
  return results;
}

/// Strokes as vectors and as a map, beside the revision; a case without strokes has neither file.
void writeScribbles(const std::filesystem::path& folder, const ScribbleFile& file, Agreement how,
                    const OrganTable& organs, const Geometry& grid) {
  const auto lines = folder / "scribbles.json", map = folder / "scribbles.nii.gz";
  if (file.strokes.empty() && file.erased.empty()) {
    std::filesystem::remove(lines);
    std::filesystem::remove(map);
    return;
  }
  writeFileSafely(lines, toJson(file, organs));
  writeLabelFile(map, withBackgroundSwapped(agreedRaster(file.strokes, grid, how)), grid);
}

WrittenRevision writtenRevision(const std::filesystem::path& file, const std::vector<LayerFile>& beside) {
  WrittenRevision written{sha256HexOfFile(file), {}};
  for (const LayerFile& layer : beside)
    written.layers[layer.structure] = {layer.file.filename().string(), sha256HexOfFile(layer.file)};
  return written;
}

}  // namespace

const std::filesystem::path& Workbench::sessionFolder() const {
  static const std::filesystem::path kNone;
  return state_->session ? state_->session->folder() : kNone;
}

bool Workbench::flush() {
  acceptCorrection();
  return !state_->session || state_->session->flush();
}

void Workbench::State::saveStateChanged() {
  using SavingState = SaveStatus::State;
  const Session::SaveState now = session->saveState();
  const bool failedBefore = saveStatus.state == SavingState::Failed;
  saveStatus.error = now.error.value_or("");
  saveStatus.elsewhere = now.elsewhere;
  saveStatus.state = now.error                   ? SavingState::Failed
                     : now.saved == now.appended ? SavingState::Saved
                                                 : SavingState::Saving;
  if (session->readOnly()) saveStatus.state = SavingState::Nothing;
  Q_EMIT owner.saveStatusChanged();
  if (now.error && !failedBefore) tellNotSaved(now);
  if (!now.error && failedBefore)
    Q_EMIT owner.message(MessageKind::Information,
                         Workbench::tr("All is saved again: the session's log is on its disk"));
}

void Workbench::State::tellNotSaved(const Session::SaveState& now) {
  const std::string where =
      now.elsewhere ? "; what it lacks is kept in " + now.elsewhere->string() : "; it is in memory alone";
  fail("Not saved: " + *now.error + where + ". It is tried again every two seconds");
}

void Workbench::saveLabelMapAs(const std::filesystem::path& file) {
  State& s = *state_;
  acceptCorrection();
  if (!s.session) return;
  const auto save = [file, layers = s.session->layers(), keys = s.organs.overlapping(), grid = s.opened->geometry] {
    writeLayerFiles(file, layers, keys, grid);
    return QString::fromStdString(file.string());
  };
  s.inBackground("save " + file.string(), save,
                 [&s](const QString& written) { Q_EMIT s.owner.labelMapSaved(written); });
}

FiguresTable Workbench::figures() const {
  const State& s = *state_;
  if (!s.session) return {};
  return {s.opened->name, s.session->reader(), s.reference.has_value() && s.referenceShown, s.organs, s.organStatus};
}

void Workbench::saveFiguresAs(const std::filesystem::path& file) {
  const auto save = [file, table = figures()] {
    writeFileSafely(file, figuresCsv(table));
    return QString::fromStdString(file.string());
  };
  state_->inBackground("save " + file.string(), save, [this](const QString& written) {
    Q_EMIT message(MessageKind::Information, tr("The figures are in %1").arg(written));
  });
}

/// Steps, so that the window never waits: figures are made in the background, then the GUI thread looks for organs
/// without contour and reason; the map is written in the background, then the GUI thread puts the accept event and the
/// times together; then result.json is written in the background.
void Workbench::accept() {
  State& s = *state_;
  if (!s.writable() || s.accepting) return;
  acceptCorrection();
  cancelStroke();
  s.accepting = true;
  s.jobs.post("accept", [&s, asked = s.generation, request = s.figuresRequest(),
                         strokes = s.scribbleFile()](std::stop_token) {
    s.onGuiThread(asked, [&s, of = State::Accepted{request.now, strokes, {}}, figures = computeOrganFigures(request)] {
      if (!s.acceptAgain(of)) s.writeAccepted(figures);
    });
  });
}

std::vector<Label> Workbench::organsWithoutReason() const {
  std::vector<Label> found;
  for (const OrganStatus& one : state_->organStatus) {
    if (!one.wanted) continue;
    const bool drawn = !one.box.empty() || one.scribbles > 0;
    if (!drawn && !explainsNoContour(one.statement.verdict)) found.push_back(one.organ);
  }
  return found;
}

/// Painted on meanwhile: once more, with what is there now; but nobody approved that.
bool Workbench::State::acceptAgain(const Accepted& what) {
  if (what.labels == session->layers() && what.strokes.strokes == session->scribbles().strokes()) return false;
  accepting = false;
  if (options.exports.approval) {
    options.exports.approval.reset();
    fail("the contours changed after they were approved; look at them and accept again");
    Q_EMIT owner.acceptFailed();
  } else {
    owner.accept();
  }
  return true;
}

void Workbench::State::writeAccepted(const std::vector<OrganFigures>& figures) {
  applyFigures(figures);
  const bool wantsReasons = !options.studyTask || options.studyTask->wantsReasons;
  if (wantsReasons && !owner.organsWithoutReason().empty()) {
    accepting = false;
    return Q_EMIT owner.acceptRefused();
  }
  const Accepted what{session->layers(), scribbleFile(), structureExport()};
  jobs.post("write",
            [this, asked = generation, what, table = organs, grid = opened->geometry, how = scribbling.agreement(),
             file = session->folder() / "revision.nii.gz", wanted = options.exports, reading = files](std::stop_token) {
              try {
                writeScribbles(file.parent_path(), what.strokes, how, table, grid);
                const auto beside = writeLayerFiles(file, what.labels, table.overlapping(), grid);
                WrittenRevision revision = writtenRevision(file, beside);
                if (what.structures)
                  revision.exports = writeExports(*what.structures, wanted, file.parent_path(), *reading);
                onGuiThread(asked, [this, what, written = std::move(revision)] {
                  if (!acceptAgain(what)) acceptWritten(written);
                });
              } catch (const std::exception& error) {
                onGuiThread(asked, [this, text = std::string(error.what())] {
                  accepting = false;
                  fail(text);
                  Q_EMIT owner.acceptFailed();
                });
              }
            });
}

ScribbleFile Workbench::State::scribbleFile() const {
  const ScribbleLayer& layer = session->scribbles();
  ScribbleFile file{opened->name, opened->imageHash, layer.strokes(), layer.erased()};
  const bool onlyStrokes = !session->hasStarts() && session->undoDepth() == 0;
  if (onlyStrokes) file.activeS = session->times().total.activeS();  // else nobody knows what time was theirs
  return file;
}

void Workbench::State::acceptWritten(const WrittenRevision& written) {
  session->accept(written);
  options.exports.approval.reset();  // it was for these contours
  applyTimes();
  const std::string result = resultJson(*opened, organs, *session, written, organResults(organStatus));
  jobs.post("result", [this, asked = generation, result, folder = session->folder(), log = session,
                       sent = written.exports, outbox = options.exports.outbox](std::stop_token) {
    try {
      if (!log->flushed()) throw Error(folder / "session.rclog", "the session's log is not on disk");
      writeFileSafely(folder / "result.json", withChainHead(result, log->chainHead()));
      if (!outbox.empty()) sendToOutbox(folder, outbox, sent);
      onGuiThread(asked, [this, folder] {
        accepting = false;
        accepted = true;
        refreshWorkItems({owner.currentWorkItem()});
        Q_EMIT owner.acceptFinished(QString::fromStdString(folder.string()));
        openNextOfInbox();
      });
    } catch (const Error& error) {
      onGuiThread(asked, [this, text = std::string(error.what())] {
        accepting = false;
        fail(text);
        Q_EMIT owner.acceptFailed();
      });
    }
  });
}

}  // namespace recontour
