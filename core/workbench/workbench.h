#pragma once
#include <QObject>
#include <QString>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/edit/operation.h"
#include "core/edit/pointer_sample.h"
#include "core/edit/write_filter.h"
#include "core/image/axis_map.h"
#include "core/image/case.h"
#include "core/image/label_layers.h"
#include "core/image/organ_table.h"
#include "core/io/case_source.h"
#include "core/io/rtstruct_writer.h"
#include "core/predict/predictor.h"
#include "core/session/step_summary.h"
#include "core/structures/contour_trace.h"
#include "core/structures/roi_names.h"
#include "core/workbench/figures_csv.h"
#include "core/workbench/work_list.h"
#include "core/workbench/workbench_state.h"

namespace recontour {

class Scribbling;
class StudyReading;
class Session;
struct CorrectionInputs;
struct Event;
struct Recovery;
struct SliceMeasurement;

/// A label map that was read on the open case's grid.
struct LabelFile {
  std::filesystem::path file;
  std::shared_ptr<const LabelValues> values;
  bool reference = false;  ///< to compare with; else to start from
};

/// A structure set that was read for the open case.
struct StructureOffer {
  std::filesystem::path file;
  std::shared_ptr<const ReadStructures> read;
  std::vector<MatchedRoi> matches;  ///< of each ROI
};
/// Which organ each ROI is, by key; none: a structure of its own.
using RoiKeys = std::vector<std::optional<std::string>>;
/// All names are clear, or those of structures that are surely no organs.
bool namesAreSure(const StructureOffer& offer);
/// Those that are sure.
RoiKeys sureKeys(const StructureOffer& offer);
/// And those that have the name of a structure of the open case, from an earlier set.
RoiKeys withKnownNames(const StructureOffer& offer, RoiKeys keys, const OrganTable& table);

/// Contours of another file, to be looked at.
struct PriorStructures {
  std::string name;
  LabelMap labels;  ///< on the case's grid; where its structures overlap, the first one
};
/// Another CT in the case's frame of reference, to be looked at.
struct SecondSeries {
  std::string name;
  Volume volume;  ///< on the case's grid
};

/// What Accept writes besides label maps.
struct ExportOptions {
  bool structureSet = false;                            ///< an RTSTRUCT; always where the contours came from one
  bool segmentation = false;                            ///< a DICOM SEG
  std::filesystem::path outbox;                         ///< gets a copy of them; empty: none
  ContourStyle contours;                                ///< of the structure set
  std::string uidRoot = "2.25";                         ///< of the institution
  std::optional<StructureSetFacts::Approval> approval;  ///< of the next Accept alone; without it: UNAPPROVED
};

/// A watched folder, see Inbox.
struct InboxOptions {
  std::filesystem::path folder;
  bool opensFirst = false;  ///< what comes while nothing is left to do opens by itself
  std::chrono::milliseconds looksEvery{1500}, quiet{10'000}, patience{300'000};  ///< see InboxSettings
};
struct InboxStatus {
  std::filesystem::path folder;
  int waiting = 0;  ///< rows that are neither open nor accepted
};

/// The one object per open program: owns case, session, prediction and their background jobs, from opening to Accept.
/// The window, the unattended demo and the GUI tests drive only this. Lives on the GUI thread; every slot returns at
/// once, and results arrive as signals on that thread.
class Workbench final : public QObject {
  Q_OBJECT

 public:
  struct Options {
    std::filesystem::path sessionsFolder;  ///< empty: dataFolder() / "sessions"
    std::string reader = "R1";
    bool readOnly =
        false;  ///< asked for; a case that another program edits is read only too, see Workbench::readOnly()
    bool unattended = false;   ///< nobody is there to see that a case is read only: opening it is refused then
    bool fromNothing = false;  ///< no contours from elsewhere are taken or shown, and the session says so
    std::optional<std::filesystem::path> predictionFile;  ///< taken as the start map of the next case that opens
    std::optional<std::filesystem::path> referenceFile;   ///< compared with, for the next case that opens
    /// Model folder to run as soon as a case without a start is open, and for the next of the work list in advance.
    std::optional<std::filesystem::path> model;
    std::optional<StudyTaskFiles> studyTask;  ///< that is open, see StudyReading
    ExportOptions exports;
    bool choosesSeries = false;  ///< of several CTs; else the first that can be opened is taken, with a warning
    /// What the values of label maps mean; without it they are labels.
    std::optional<LabelValueTable> valueTable;
    bool choosesValues = false;  ///< asks where the values are not plainly labels, see labelValuesFound()
    std::string device = "auto";
    std::filesystem::path predictions;  ///< folder of the prediction cache; empty: labels are not kept
    /// File of the models that were agreed to, see modelNeedsTrust(); empty: none is asked for (runs with nobody
    /// there).
    std::filesystem::path modelTrust;
    bool allowUnsandboxed = false;  ///< models from elsewhere run even where there is no sandbox, which is logged
  };

