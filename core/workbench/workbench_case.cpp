// Opening and closing a case, its reference and its start map.
#include <chrono>
#include <thread>

#include "core/base/freed_memory.h"
#include "core/base/sha256.h"
#include "core/base/spare_folders.h"
#include "core/io/dicom_series.h"
#include "core/session/session_lock.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

std::filesystem::path sessionFolderFor(const Workbench::Options& options, const std::string& imageHash) {
  if (options.studyTask) return options.studyTask->sessionFolder;
  return sessionFolderOf(options.sessionsFolder, imageHash, options.reader);
}

/// What a study's reader gets is what was frozen.
void requireFrozen(const StudyTaskFiles& task, const Case& read) {
  if (read.imageHash != task.imageHash)
    throw Error(task.image, "is not the image that was frozen with the study", "tell the coordinator",
                ErrorKind::CheckFailed);
  if (task.start && sha256HexOfFile(*task.start) != task.startSha256)
    throw Error(*task.start, "are not the contours that were frozen with the study", "tell the coordinator",
                ErrorKind::CheckFailed);
}

/// Any thread; what can be told of a case without opening a session on it.
PreparedCase prepare(Case read, const Workbench::Options& options) {
  PreparedCase prepared;
  prepared.midlineMm = bodyMidlineMm(read.volume, read.geometry);
  if (!options.studyTask) prepared.beside = labelMapBeside(read.source);
  if (!options.studyTask && !read.structures.empty()) prepared.beside = LabelMapBeside{read.structures.front(), false};
  prepared.hasLog = std::filesystem::exists(sessionFolderFor(options, read.imageHash) / "session.rclog");
  prepared.opened = std::move(read);
  return prepared;
}

/// Forwards what a source says, on its thread, to the functions of the workbench.
class OpenListener final : public CaseSource::Listener {
 public:
  struct Functions {
    std::function<void(QString, int, int)> progress;
    std::function<void(FirstSlice)> firstSlice;
    std::function<void(Case)> opened;
    std::function<void(const std::vector<CtSeries>&)> several;
    std::function<void(QString)> failed;
  };
  explicit OpenListener(Functions functions) : functions_(std::move(functions)) {}
  void progress(std::string_view stage, int done, int total) override {
    functions_.progress(QString::fromUtf8(stage.data(), static_cast<qsizetype>(stage.size())), done, total);
  }
  void firstSlice(const FirstSlice& slice) override { functions_.firstSlice(slice); }
  void opened(Case opened) override { functions_.opened(std::move(opened)); }
  void several(const std::vector<CtSeries>& series) override { functions_.several(series); }
  void failed(const Error& error) override { functions_.failed(QString::fromUtf8(error.what())); }

 private:
  Functions functions_;
};

/// A session of this program that has just been left may still be writing its last events; it is not "another program".
void waitUntilLeft(const std::filesystem::path& folder, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kLook{20}, kLongest{60000};
  for (auto waited = std::chrono::milliseconds{0}; SessionLock::heldHere(folder); waited += kLook) {
    if (stop.stop_requested() || waited >= kLongest)
      throw Error(folder, "is still being written to a disk that is slow", "open this case again later");
    std::this_thread::sleep_for(kLook);
  }
}

/// So that its session is found without reading it.
void remember(const Case& read, const std::filesystem::path& sessions) {
  rememberImage(sessions, read.source, read.imageHash);
  if (!read.dicom || read.dicom->seriesUid.empty()) return;
  WorkItem item{.path = read.source, .series = read.dicom->seriesUid};
  item.content = contentOf(read.dicom->sopInstanceUids);
  rememberSeries(sessions, item, read.imageHash);
}

/// Another program may have the case open: then it is only read. A study's reader has to know.
SessionOptions sessionOptions(const Workbench::Options& options, const std::filesystem::path& folder) {
  const bool waits = options.studyTask.has_value() || options.unattended;
  return {.access = options.readOnly ? Access::Read
                    : waits          ? Access::Edit
                                     : Access::EditOrRead,
          .fromNothing = options.fromNothing,
          .elsewhere = spareFoldersFor(folder)};
}

