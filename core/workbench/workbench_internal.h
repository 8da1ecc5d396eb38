#pragma once
// Private to core/workbench: what Workbench owns. Split over several .cpp files by what the parts do.
#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/session/session.h"
#include "core/strokes/scribble_json.h"
#include "core/workbench/inbox.h"
#include "core/workbench/job_queue.h"
#include "core/workbench/label_map_beside.h"
#include "core/workbench/organ_figures.h"
#include "core/workbench/prediction_runner.h"
#include "core/workbench/scribbling.h"
#include "core/workbench/structure_export.h"
#include "core/workbench/workbench.h"

namespace recontour {

/// A structure set on the case's grid, ready to be taken.
struct TakenStructures {
  std::filesystem::path file;
  StructureSource source;
  StartMap start;
  std::vector<std::string> notes;
};

/// A case with all that was read for it in the background, ready to be adopted by the GUI thread.
struct PreparedCase {
  Case opened;
  std::optional<double> midlineMm;
  std::optional<LabelMapBeside> beside;
  bool hasLog = false;  ///< the reader has opened it before
  // From here on only when it is really opened:
  std::shared_ptr<Session> session;                        // shared only so that it can travel through a queued call
  std::optional<LabelFile> referenceFile, predictionFile;  ///< whose values someone must give a meaning
  std::optional<LabelFile> lastLabelFile;
  std::optional<LabelMap> reference;
  std::optional<StartMap> start;
  std::optional<StructureOffer> structures;  ///< to start from, whose names someone must give a meaning
  std::shared_ptr<TakenStructures> placed;   ///< to start from
};

/// The case after the current one, read and predicted while the reader works on that. Belongs to the GUI thread. It has
/// no session before it is asked for.
struct NextCase {
  std::filesystem::path path;
  std::string series;
  std::shared_ptr<PreparedCase> prepared;  ///< null while it is read
  bool failed = false;                     ///< opening it will say why
  PredictionStatus prediction;
  std::vector<std::string> warnings;  ///< of the prediction
  std::optional<StartMap> start;      ///< what was predicted
};

struct Workbench::State {
  State(Workbench& owner, Options options, OrganTable organs, std::unique_ptr<CaseSource> source,
        std::shared_ptr<Predictor> predictor, std::shared_ptr<FileReader> files);

  /// Runs `call` on the GUI thread, unless another case was asked for since `asked`. Any thread may call it.
  template <typename Call>
  void onGuiThread(std::uint64_t asked, Call call) {
    post([this, asked, call = std::move(call)]() mutable {
      if (asked == generation) call();
    });
  }

  /// Runs `call` on the GUI thread whatever case is open then. Any thread may call it.
  template <typename Call>
  void post(Call call) {
    QMetaObject::invokeMethod(&owner, std::move(call), Qt::QueuedConnection);
  }

  /// Runs `work` on the jobs' thread and hands its result to `take` on the GUI thread; an Error becomes a message.
  /// @param name  a job of the same name that still waits is dropped
  template <typename Work, typename Take>
  void inBackground(const std::string& name, Work work, Take take) {
    jobs.post(name, [this, asked = generation, work = std::move(work), take = std::move(take)](std::stop_token) {
      try {
        onGuiThread(asked, [take, result = work()]() mutable { take(std::move(result)); });
      } catch (const std::exception& error) {  // whatever it is: a thread must not end the program
        onGuiThread(asked, [this, text = std::string(error.what())] { fail(text); });
      }
    });
  }

  // Case (workbench_case.cpp)
  void read(const std::filesystem::path& path, const std::string& series, std::uint64_t number);
  void hasRead(std::uint64_t number, std::shared_ptr<PreparedCase> prepared);
  void couldNotRead(std::uint64_t number, const QString& message);
  void foundSeveral(std::uint64_t number, const std::filesystem::path& path, const std::vector<CtSeries>& series);
  void openSession(const std::shared_ptr<PreparedCase>& prepared);
  void openStudyTask(const StudyTaskFiles& task);
  void adopt(PreparedCase prepared);
  void leaveCase(bool forNext);
  void open(const std::filesystem::path& path, const std::string& series, bool toRead);
  void failOpening(const QString& message);
  void sessionRefused(const QString& cause);
  Options optionsOfCase() const;
  void forgetCase();
  /// Lets go of it on a thread that may wait for the disk; sessionLeft() follows.
  void endSession(std::shared_ptr<Session> ended, const std::string& caseName);
  void sessionEnded(const std::string& caseName, const Session::SaveState& last);
  void keepUnsaved(std::shared_ptr<Session> left, const std::string& caseName);
  void tryUnsavedAgain();

  // Label maps from files (workbench_labels.cpp)
  LabelFile readLabelFile(const std::filesystem::path& file, const Geometry& grid,
                          bool reference) const;  ///< any thread
  /// What its values mean without asking; none where someone must say. Any thread.
  std::optional<SlotLabels> meaningOf(const LabelFile& file) const;
  void openLabelFile(const std::filesystem::path& file, bool reference);
  void prepareLabels(PreparedCase& prepared, const Options& wanted) const;  ///< any thread

