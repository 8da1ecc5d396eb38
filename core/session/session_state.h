#pragma once
// Private to core/session: what a Session owns.
#include "core/base/json.h"
#include "core/edit/correction.h"
#include "core/edit/stroke_inputs.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/session_lock.h"
#include "core/session/session_log_writer.h"
#include "core/strokes/scribble_raster.h"

namespace recontour {

/// Looking at neighbouring slices of one plane, or being active, coalesced into one event.
struct PendingSpan {
  std::int64_t fromMs = 0, toMs = 0;
  Plane plane = Plane::Axial;
  int firstSlice = 0, lastSlice = 0;
};

struct Session::State {
  State(const Clock& itsClock, std::filesystem::path itsFolder) : clock(itsClock), folder(std::move(itsFolder)) {}

  /// Appends an event with the clock's time; nothing happens in a session that is only read.
  std::uint64_t append(const std::string& type, Json members, std::string payload = {});
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