/// On its disk or on another one. A disk that refuses is tried again meanwhile, by the log's thread.
bool waitUntilKept(const Session& session) {
  constexpr std::chrono::milliseconds kLook{20}, kLongest{5000};
  for (auto waited = std::chrono::milliseconds{0};; waited += kLook) {
    const Session::SaveState now = session.saveState();
    if (now.kept == now.appended || waited >= kLongest) return now.kept == now.appended;
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace

void Workbench::openCase(const std::filesystem::path& path, const std::string& series) {
  state_->open(path, series, false);
}

void Workbench::openToRead(const std::filesystem::path& path) { state_->open(path, {}, true); }

void Workbench::State::open(const std::filesystem::path& path, const std::string& series, bool toRead) {
  const int previous = owner.currentWorkItem();
  const bool ahead = next && next->path == path && next->series == series && !next->failed;
  leaveCase(ahead);
  onlyRead = toRead;
  previousWorkItem = previous;
  casePath = path;
  caseSeries = series;
  caseState = CaseState::Opening;
  inboxWaitsForCase = false;
  Q_EMIT owner.caseOpening(QString::fromStdString(caseName(path)));
  if (ahead && next->prepared) return openSession(next->prepared);
  openRead = ahead ? nextRead : ++lastRead;
  if (!ahead) read(path, series, openRead);
}

void Workbench::setSessionsFolder(const std::filesystem::path& folder) { state_->options.sessionsFolder = folder; }

Workbench::Options Workbench::State::optionsOfCase() const {
  Options result = options;
  result.readOnly = options.readOnly || onlyRead;
  return result;
}

/// What a file brings goes to the case that opens or to the next one, whichever it is by then.
void Workbench::State::read(const std::filesystem::path& path, const std::string& series, std::uint64_t number) {
  OpenListener::Functions functions;
  functions.progress = [this, number](const QString& stage, int done, int total) {
    post([this, number, stage, done, total] {
      if (number == openRead) Q_EMIT owner.openProgress(stage, done, total);
    });
  };
  functions.firstSlice = [this, number](FirstSlice slice) {
    post([this, number, slice = std::move(slice)] {
      if (number == openRead) Q_EMIT owner.firstSlice(slice);
    });
  };
  functions.failed = [this, number](const QString& text) {
    post([this, number, text] { couldNotRead(number, text); });
  };
  functions.opened = [this, number, options = options](Case read) {
    auto prepared = std::make_shared<PreparedCase>(prepare(std::move(read), options));
    post([this, number, prepared] { hasRead(number, prepared); });
  };
  functions.several = [this, number, path](const std::vector<CtSeries>& found) {
    post([this, number, path, found] { foundSeveral(number, path, found); });
  };
  source->open(path, series, std::make_shared<OpenListener>(std::move(functions)));
}

void Workbench::State::hasRead(std::uint64_t number, std::shared_ptr<PreparedCase> prepared) {
  if (number == openRead) return openSession(prepared);
  if (number != nextRead || !next) return;
  next->prepared = std::move(prepared);
  predictNext();
}

void Workbench::State::couldNotRead(std::uint64_t number, const QString& message) {
  if (number == openRead) return failOpening(message);
  if (number == nextRead && next) next->failed = true;
}

void Workbench::State::foundSeveral(std::uint64_t number, const std::filesystem::path& path,
                                    const std::vector<CtSeries>& series) {
  if (number == nextRead && next) next->failed = true;  // opening it asks
  if (number != openRead) return;
  if (!options.choosesSeries) {
    Q_EMIT owner.message(MessageKind::Warning,
                         QString::fromStdString(caseName(path) + ": holds " + std::to_string(series.size()) +
                                                " CT series; the first, " + series[0].name + ", is opened"));
    return read(path, "1", openRead);
  }
  caseState = CaseState::None;
  Q_EMIT owner.caseClosed();
  Q_EMIT owner.seriesFound(QString::fromStdString(path.string()), series);
}

void Workbench::State::openSession(const std::shared_ptr<PreparedCase>& prepared) {
  opener.post("session", [this, asked = generation, wanted = optionsOfCase(), prepared](std::stop_token stop) {
    try {
      const Case& read = prepared->opened;
      if (wanted.studyTask) requireFrozen(*wanted.studyTask, read);
      prepareLabels(*prepared, wanted);
      const auto folder = sessionFolderFor(wanted, read.imageHash);
      if (!wanted.readOnly) waitUntilLeft(folder, stop);
      // Shared only so that it can travel. Not yet the prepared case's: that may have been asked for twice.
      std::shared_ptr<Session> begun =
          Session::open(folder, read, shippedOrgans, wanted.reader, clock, sessionOptions(wanted, folder));
      if (wanted.studyTask) begun->noteStudy(wanted.studyTask->facts);
      if (!begun->readOnly() && !wanted.studyTask) remember(read, wanted.sessionsFolder);
      post([this, asked, prepared, begun = std::move(begun)]() mutable {
        if (asked != generation) return endSession(std::move(begun), prepared->opened.name);  // another was asked for
        prepared->session = std::move(begun);
        adopt(std::move(*prepared));
      });
    } catch (const std::exception& error) {  // whatever it is: a thread must not end the program
      onGuiThread(asked, [this, text = QString::fromUtf8(error.what())] { sessionRefused(text); });
    }
  });
}

void Workbench::State::adopt(PreparedCase prepared) {
  opened = std::move(prepared.opened);
  axisMap = AxisMap(opened->geometry);
  midlineMm = prepared.midlineMm;
  session = std::move(prepared.session);
  reference = std::move(prepared.reference);
  lastLabelFile = std::move(prepared.lastLabelFile);
  session->onSaveState([this, asked = generation] { onGuiThread(asked, [this] { saveStateChanged(); }); });
  caseState = CaseState::Open;
  useOrgans(session->organs());
  runningFigures = std::make_shared<RunningFigures>();
  applyExpectations();
  const bool wantsStart = writable() && !options.fromNothing && !session->hasStarts() && !prepared.start &&
                          !prepared.predictionFile && !prepared.structures && !prepared.placed;
  Q_EMIT owner.caseOpened();
  scribbling.caseOpened();
  for (const auto& warning : opened->warnings)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(warning));
  for (const auto& note : session->notes()) Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(note));
  if (prepared.start && !session->hasStarts()) takeStart(std::move(*prepared.start));
  if (prepared.placed && !session->hasStarts()) take(std::move(*prepared.placed));
  if (prepared.structures && !session->hasStarts()) Q_EMIT owner.structuresFound(*prepared.structures);
  if (reference) Q_EMIT owner.referenceChanged();
  for (const auto& unclear : {prepared.referenceFile, prepared.predictionFile})
    if (unclear) Q_EMIT owner.labelValuesFound(*unclear);
  requestFigures();
  saveStateChanged();
  Q_EMIT owner.organSelected(session->selectedOrgan());
  Q_EMIT owner.undoChanged();
  Q_EMIT owner.commentsChanged();
  refreshWorkItems({previousWorkItem, owner.currentWorkItem()});
  if (wantsStart && prepared.beside)
    Q_EMIT owner.labelMapFound(QString::fromStdString(prepared.beside->file.string()), prepared.beside->reference);
  adoptNext();
  predictByItself();
  options.predictionFile.reset();  // they were for this case
  options.referenceFile.reset();
  calm.start();
}

