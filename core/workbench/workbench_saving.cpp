// Saved state, Accept, and label maps written on request.
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/session/result_json.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

std::vector<ReferenceFigures> referenceFigures(const std::vector<OrganFigures>& figures) {
  std::vector<ReferenceFigures> result;
  for (const OrganFigures& figure : figures) result.push_back({figure.organ, figure.dscBefore, figure.dscAfter});
  return result;
}

}  // namespace

const std::filesystem::path& Workbench::sessionFolder() const {
  static const std::filesystem::path kNone;
  return state_->session ? state_->session->folder() : kNone;
}

bool Workbench::flush() { return !state_->session || state_->session->flush(); }

void Workbench::State::saveStateChanged() {
  using SavingState = SaveStatus::State;
  const Session::SaveState now = session->saveState();
  const bool failedBefore = saveStatus.state == SavingState::Failed;
  saveStatus.error = now.error.value_or("");
  saveStatus.state = now.error                   ? SavingState::Failed
                     : now.saved == now.appended ? SavingState::Saved
                                                 : SavingState::Saving;
  if (options.readOnly) saveStatus.state = SavingState::Nothing;
  Q_EMIT owner.saveStatusChanged();
  if (now.error && !failedBefore) fail("Not saved: " + *now.error + "; free space, then save the label map elsewhere");
}

void Workbench::saveLabelMapAs(const std::filesystem::path& file) {
  State& s = *state_;
  if (!s.session) return;
  const auto save = [file, labels = s.session->labels(), grid = s.opened->geometry] {
    writeLabelFile(file, labels, grid);
    return QString::fromStdString(file.string());
  };
  s.inBackground("save " + file.string(), save,
                 [&s](const QString& written) { Q_EMIT s.owner.labelMapSaved(written); });
}

/// Three steps, so that the window never waits: the map is written in the background, then the GUI thread puts the
/// accept event and the times together, then result.json is written in the background.
void Workbench::accept() {
  State& s = *state_;
  if (!s.editable() || s.accepting) return;
  cancelStroke();
  s.accepting = true;
  s.jobs.post("accept", [&s, asked = s.generation, request = s.figuresRequest(),
                         file = s.session->folder() / "revision.nii.gz"](std::stop_token) {
    try {
      writeLabelFile(file, request.now, request.checked.geometry);
      s.onGuiThread(asked, [&s, written = request.now, sha256 = sha256HexOfFile(file),
                            figures = computeOrganFigures(request)] { s.acceptWritten(sha256, written, figures); });
    } catch (const Error& error) {
      s.onGuiThread(asked, [&s, text = std::string(error.what())] {
        s.accepting = false;
        s.fail(text);
      });
    }
  });
}

void Workbench::State::acceptWritten(const std::string& revisionSha256, const LabelMap& written,
                                     const std::vector<OrganFigures>& figures) {
  if (!(written == session->labels())) {  // painted on while it was written: once more, with what is there now
    accepting = false;
    return owner.accept();
  }
  session->accept(revisionSha256);
  applyFigures(figures);
  const std::string result = resultJson(*opened, organs, *session, revisionSha256, referenceFigures(figures));
  jobs.post("result", [this, asked = generation, result, folder = session->folder(), log = session](std::stop_token) {
    try {
      writeFileSafely(folder / "result.json", result);
      if (!log->flushed()) throw Error(folder / "session.rclog", "the session's log is not on disk");
      onGuiThread(asked, [this, folder] {
        accepting = false;
        accepted = true;
        refreshWorkItems({owner.currentWorkItem()});
        Q_EMIT owner.acceptFinished(QString::fromStdString(folder.string()));
      });
    } catch (const Error& error) {
      onGuiThread(asked, [this, text = std::string(error.what())] {
        accepting = false;
        fail(text);
      });
    }
  });
}

}  // namespace recontour
