#pragma once
#include <bitset>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/edit/correction_inputs.h"
#include "core/edit/edit_target.h"
#include "core/edit/edit_transaction.h"
#include "core/edit/operation.h"
#include "core/edit/stroke_inputs.h"
#include "core/image/case.h"
#include "core/image/hu_statistics.h"
#include "core/image/organ_table.h"
#include "core/session/case_check.h"
#include "core/session/edit_times.h"
#include "core/session/event.h"
#include "core/session/label_runs.h"
#include "core/session/organ_review.h"
#include "core/session/start_summary.h"
#include "core/session/step_summary.h"
#include "core/session/structure_source.h"
#include "core/session/study_events.h"
#include "core/strokes/scribble_layer.h"

namespace recontour {

enum class StartSource { File, Prediction, StructureSet, Empty };

enum class Access {
  Edit,        ///< refused while another program edits the session
  Read,        ///< nothing is written
  EditOrRead,  ///< read where another program edits it: Session::heldBy() says who
};

struct SessionOptions {
  Access access = Access::Edit;
  bool fromNothing = false;  ///< recorded: no contours from elsewhere are shown; refused where some were
  /// Folders, best first, that take events which the session's own disk refuses; without any they stay in memory.
  std::vector<std::filesystem::path> elsewhere = {};
};

/// What opening found of a session that was cut short.
struct Recovery {
  std::vector<StepSummary> lastSteps;  ///< the last ones that hold, oldest first; ten at most
  bool unfinishedStroke = false;       ///< the last of these was being drawn: its part that was on disk
  bool fromElsewhere = false;          ///< events were brought back from a folder of SessionOptions::elsewhere
  std::optional<std::filesystem::path> setAside;  ///< where a damaged tail is now
  std::string damage;                             ///< what was wrong with it
};

/// Labels to start from, with where they come from.
struct StartMap {
  LabelMap labels;
  StartSource source = StartSource::File;
  std::string name;        ///< file or model
  std::string sha256;      ///< of the file; empty for predictions
  std::string modelHash;   ///< of the weights, predictions only
  std::string settings;    ///< JSON text of device, precision, ...; may be empty
  std::string labelsHash;  ///< labelMapHash(labels); computed when empty, which takes a while for a large map
  /// Structures that lie over others, each in a map of its own that holds its label alone; `labels` lacks them.
  std::map<Label, LabelMap> over = {};
  /// What the source can say something of; other organs keep what they have. None: of all.
  std::optional<std::bitset<256>> knows = {};
};

/// The files of a revision, as they lie in the session's folder.
struct WrittenRevision {
  std::string sha256;  ///< of revision.nii.gz
  struct Layer {
    std::string file;  ///< its name
    std::string sha256;
  };
  std::map<Label, Layer> layers;    ///< of structures that have a layer of their own
  std::vector<Layer> exports = {};  ///< the same contours in other formats
};

/// A reader working on a case. All that happens is appended to `session.rclog` in its folder; labels, undo, times
/// and figures derive from these events. Lives on the GUI thread and is changed only there; writing to disk happens on
/// the log's own thread.
class Session final : private EditTarget {
 public:
  struct SaveState {
    std::uint64_t appended = 0, saved = 0;  ///< events
    std::optional<std::string> error;       ///< the log cannot be written; editing goes on
    /// With an error: the file on another disk that holds the events which the log lacks, up to `kept`; without it they
    /// are in memory alone.
    std::optional<std::filesystem::path> elsewhere;
    std::uint64_t kept = 0;  ///< events that are on some disk
  };

  /// Creates the session in `folder`, or continues the one that is there where it was. May block on the disk.
  /// @param reader  who has it from now on; a session may go from hand to hand
  /// @param clock  must outlive the session
  /// @throws Error when another program edits it, it belongs to another image, or the folder cannot be written
  static std::unique_ptr<Session> open(const std::filesystem::path& folder, const Case& opened,
                                       const OrganTable& organs, const std::string& reader, const Clock& clock,
                                       const SessionOptions& options = {});
  ~Session() override;  ///< close()