void Workbench::State::openStudyTask(const StudyTaskFiles& task) {
  options.studyTask = task;
  options.fromNothing = !task.start;
  options.predictionFile = task.start;
  options.referenceFile.reset();
  owner.openCase(task.image);
}

void Workbench::State::sessionRefused(const QString& cause) {
  const auto path = QString::fromStdString(casePath.string());
  Q_EMIT owner.sessionRefused(path, cause);
  failOpening(cause);
}

void Workbench::State::failOpening(const QString& message) {
  caseState = CaseState::Failed;
  const int row = owner.currentWorkItem();
  if (row >= 0) workList[static_cast<std::size_t>(row)].failed = true;
  if (row >= 0) Q_EMIT owner.workListChanged();
  calm.start();
  Q_EMIT owner.caseFailed(message);
}

bool Workbench::readOnly() const {
  return state_->options.readOnly || (state_->session != nullptr && state_->session->readOnly());
}

std::optional<std::string> Workbench::heldBy() const {
  return state_->session ? state_->session->heldBy() : std::nullopt;
}

const Recovery* Workbench::recovery() const {
  const bool cutShort = state_->session && state_->session->recovery();
  return cutShort ? &*state_->session->recovery() : nullptr;
}

void Workbench::closeCase() { state_->leaveCase(false); }

