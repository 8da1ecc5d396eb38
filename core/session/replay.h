#pragma once
#include <bitset>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/edit/undo_stack.h"
#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/session/case_check.h"
#include "core/session/label_runs.h"
#include "core/session/organ_review.h"
#include "core/session/session_log_reader.h"
#include "core/session/start_summary.h"
#include "core/session/step_summary.h"
#include "core/session/structure_source.h"
#include "core/strokes/scribble_layer.h"

namespace recontour {

/// A start map as its event tells it.
struct ReplayedStart {
  std::size_t step = 0;            ///< its place among the undo steps
  LabelMap labels;                 ///< of all structures, as the file or model has them
  std::map<Label, LabelMap> over;  ///< of structures that lie over others and came in a map of their own
  std::bitset<256> organs;         ///< that took it
  std::bitset<256> has;            ///< labels that it holds
  StartSummary summary;
  std::optional<std::size_t> structures = {};  ///< of ReplayedSession::allStructures, whose file it is
};

/// What is known of one undo step besides its labels.
struct ReplayedStep {
  std::uint64_t event = 0;
  std::bitset<256> organs;  ///< that it touched; none for start maps
  StepSummary summary;
  std::bitset<256> changed = {};  ///< by a start map
};

/// The state that a log's events lead to; needs no CT.
struct ReplayedSession {
  Geometry geometry;
  LabelLayers labels;
  UndoStack undo;
  /// Reads an edit's event again, for steps whose bricks were let go; none while nothing is let go.
  std::function<Event(std::uint64_t event)> recall;
  std::vector<ReplayedStep> steps;  ///< as in `undo`, those that were undone included
  std::vector<ReplayedStart> starts;
  std::bitset<256> locked;
  Label selectedOrgan = 1;
  OrganReview review;
  ScribbleLayer scribbles;
  std::vector<CaseComment> comments;
  std::optional<CaseCheck> check;            ///< the last
  std::map<Label, std::string> overlapping;  ///< keys of structures that have a layer
  std::string imageHash, organTableHash, caseName;
  std::string reader;                          ///< who has it open, or had it last
  std::optional<StructureSource> structures;   ///< the last
  std::vector<StructureSource> allStructures;  ///< in their order
  std::vector<Organ> ownOrgans;                ///< that all of them added to the table, or gave a layer of their own
  std::vector<Event> parts;                    ///< of a stroke that is not at its end, see unfinishedStroke()
};

/// What an edit's event changed, and in which layer.
struct LayerRuns {
  Label layer = LabelLayers::kOrgans;
  std::vector<LabelRun> runs;
};
LayerRuns editRunsOf(const Event& event);
/// The same of an edit or a start map, which may change several layers.
std::vector<LayerRuns> changesOf(const Event& event);

/// A step or a start map has it, undone ones included.
bool isDrawn(const ReplayedSession& session, Label organ);

/// These structures and no others have layers from now on.
void setOverlapping(ReplayedSession& session, std::map<Label, std::string> keys);

/// What a start brings, with each of these structures in its layer.
LabelLayers layersOf(const ReplayedStart& start, const std::bitset<256>& structures);
/// Which of the files of structures a start came from that follows now. @return its place in allStructures
std::optional<std::size_t> structuresOfStart(const ReplayedSession& session, const std::string& sha256);
/// A file of structures is worked on from now on. @throws Error when an organ that is drawn would change its layer
void addStructures(ReplayedSession& session, const StructureSource& source);

/// Adds a step that has just been applied to the labels; what could be redone is gone.
void pushStep(ReplayedSession& session, UndoStep step, ReplayedStep what);

inline constexpr std::size_t kUndoBytes = std::size_t{256} << 20;
/// Lets bricks of old steps go, so that what remains takes no more than `bytes`; undoStep() and redoStep() recall them.
/// @param saved  events that recall() can read
void boundUndo(ReplayedSession& session, std::uint64_t saved, std::size_t bytes = kUndoBytes);

/// Undo and redo of the next step there is. What was said of the organs that they change no longer holds. @return what
/// changed. @throws Error when a step cannot be recalled; nothing has changed then
Box undoStep(ReplayedSession& session);
Box redoStep(ReplayedSession& session);

/// A locked organ that a step changes; 0 when there is none. Start maps count by what they really changed.
Label lockedOrganOf(const ReplayedSession& session, std::size_t step);

/// Applies one event. @return voxels that it changed. @throws std::exception when it cannot be applied
Box applyEvent(ReplayedSession& session, const Event& event);

/// Applies all events, or those up to and including event `upTo`; labels before the last snapshot are passed over and
/// come from there. @throws Error naming the event that cannot be applied
ReplayedSession replayEvents(const std::vector<Event>& events, std::optional<std::uint64_t> upTo = {});

/// The same without passing anything over; each snapshot must hold the labels that the events before it lead to.
ReplayedSession replayWhole(const std::vector<Event>& events, std::optional<std::uint64_t> upTo = {});

/// The same for a session folder or its log; only the valid prefix counts. @throws Error
ReplayedSession replay(const std::filesystem::path& session, std::optional<std::uint64_t> upTo = {});

/// "Before" of every organ: the last start it took that is not undone; empty where there was none.
LabelLayers beforeLabels(const ReplayedSession& session);

}  // namespace recontour