  /// @param files  opens label maps, on background threads
  Workbench(Options options, OrganTable organs, std::unique_ptr<CaseSource> source,
            std::shared_ptr<Predictor> predictor, std::shared_ptr<FileReader> files = makeLocalReader());
  ~Workbench() override;

  // Case
  /// @param series  which CT of DICOM, see openCase() of core/io; empty: seriesFound() where there are several
  void openCase(const std::filesystem::path& path, const std::string& series = {});
  /// The same, writing nothing: for a folder that cannot be written.
  void openToRead(const std::filesystem::path& path);
  void setSessionsFolder(const std::filesystem::path& folder);  ///< of cases that open from now on
  /// What is being drawn is finished first.
  void closeCase();
  /// The cases of a folder become the work list; the first that is not accepted opens.
  void openFolder(const std::filesystem::path& folder);
  /// The series that are complete in this folder become the work list, and those that come are added to it; after
  /// Accept the next opens by itself. Not in a study.
  void watchInbox(const InboxOptions& options);
  void stopInbox();  ///< the list stays
  std::optional<InboxStatus> inbox() const;
  const std::vector<WorkItem>& workList() const;
  int currentWorkItem() const;  ///< number in the list; -1 when the open case is not in it
  void openWorkItem(int number);
  CaseState caseState() const;
  const Case* currentCase() const;  ///< null until it is open
  const AxisMap& axisMap() const;
  const OrganTable& organs() const;
  const Options& options() const;
  bool readOnly() const;  ///< nothing is written: asked for, or another program edits the open case
  /// Who edits the open case, where that is another program: host, process and since when.
  std::optional<std::string> heldBy() const;
  /// What opening found of a session that was cut short; none after an ordinary close.
  const Recovery* recovery() const;
  std::shared_ptr<FileReader> files() const;  ///< opens label maps; for background threads

  // Labels
  const LabelLayers& layers() const;  ///< all labels; empty until a case is open
  const LabelMap& labels() const;     ///< of the organs that exclude one another
  const LabelMap* reference() const;  ///< null when none is open
  bool referenceShown() const;
  void setReferenceShown(bool shown);  ///< logged, since it tells the reader what is true
  void openReference(const std::filesystem::path& file);
  /// Starts from a label map file: one undo step; organs already edited keep the reader's contour.
  void openPrediction(const std::filesystem::path& file);

  /// The same with a structure set (RTSTRUCT) or SEG. Its ROIs become organs or structures of their own; what it does
  /// not know keeps its contour. structuresFound() follows where names leave a doubt and somebody can be asked.
  void openStructures(const std::filesystem::path& file);
  void takeStructures(const StructureOffer& offer, const RoiKeys& keys);
  /// Contours of another file (RTSTRUCT, SEG, label map) to look at: they are never edited nor written. priorChanged().
  void openPrior(const std::filesystem::path& file);
  /// Another CT of the same frame of reference. @param series  see openCase(). secondSeriesChanged()
  void openSecondSeries(const std::filesystem::path& path, const std::string& series = {});
  void closeBeside();                        ///< neither is shown any more
  const PriorStructures* prior() const;      ///< null without one
  const SecondSeries* secondSeries() const;  ///< null without one
  /// Takes a label map whose values someone has given a meaning, see labelValuesFound().
  void takeLabels(const LabelFile& file, const SlotLabels& labels);
  const LabelFile* lastLabelFile() const;  ///< that was read for the open case; null before one was

  /// What the last start came from; none without one.
  std::optional<ContourOrigin> origin() const;