/// @param forNext  what is read and predicted for the next case goes on, since that one opens
void Workbench::State::leaveCase(bool forNext) {
  calm.stop();
  if (!forNext) {
    source->cancel();
    openRead = nextRead = 0;
  }
  if (!forNext || !runIsAhead) stopRun();
  if (!forNext) next.reset();
  const bool wasOpen = opened.has_value();
  if (wasOpen && session) owner.releaseStroke();
  if (wasOpen && session) owner.acceptCorrection();
  if (wasOpen && session) session->close();
  forgetCase();
  scribbling.caseClosed();
  if (wasOpen) Q_EMIT owner.caseClosed();
}

void Workbench::State::endSession(std::shared_ptr<Session> ended, const std::string& caseName) {
  ++sessionsLeaving;
  const std::string name = "session " + std::to_string(++sessionsLeft);  // none takes the place of another
  leaver.post(name, [this, caseName, ended = std::move(ended)](std::stop_token) mutable {
    ended->close();
    ended->flushed();  // also where a job that writes its result lets go of it later
    if (!waitUntilKept(*ended))
      return post([this, caseName, ended = std::move(ended)]() mutable { keepUnsaved(std::move(ended), caseName); });
    const Session::SaveState last = ended->saveState();
    ended.reset();
    returnFreedMemory();  // that undo took; a program may be open for days
    post([this, caseName, last] { sessionEnded(caseName, last); });
  });
}

void Workbench::State::sessionEnded(const std::string& caseName, const Session::SaveState& last) {
  --sessionsLeaving;
  if (last.error && last.elsewhere)
    fail(caseName + ": what its disk refused is kept in " + last.elsewhere->string() +
         " and goes back when the case is opened again");
  Q_EMIT owner.sessionLeft();
}

/// On no disk yet: it is not let go before it is.
void Workbench::State::keepUnsaved(std::shared_ptr<Session> left, const std::string& caseName) {
  fail(caseName + ": its last changes are NOT SAVED (" + left->saveState().error.value_or("the disk does not answer") +
       "); free space there and keep this program open");
  unsaved.emplace_back(std::move(left), caseName);
}

void Workbench::State::tryUnsavedAgain() {
  for (auto& [left, caseName] : std::exchange(unsaved, {})) {
    const Session::SaveState now = left->saveState();
    if (now.kept < now.appended) {
      unsaved.emplace_back(std::move(left), caseName);
      continue;
    }
    --sessionsLeaving;
    endSession(std::move(left), caseName);
  }
}

void Workbench::State::forgetCase() {
  ++generation;
  caseState = CaseState::None;
  if (session) endSession(std::move(session), opened->name);
  opened.reset();
  casePath.clear();
  caseSeries.clear();
  session.reset();
  reference.reset();
  lastLabelFile.reset();
  referenceShown = false;
  prior.reset();
  secondSeries.reset();
  useOrgans(shippedOrgans);
  organStatus.clear();
  runningFigures.reset();
  figuresKnown = false;
  waitingStart.reset();
  prediction = {};
  askedModel.reset();
  activeSeconds = 0;
  expectedDsc.clear();
  notInModel.reset();
  saveStatus = {};
  accepted = accepting = false;
}

void Workbench::setReferenceShown(bool shown) {
  State& s = *state_;
  if (s.referenceShown == shown) return;
  s.referenceShown = shown;
  if (s.session) s.session->noteReferenceShown(shown);
  Q_EMIT referenceChanged();
}

}  // namespace recontour