  // Structure sets (workbench_structures.cpp)
  StructureOffer readStructures(const std::filesystem::path& file, const Case& of) const;  ///< any thread
  /// @param fixed  see placeStructures(). Any thread
  static TakenStructures place(const StructureOffer& offer, const RoiKeys& keys, const Geometry& grid,
                               const OrganTable& table, const LabelSet& fixed);
  void take(TakenStructures structures);
  void rememberStructures(const TakenStructures& structures);  ///< where its file is, for Accept
  void useOrgans(const OrganTable& table);
  // To be looked at (workbench_beside.cpp)
  PriorStructures readPrior(const std::filesystem::path& file, const Case& of, const OrganTable& table) const;
  SecondSeries readSecond(const std::filesystem::path& path, const std::string& series, const Case& of) const;

  // The next case (workbench_next.cpp)
  void prepareNext();  ///< when nothing else is to be done
  std::optional<WorkItem> followingWorkItem() const;
  void predictNext();
  void dropNext();
  void adoptNext();  ///< what was predicted for the case that is open now
  bool ready(const NextCase& wanted) const;

  // Work list (workbench_work_list.cpp)
  void refreshWorkItems(const std::vector<int>& numbers);
  bool isOpen(const WorkItem& item) const;
  bool isOutdated(const WorkItem& item) const;  ///< it is open with other slices than it has by now

  // Inbox (workbench_inbox.cpp)
  void takeArrived(const std::vector<WorkItem>& items);
  void addArrived(const WorkItem& item);
  std::optional<int> nextNotAccepted() const;  ///< behind the current one, then from the first on
  void openNextOfInbox();                      ///< after Accept

  // Labels (workbench_editing.cpp)
  void labelsEdited(const Box& changed);  ///< after each change
  void editEnded(const Box& changed);     ///< after a whole stroke, undo or start map
  void takeStart(StartMap start);
  bool refusesContours();  ///< says so where it does
  static QString refusalText(Refusal why);
  StrokeInputs strokeFrom(const PointerSample& at, bool erase) const;  ///< by the brush as it is set

  // Corrections (workbench_correction.cpp)
  CorrectionInputs correctionSettings() const;  ///< by the brush as it is set
  void pressCorrection(const PointerSample& at, bool erase);
  void releaseCorrection();

  // Operations (workbench_operations.cpp)
  EditRules rulesOf(const Operation& operation) const;
  void startOperation(const Operation& operation, bool applies);
  void finishOperation(const Operation& operation, const EditRules& rules, const LabelLayers& snapshot,
                       const OperationResult& result);
  void tellNothingDone(const Operation& operation, Refusal refusal);

  int undoFloor() const;
  bool clearOrgan(Label organ);  ///< false when it is locked
  bool writable() const { return session != nullptr && !owner.readOnly(); }
  bool editable() const { return writable() && !held; }

  // Figures (workbench_figures.cpp)
  FiguresRequest figuresRequest() const;
  void requestFigures();
  void applyFigures(const std::vector<OrganFigures>& counted);
  void addModelConcerns(OrganStatus& status) const;
  void applyTimes();
  void applyExpectations();  ///< what the last start promises for each organ
  void everySecond();
  void noteHeld();

  // Prediction (workbench_prediction.cpp)
  void predictByItself();  ///< where a model is chosen and the case has no start
  /// A model that was named by modelNeedsTrust(), with the prediction that waits for an answer.
  struct AskedModel {
    std::filesystem::path folder;
    ModelIdentity model;
    bool anew = false;
  };
  /// @param agreed  what the person has just agreed to
  void startPrediction(const std::filesystem::path& modelFolder, bool anew, std::optional<ModelIdentity> agreed = {});
  void startRun(const Case& of, const std::filesystem::path& modelFolder, bool anew, bool ahead,
                std::optional<ModelIdentity> agreed = {});
  void stopRun();  ///< nothing more is heard of it
  PredictionRunner::Callbacks predictionCallbacks(std::filesystem::path modelFolder, bool anew, std::int64_t startedMs);
  PredictionStatus& statusOfRun() { return runIsAhead ? next->prediction : prediction; }
  void predictionMoved();
  void predictionFinished(const PredictionResult& result, StartMap start, double seconds);
  void predictionFailed(const Error& error);
  void predictionNeedsTrust(const AskedModel& asked, bool changed);