  // Organs
  Label selectedOrgan() const;
  void selectOrgan(Label organ);
  bool isLocked(Label organ) const;
  void setLocked(Label organ, bool locked);
  /// What the reader says of an organ. "Absent" and its like clear a contour first, as one undo step; "accepted" and
  /// "cut by the scan's edge" need one. Where that cannot be, a message says why.
  void stateOrgan(Label organ, const OrganStatement& statement);
  /// One entry per organ of the table, in its order. Volumes and DSC follow edits in the background.
  const std::vector<OrganStatus>& organStatus() const;
  /// What a table of all organs shows; with DSC only while the reference is shown.
  FiguresTable figures() const;
  /// Writes that table (docs/formats/figures-csv.md) in the background.
  void saveFiguresAs(const std::filesystem::path& file);
  bool figuresKnown() const;  ///< false until volumes and DSC of the open case were counted once

  // Editing. A stroke is press, drag..., release; it is one undo step and one event.
  const BrushSettings& brush() const;
  void setBrush(const BrushSettings& settings);
  bool strokeActive() const;
  void pressStroke(const PointerSample& at, bool erase);
  void dragStroke(const PointerSample& to);
  void releaseStroke();
  void cancelStroke();
  void drawPolygon(const std::vector<PointerSample>& corners, bool erase);  ///< a whole stroke
  bool canFlipRedraw() const;  ///< the last step redrew a contour or split an organ
  void flipRedraw();           ///< the other piece is replaced or given
  // A correction goes on over many strokes, see Session. Whatever else edits or leaves the case accepts it first.
  const CorrectionInputs* correction() const;  ///< null without one
  void acceptCorrection();
  void rejectCorrection();
  void takeCorrectionStrokeBack();  ///< the last one; undo does the same
  // Operations, computed in the background for the labels as they are now; one at a time, the latest counts.
  void previewOperation(const Operation& operation);  ///< operationPreviewed() follows
  void runOperation(const Operation& operation);      ///< one undo step; operationEnded() follows
  void cancelOperation();

  bool canUndo() const;
  bool canRedo() const;
  int undoDepth() const;
  /// All steps in their order; those beyond undoDepth() are undone.
  std::vector<StepSummary> history() const;
  void goToStep(int depth);  ///< undoes or does again until undoDepth() is `depth`
  void undo();
  void redo();

  /// What the last start offers for organs that kept the reader's contour.
  LabelSet offeredOrgans() const;
  LabelMap offeredLabels() const;
  void takeOver(Label organ);

  /// Strokes beside the labels. While it is on, strokes and undo are its.
  Scribbling& scribbling() const;

  // Prediction
  const PredictionStatus& prediction() const;
  void predict(const std::filesystem::path& modelFolder);  ///< runs even where its labels are kept from before
  void predictAgain();                                     ///< the model that ran last
  /// The person agrees to the model that modelNeedsTrust() named last: it is remembered as it was then, and the
  /// prediction that was asked for starts. Nothing happens when another one was named since or the case was left.
  void trustModel(const std::filesystem::path& modelFolder);
  void cancelPrediction();
  /// The model that runs by itself, see Options::model. It starts at once where the open case has no start.
  void setModel(const std::optional<std::filesystem::path>& modelFolder);
  void setDevice(const std::string& device);  ///< for predictions from now on
  /// The next case of the work list is read, and what its model draws in advance is there too or not wanted.
  bool nextCaseReady() const;

  // What the reader does besides editing; time accounting lives from it.
  void noteSlice(Plane plane, int slice);
  void noteMeasurement(const SliceMeasurement& measurement);
  void noteActivity();          ///< the pointer moved over a view, a key was pressed
  void setToolOpen(bool open);  ///< a dialog of a tool or a form: the reader is at work as long as it is there
  void noteFocus(bool focused);
  void setPaused(bool paused);
  bool paused() const;
  double activeSeconds() const;  ///< active time so far, idle limit 30 s

  /// Applies an event of a session's log to a case that is open for reading only (SessionPlayer).
  void play(const Event& event);

  // From hand to hand
  /// Something to tell the next reader, on the selected organ and a slice.
  void comment(Plane plane, int slice, const QString& text);
  void check(bool approved, const QString& text);  ///< the whole case is in order, or goes back