  const LabelLayers& layers() const;        ///< all labels; copy them to keep a snapshot
  const LabelMap& labels() const;           ///< of the organs that exclude one another
  const LabelLayers& beforeLayers() const;  ///< "before" of every organ: the last start it took
  const LabelMap& beforeLabels() const;     ///< the same of the organs that exclude one another
  const std::filesystem::path& folder() const;
  bool readOnly() const;
  /// Who edits it, where that is another program: host, process and since when.
  const std::optional<std::string>& heldBy() const;
  const std::optional<Recovery>& recovery() const;  ///< none after an ordinary close
  const std::string& reader() const;
  const OrganTable& organs() const;  ///< with what addStructures() brought, in earlier programs too
  /// A file of structures is worked on from now on: what it adds to the table is there, and what Accept writes goes by
  /// it. No undo step; its contours come by addStart(). @throws Error when an organ that has been drawn would change
  /// its layer
  void addStructures(const StructureSource& source);
  const std::optional<StructureSource>& structures() const;  ///< the last of these
  /// A file of structures that is worked on, and its structures as they came.
  struct RevisedStructures {
    StructureSource source;
    LabelLayers labels;
  };
  /// The last one whose start is not undone; none without one.
  std::optional<RevisedStructures> revisedStructures() const;
  bool hasStarts() const;
  std::vector<StartSummary> starts() const;       ///< those that are not undone, in their order
  const std::vector<std::string>& notes() const;  ///< what opening found to tell: a damaged tail, a session cut short

  // Strokes: one undo step and one event each
  Box beginStroke(const StrokeInputs& stroke, const PointerSample& at);  ///< `stroke` without samples
  Box beginStroke(const BrushTool::Settings& settings, const PointerSample& at);
  Box continueStroke(const PointerSample& to);
  Box endStroke();     ///< @return all that the stroke changed
  Box cancelStroke();  ///< @return what was restored
  bool strokeActive() const;
  const StrokeInputs& lastStroke() const;  ///< the running or last one of this program
  Refusal strokeRefusal() const;           ///< why the last stroke changed nothing; None where it did

  // A correction: strokes that go on by continueStroke() and endStroke(), until all of them are accepted as one undo
  // step and one event, or rejected. Nothing else is edited meanwhile.
  /// @param settings  of the first stroke; later ones go by those
  Box beginCorrectionStroke(const CorrectionInputs& settings, Label label, const PointerSample& at);
  /// A correction that begins with all of these strokes; those of other layers than the first one's are left out.
  Box beginCorrection(const CorrectionInputs& inputs);
  bool correcting() const;
  const CorrectionInputs* correction() const;           ///< null without one
  Box takeCorrectionStrokeBack();                       ///< the last one; without any left, the correction ends
  Refusal correctionHeldBack() const;                   ///< why the last stroke left a part of its line as it was
  Box setCorrection(const CorrectionInputs& settings);  ///< method, reach and rules of the one that goes on
  Box acceptCorrection();                               ///< @return all that it changed
  Box rejectCorrection();                               ///< @return what was restored

  // Scribbles: strokes that say what lies where and change no label; each is one step of their own undo, and one event
  const ScribbleLayer& scribbles() const;
  const LabelMap& scribbleLabels() const;                                    ///< their voxels, see ScribbleRaster
  Box beginScribble(Label label, double radiusMm, const PointerSample& at);  ///< `label` 0 is background
  Box continueScribble(const PointerSample& to);
  /// Takes away what an eraser of this radius goes over; goes on and ends as a stroke that is drawn.
  Box beginErasingScribbles(double radiusMm, const PointerSample& at);
  void endScribble();
  Box cancelScribble();
  bool scribbleActive() const;
  /// Erasing, cutting, another organ, strokes from elsewhere. @param fromMs  monotonic, when the hand began
  Box changeScribbles(const ScribbleChange& change, std::int64_t fromMs);
  bool canUndoScribble() const;
  bool canRedoScribble() const;
  Box undoScribble();
  Box redoScribble();

  /// A transaction for an operation without a pointer. @param name  of the event, e.g. "clear organ"
  std::unique_ptr<EditTransaction> begin(const std::string& name, Label layer = LabelLayers::kOrgans);

  /// Takes what an operation, executed() with these rules on its layer as it is, came to: one undo step, of what is not
  /// locked. @return what changed
  Box apply(const Operation& operation, const EditRules& rules, const LabelMap& result);

  Box clear(Label organ);  ///< removes its voxels, if it is not locked: one undo step. @return what changed

  bool canUndo() const;
  bool canRedo() const;
  int undoDepth() const;
  std::vector<StepSummary> steps() const;  ///< in their order; those beyond undoDepth() are undone
  /// A locked organ that the step changed: it is not undone or redone before the organ is unlocked. 0 when there is
  /// none
  Label undoBlockedBy() const;
  Label redoBlockedBy() const;
  void setUndoBytes(std::size_t bytes);             ///< memory of undo; steps beyond it are read from the log
  std::vector<LabelRun> changesOf(int step) const;  ///< by its number in steps(). @throws Error when not to be read
  Box undo();
  Box redo();