  // Saving (workbench_saving.cpp)
  /// What is accepted, as it was when Accept began.
  struct Accepted {
    LabelLayers labels;
    ScribbleFile strokes;
    std::optional<StructureExport> structures;  ///< to be written as DICOM
  };
  std::optional<StructureExport> structureExport() const;
  /// A file of structures lies in the session's folder too, since its own place may be gone when it is revised.
  static std::filesystem::path copyOfStructures(const std::filesystem::path& folder, const std::string& sha256);
  /// The file of structures that the contours came from. Any thread. @throws Error when it is gone
  static std::filesystem::path predecessorOf(const StructureExport& revision, const std::filesystem::path& folder);
  /// Writes what Accept leaves as DICOM into the session's folder. Any thread
  static std::vector<WrittenRevision::Layer> writeExports(StructureExport revision, const ExportOptions& exports,
                                                          const std::filesystem::path& folder, FileReader& files);
  /// Once it is accepted. Any thread
  static void sendToOutbox(const std::filesystem::path& folder, const std::filesystem::path& outbox,
                           const std::vector<WrittenRevision::Layer>& files);
  bool acceptAgain(const Accepted& what);
  void writeAccepted(const std::vector<OrganFigures>& figures);
  ScribbleFile scribbleFile() const;
  void acceptWritten(const WrittenRevision& written);
  void saveStateChanged();
  void tellNotSaved(const Session::SaveState& now);
  void fail(const std::string& text) { Q_EMIT owner.message(MessageKind::Failure, QString::fromStdString(text)); }

  Workbench& owner;
  Scribbling scribbling{*this};
  Options options;
  const OrganTable shippedOrgans;  ///< before any case; for all threads
  OrganTable organs;               ///< of the open case
  SystemClock clock;
  /// What still waits for the GUI thread at the end may hold sessions, which use the clock; queues end before this.
  struct DropsPosted {
    Workbench& owner;
    ~DropsPosted() { QCoreApplication::removePostedEvents(&owner, QEvent::MetaCall); }
  } dropsPosted{owner};
  std::uint64_t generation = 0;  ///< rises with each case; what an older one still delivers is dropped

  std::uint64_t lastRead = 0;     ///< number of the file read last
  std::uint64_t openRead = 0;     ///< of the case that opens
  std::uint64_t nextRead = 0;     ///< of the next case
  std::uint64_t inboxNumber = 0;  ///< rises with each that is watched or left; what an older one delivers is dropped
  std::optional<NextCase> next;
  QTimer calm;  ///< ends when the window has had time to paint the case

  std::vector<WorkItem> workList;
  InboxOptions inboxOptions;
  int previousWorkItem = -1;
  std::optional<std::filesystem::path> nextStudyImage;  ///< read ahead in place of the work list's next

  CaseState caseState = CaseState::None;
  std::filesystem::path casePath;  ///< that was asked for
  std::string caseSeries;          ///< of it, as it was asked for
  std::optional<Case> opened;
  AxisMap axisMap;
  std::optional<double> midlineMm;  ///< of the patient
  std::shared_ptr<Session> session;
  bool onlyRead = false;  ///< asked for this case
  std::vector<std::pair<std::shared_ptr<Session>, std::string>>
      unsaved;              ///< left, but on no disk yet; with their cases
  int sessionsLeaving = 0;  ///< still being written to disk
  std::uint64_t sessionsLeft = 0;
  LabelLayers noLabels;
  std::optional<LabelFile> lastLabelFile;
  std::optional<LabelMap> reference;
  bool referenceShown = false;
  std::optional<PriorStructures> prior;
  std::optional<SecondSeries> secondSeries;
  std::vector<OrganStatus> organStatus;
  std::shared_ptr<RunningFigures> runningFigures;  ///< of the open case; touched by the jobs' thread alone
  bool figuresKnown = false;
  std::uint64_t operationNumber = 0;  ///< of the last one that was asked for or given up
  bool operationRunning = false;
  std::stop_source operationStop;
  bool toldHeldBack = false;  ///< of the correction that goes on
  BrushSettings brush;
  std::optional<StartMap> waitingStart;  ///< arrived during a stroke
  PredictionStatus prediction;
  std::map<Label, double> expectedDsc;
  LabelSet notInModel;  ///< organs that the model behind the contours was not made for
  SaveStatus saveStatus;
  std::uint64_t predictionRun = 0;  ///< rises with each start; what a run that was given up delivers is dropped
  bool runIsAhead = false;          ///< the run is of the next case
  bool cancelAsked = false;         ///< what still arrives of this run is not taken
  std::filesystem::path lastModel;
  std::optional<AskedModel> askedModel;  ///< for the open case
  bool accepted = false;
  bool accepting = false;
  bool inboxWaitsForCase = false;  ///< all of it is accepted
  double activeSeconds = 0;
  bool toolOpen = false;
  bool held = false;     ///< by a study: nothing is edited outside of its clock
  bool mayErase = true;  ///< false where an arm of a study has no eraser
  QTimer heartbeat;      ///< a pointer that is held down, or an open tool, is activity
  QTimer second;         ///< times shown, and spans of looking written

  std::shared_ptr<FileReader> files;
  std::unique_ptr<CaseSource> source;
  PredictionRunner runner;
  JobQueue leaver;               // sessions that end, which may wait for the disk
  JobQueue opener;               // sessions, which must not wait for figures
  JobQueue jobs;                 // these last: their threads use what is above, so they must end first
  std::shared_ptr<Inbox> inbox;  // null when none is watched
};

}  // namespace recontour