  // Saving
  const SaveStatus& saveStatus() const;
  bool accepted() const;  ///< Accept is done and nothing changed since
  /// Writes revision.nii.gz and result.json into the session's folder; `acceptFinished`, `acceptRefused` or `message`
  /// follows.
  void accept();
  /// What Accept writes from now on.
  void setExports(const ExportOptions& exports);
  bool writesDicom() const;  ///< Accept will write an RTSTRUCT or a SEG of the open case
  /// What should be looked at before contours leave as DICOM: organs whose slices were changed or never on the screen.
  struct OrganSlices {
    Label organ = 0;
    std::vector<int> changed, notSeen;  ///< numbers of the views' slices, from 0, rising
  };
  std::vector<OrganSlices> slicesBeforeAccept() const;
  /// Organs that have no contour although nobody said why; the case is not accepted with such. Follows edits in the
  /// background.
  std::vector<Label> organsWithoutReason() const;
  void saveLabelMapAs(const std::filesystem::path& file);
  const std::filesystem::path& sessionFolder() const;
  /// Blocks until every event is on disk (closing the window, behind a progress note). @return false when it failed
  bool flush();
  /// A case that was left is still being written to disk, by a background thread. Closing a case or opening another one
  /// never waits for it; ending the program does, so wait for sessionLeft() first, behind a progress note.
  bool leaving() const;
  const Session* session() const;

 Q_SIGNALS:
  void caseOpening(const QString& name);
  void openProgress(const QString& stage, int done, int total);
  void firstSlice(const recontour::FirstSlice& slice);
  void caseOpened();
  void caseFailed(const QString& message);
  /// Before caseFailed(), where the case itself was read: its session's folder refused.
  void sessionRefused(const QString& casePath, const QString& cause);
  /// The path holds several CTs, see Options::choosesSeries; no case is open until one is opened by its number (1 is
  /// the first).
  void seriesFound(const QString& path, const std::vector<recontour::CtSeries>& series);
  void caseClosed();
  void workListChanged();
  void inboxChanged();  ///< it is watched, is so no longer, or another number waits
  /// @param changed  voxels that may differ from before; the whole grid after a start map
  void labelsChanged(const recontour::Box& changed);
  /// An edit ended (stroke, undo, start map): surfaces and figures are to be made anew for these labels' organs.
  void editFinished();
  /// A case without a start has a label map beside it. @param reference  it says what is true, so it is no prediction
  void labelMapFound(const QString& file, bool reference);
  void priorChanged();
  void secondSeriesChanged();
  /// The organ table grew by the structures of a file, or is the shipped one again.
  void organsChanged();
  /// A structure set was read, and it is not sure which organs its names mean: takeStructures() goes on.
  void structuresFound(const recontour::StructureOffer& offer);
  /// A label map was opened whose values may be those of another data set: takeLabels() when their meaning is known.
  void labelValuesFound(const recontour::LabelFile& file);
  void predictionFailed(const QString& error);  ///< also told by prediction()
  /// A prediction did not start: this model is not shipped and nobody has agreed to it yet. trustModel() goes on.
  /// @param hash     SHA-256 of its recontour.json, which names that of its weights
  /// @param changed  the folder held another model when it was agreed to
  void modelNeedsTrust(const QString& folder, const QString& name, const QString& hash, bool changed);
  void startTaken();                                     ///< a prediction or label map was taken as a start
  void strokeRefused(const QString& reason, int organ);  ///< a lock or read-only kept the stroke from changing anything
  void correctionChanged();                              ///< began, went on, or ended
  /// @param labels  of the layer that it changes
  void operationPreviewed(const recontour::LabelMap& labels);
  void operationProgress(double part);  ///< of 1, while it runs
  void operationEnded(bool changed);
  void organSelected(int organ);
  void organStatusChanged();
  void referenceChanged();
  void predictionChanged();
  void saveStatusChanged();
  void undoChanged();
  void brushChanged();
  void pausedChanged(bool paused);
  void sessionLeft();      ///< all of a case that was left is on disk, or elsewhere; see leaving()
  void commentsChanged();  ///< or the case was approved or returned
  /// @param folder  holds revision.nii.gz and result.json
  void acceptFinished(const QString& folder);
  /// Nothing was written: these organs have no contour, and the reader has not said why.
  void acceptRefused();
  void acceptFailed();  ///< the disk refused; a message says why
  void labelMapSaved(const QString& file);
  /// Something to tell the reader; it also goes to the message log.
  void message(recontour::MessageKind kind, const QString& text);

 private:
  friend class Scribbling;
  friend class StudyReading;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recontour