  /// Each organ without edits takes the start; edited ones, locked ones and those with a statement keep the reader's
  /// contour. @return what changed
  Box addStart(const StartMap& start);

  LabelMap lastStartLabels() const;  ///< the whole map of the last start that is not undone; none without one
  /// Organs that the last start has but that kept the reader's contour, and were not taken over since.
  LabelSet offeredOrgans() const;
  LabelMap offeredLabels() const;  ///< these organs as the start has them; a map without a grid when there are none
  /// Gives an offered organ the start's contour: one undo step. @return what changed
  Box takeOver(Label organ);

  /// What the reader says of an organ; an edit, undo or redo that changes the organ takes it back. While it holds,
  /// start maps leave the organ alone.
  void stateOrgan(Label organ, const OrganStatement& statement);
  const OrganStatement& statement(Label organ) const;
  /// The reader has scrolled through the box since the last start, but for a tip (OrganReview).
  bool lookedThrough(const Box& box, const AxisMap& axisMap) const;
  /// Slices of the box (array z) that were not on the screen since the last start; none where it was looked through in
  /// another plane.
  std::vector<int> slicesNotSeen(const Box& box, const AxisMap& axisMap) const;

  Label selectedOrgan() const;
  void selectOrgan(Label organ);
  bool isLocked(Label organ) const;
  void setLocked(Label organ, bool locked);
  LabelSet drawn() const;        ///< organs that a step or a start has, undone ones included
  int edits(Label organ) const;  ///< edits that touched the organ and are not undone

  // What the reader does besides editing
  void noteSlice(Plane plane, int slice);
  void noteMeasurement(const SliceMeasurement& measurement);  ///< what was read off a picture, without an edit
  void noteActivity();
  void noteFocus(bool focused);
  void noteReferenceShown(bool shown);
  /// Something read-only was put beside the case: "prior" (contours of another file) or "series" (another CT).
  void noteBeside(const std::string& what, const std::string& name, const std::string& sha256);
  void setPaused(bool paused);
  bool paused() const;
  void tick();  ///< once a second: writes spans that are old enough

  /// Times until now. Organs by the one that was selected.
  EditTimes times(double idleLimitS = 30, Attribution attribution = Attribution::Selected) const;

  /// Applies an event of another log, in a session that is open for reading only: what is seen is as it was then.
  /// @return voxels that it changed. @throws std::exception when it cannot be applied
  Box play(const Event& event);

  // From hand to hand: what readers tell each other
  void comment(const CaseComment& comment);  ///< its organ, place and text
  const std::vector<CaseComment>& comments() const;
  void check(bool approved, const std::string& text);
  const std::optional<CaseCheck>& lastCheck() const;

  // In a study (docs/formats/session-log.md): times count from begin() to acceptable()
  /// @param facts  JSON text of an object: task, freeze hash, what is known of the machine
  void noteStudy(const std::string& facts);
  void beginReading();    ///< image and contours appear
  void noteAcceptable();  ///< the reader is through; beginReading() goes on after all
  void noteForm(const StudyForm& form);
  void noteHint(const StudyHint& hint);
  bool hasForms() const;      ///< a form was answered before
  int acceptCount() const;    ///< accepts in the whole log
  bool endsAccepted() const;  ///< nothing was begun or edited behind the last accept
  /// The last event on disk; blocks until all is there. @throws Error when it cannot be written
  ChainHead chainHead() const;

  void accept(const WrittenRevision& written);  ///< records that the labels as they are were accepted and written
  SaveState saveState() const;
  void onSaveState(std::function<void()> callback);  ///< called from the log's thread
  bool flush();                                      ///< blocks until all is on disk; false when it failed
  bool flushed() const;  ///< blocks until all appended so far is on disk; any thread may call it
  void close();          ///< ends the session; the last event
  const Geometry& geometry() const override;

 private:
  struct State;
  Box endCorrectionStroke();
  void startCorrection(const CorrectionInputs& settings);
  explicit Session(std::unique_ptr<State> state);
  LabelMap& editableLabels(Label layer) override;
  void committed(EditRecord record) override;
  std::unique_ptr<State> state_;
};

}  // namespace recontour
