// Opening and closing a case, its reference and its start map.
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

/// Any thread; reads the file.
StartMap startFrom(const std::filesystem::path& file, const Geometry& grid) {
  StartMap start;
  start.labels = readLabelFileOn(file, grid);
  start.labelsHash = labelMapHash(start.labels);
  start.source = StartSource::File;
  start.name = file.filename().string();
  start.sha256 = sha256HexOfFile(file);
  return start;
}

/// Forwards what a source says, on its thread, to the functions of the workbench.
class OpenListener final : public CaseSource::Listener {
 public:
  struct Functions {
    std::function<void(QString, int, int)> progress;
    std::function<void(FirstSlice)> firstSlice;
    std::function<void(Case)> opened;
    std::function<void(QString)> failed;
  };
  explicit OpenListener(Functions functions) : functions_(std::move(functions)) {}
  void progress(std::string_view stage, int done, int total) override {
    functions_.progress(QString::fromUtf8(stage.data(), static_cast<qsizetype>(stage.size())), done, total);
  }
  void firstSlice(const FirstSlice& slice) override { functions_.firstSlice(slice); }
  void opened(Case opened) override { functions_.opened(std::move(opened)); }
  void failed(const Error& error) override { functions_.failed(QString::fromUtf8(error.what())); }

 private:
  Functions functions_;
};

}  // namespace

void Workbench::openCase(const std::filesystem::path& path) {
  State& s = *state_;
  const int previous = currentWorkItem();
  closeCase();
  s.previousWorkItem = previous;
  s.casePath = path;
  s.caseState = CaseState::Opening;
  const auto asked = s.generation;
  Q_EMIT caseOpening(QString::fromStdString(caseName(path)));
  OpenListener::Functions functions;
  functions.progress = [&s, asked](const QString& stage, int done, int total) {
    s.onGuiThread(asked, [&s, stage, done, total] { Q_EMIT s.owner.openProgress(stage, done, total); });
  };
  functions.firstSlice = [&s, asked](FirstSlice slice) {
    s.onGuiThread(asked, [&s, slice = std::move(slice)] { Q_EMIT s.owner.firstSlice(slice); });
  };
  functions.failed = [&s, asked](const QString& text) { s.onGuiThread(asked, [&s, text] { s.failOpening(text); }); };
  functions.opened = [&s, asked, options = s.options, failed = functions.failed](Case read) {
    try {
      auto prepared = std::make_shared<PreparedCase>(s.prepare(std::move(read), options));
      s.onGuiThread(asked, [&s, prepared] { s.adopt(std::move(*prepared)); });
    } catch (const Error& error) {
      failed(QString::fromUtf8(error.what()));
    }
  };
  s.source->open(path, std::make_shared<OpenListener>(std::move(functions)));
}

PreparedCase Workbench::State::prepare(Case read, const Options& asked) const {
  PreparedCase prepared;
  if (asked.referenceFile) prepared.reference = readLabelFileOn(*asked.referenceFile, read.geometry);
  if (asked.predictionFile) prepared.start = startFrom(*asked.predictionFile, read.geometry);
  const auto folder = sessionFolderOf(asked.sessionsFolder, read.imageHash, asked.reader);
  prepared.session = Session::open(folder, read, organs, asked.reader, clock, asked.readOnly);
  prepared.midlineMm = bodyMidlineMm(read.volume, read.geometry);
  if (!asked.readOnly) rememberImage(asked.sessionsFolder, read.source, read.imageHash);
  prepared.opened = std::move(read);
  return prepared;
}

void Workbench::State::adopt(PreparedCase prepared) {
  opened = std::move(prepared.opened);
  axisMap = AxisMap(opened->geometry);
  midlineMm = prepared.midlineMm;
  session = std::move(prepared.session);
  reference = std::move(prepared.reference);
  session->onSaveState([this, asked = generation] { onGuiThread(asked, [this] { saveStateChanged(); }); });
  caseState = CaseState::Open;
  for (const Organ& organ : organs.organs()) {
    organStatus.push_back({});
    organStatus.back().organ = organ.label;
  }
  applyExpectations();
  Q_EMIT owner.caseOpened();
  for (const auto& warning : opened->warnings)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(warning));
  for (const auto& note : session->notes()) Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(note));
  if (prepared.start && !session->hasStarts()) takeStart(std::move(*prepared.start));
  if (reference) Q_EMIT owner.referenceChanged();
  requestFigures();
  saveStateChanged();
  Q_EMIT owner.organSelected(session->selectedOrgan());
  Q_EMIT owner.undoChanged();
  refreshWorkItems({previousWorkItem, owner.currentWorkItem()});
  if (options.model && !session->hasStarts()) owner.predict(*options.model);
  options.predictionFile.reset();  // they were for this case
  options.referenceFile.reset();
}

void Workbench::State::failOpening(const QString& message) {
  caseState = CaseState::Failed;
  Q_EMIT owner.caseFailed(message);
}

void Workbench::closeCase() {
  State& s = *state_;
  s.source->cancel();
  s.runner.cancel();
  const bool wasOpen = s.opened.has_value();
  if (wasOpen && s.session) s.session->close();
  s.forgetCase();
  ++s.predictionRun;
  if (wasOpen) Q_EMIT caseClosed();
}

void Workbench::State::forgetCase() {
  ++generation;
  caseState = CaseState::None;
  opened.reset();
  casePath.clear();
  session.reset();
  reference.reset();
  referenceShown = false;
  organStatus.clear();
  waitingStart.reset();
  prediction = {};
  activeSeconds = 0;
  expectedDsc.clear();
  saveStatus = {};
  accepted = accepting = false;
}

void Workbench::openReference(const std::filesystem::path& file) {
  State& s = *state_;
  if (!s.opened) return;
  s.inBackground(
      "reference", [file, grid = s.opened->geometry] { return readLabelFileOn(file, grid); },
      [&s](LabelMap labels) {
        s.reference = std::move(labels);
        Q_EMIT s.owner.referenceChanged();
        s.requestFigures();
      });
}

void Workbench::setReferenceShown(bool shown) {
  State& s = *state_;
  if (s.referenceShown == shown) return;
  s.referenceShown = shown;
  if (s.session) s.session->noteReferenceShown(shown);
  Q_EMIT referenceChanged();
}

void Workbench::openPrediction(const std::filesystem::path& file) {
  State& s = *state_;
  if (!s.opened) return;
  s.inBackground(
      "start", [file, grid = s.opened->geometry] { return startFrom(file, grid); },
      [&s](StartMap start) { s.takeStart(std::move(start)); });
}

}  // namespace recontour
