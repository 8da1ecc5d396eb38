#pragma once
// Private to core/session: what a Session owns.
#include "core/base/json.h"
#include "core/edit/correction.h"
#include "core/edit/stroke_inputs.h"
#include "core/session/log_recovery.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/session_lock.h"
#include "core/session/session_log_writer.h"
#include "core/session/snapshot.h"
#include "core/strokes/scribble_raster.h"

namespace recontour {

/// Looking at neighbouring slices of one plane, or being active, coalesced into one event.
struct PendingSpan {
  std::int64_t fromMs = 0, toMs = 0;
  Plane plane = Plane::Axial;
  int firstSlice = 0, lastSlice = 0;
};

inline constexpr std::size_t kStepsShown = 10;  ///< of Recovery::lastSteps

struct Session::State {
  State(const Clock& itsClock, std::filesystem::path itsFolder) : clock(itsClock), folder(std::move(itsFolder)) {}

  // Opening (session_opening.cpp)
  void takeLock(Access access);
  /// @param take  gets the events where there are some; may refuse them
  RecoveredLog readLog(const std::vector<std::filesystem::path>& elsewhere,
                       const std::function<void(const SessionLogContent&)>& take);
  void tellOf(const RecoveredLog& found);
  void startWriter(RecoveredLog found, const std::vector<std::filesystem::path>& elsewhere);

  /// Appends an event with the clock's time; nothing happens in a session that is only read.
  std::uint64_t append(const std::string& type, Json members, std::string payload = {},
                       std::function<std::string()> laterPayload = {});
  void recallFrom(const RecoveredLog& found);
  void snapshotWhenDue();  ///< between edits
  // Parts of a stroke on its way, so that little of it is lost (session_parts.cpp)
  void beginParts(std::string name, Label layer);
  void noteInput();  ///< the stroke went on
  void appendPartWhenDue();
  void endParts();  ///< says that nothing came of the stroke, where an edit did not
  void appendPart();
  /// Makes what the log has of a stroke without an end a step; for opening. @return its event, which is not appended
  std::optional<Event> takeUpUnfinished();
  void appendAsIs(Event event);  ///< its number is the next one
  Json scribbleChangeJson(const ScribbleChange& change) const;
  ScribbleChange changeOnItsWay() const;
  void appendPendingSpans();
  void appendLook();
  void appendHeartbeat();
  void boundUndo();
  ScribbleRaster& raster() const;
  /// Makes it a step of the layer and an event. @param fromMs  when the hand began
  void recordScribbles(ScribbleChange change, std::int64_t fromMs);
  Box stepScribbles(const char* type, Json members, ScribbleChange (ScribbleLayer::*step)());

  const Clock& clock;
  std::filesystem::path folder;
  OrganTable organs;
  bool readOnly = false;
  bool closed = false;
  std::vector<std::string> notes;
  std::optional<std::string> heldBy;
  std::optional<Recovery> recovery;
  ReplayedSession replayed;                   ///< labels, undo stack, starts, locks: kept up to date by the session
  mutable std::optional<LabelLayers> before;  ///< cache
  std::size_t undoBytes = kUndoBytes;
  std::vector<TimedEvent> timed;
  std::uint64_t nextSequence = 0;

  std::unique_ptr<EditTransaction> stroke;
  std::unique_ptr<Tool> tool;
  StrokeInputs strokeInputs;
  std::unique_ptr<Correction> correction;
  std::int64_t strokeStartMs = 0;
  std::optional<std::int64_t> correctionEndMs;  ///< of its last stroke; while one is drawn there is none
  Refusal strokeRefusal = Refusal::None;
  Volume volume;
  AxisMap axisMap;
  std::optional<ScribbleStroke> scribble;  ///< that is being drawn
  /// An eraser on its way; the layer changes when it ends.
  struct Erasing {
    std::vector<ScribbleStroke> strokes;  ///< as they are now
    double radiusMm = 0;
    Point3 lastMm;
    std::uint64_t nextId = 0;
  };
  std::optional<Erasing> erasing;
  Box eraseTo(const PointerSample& to);
  /// What the log has of a stroke on its way.
  struct Parts {
    std::string name;
    Label layer = LabelLayers::kOrgans;
    LabelMap told;            ///< the layer as the last part left it
    std::size_t samples = 0;  ///< of a stroke that was told
    int inputs = 1, toldInputs = 0;
    int count = 0;
    std::int64_t toldMs = 0, lastMs = 0;  ///< of the last part, or the press; of the last input
  };
  std::optional<Parts> parts;
  SinceSnapshot sinceSnapshot;
  mutable std::unique_ptr<ScribbleRaster> scribbleRaster;
  std::optional<UndoStep> startStep;  ///< set while a start map is merged: its commit becomes a start event
  bool paused = false;
  std::optional<std::int64_t> playedMs;  ///< time of the last event that play() applied
  std::optional<PendingSpan> look, heartbeat;
  std::int64_t spanSinceMs = 0;  ///< when the oldest pending span began

  std::unique_ptr<SessionLock> lock;
  std::unique_ptr<SessionLogWriter> writer;
};

}  // namespace recontour
