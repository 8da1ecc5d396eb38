#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/label_map.h"
#include "core/session/event.h"

namespace recontour {

/// What time accounting needs of an event.
struct TimedEvent {
  enum class Kind {
    Open,
    Begin,  ///< of a study: image and contours appear
    Close,
    Accept,
    Acceptable,  ///< of a study: the reader is through
    Select,
    Stroke,
    Undo,
    Activity,
    Wait,
    Form,  ///< ratings are asked for
    Pause,
    Resume,
    FocusLost,
    FocusGained
  };
  Kind kind = Kind::Activity;
  std::int64_t fromMs = 0, toMs = 0;  ///< monotonic; equal for moments
  Label organ = 0;                    ///< Select, Stroke
};

/// The events of a log that time accounting knows, in their order.
std::vector<TimedEvent> timedEvents(std::span<const Event> events);

/// Who a moment belongs to: the organ selected then, or the organ of the stroke that follows.
enum class Attribution { Selected, LookBack };

/// Seconds of one organ or of all. wall = edit + inspect + wait + away + paused; active = edit + inspect.
struct TimeShare {
  double wallS = 0, editS = 0, inspectS = 0, waitS = 0, awayS = 0, pausedS = 0;
  int strokes = 0, undos = 0;
  double activeS() const { return editS + inspectS; }
};

struct EditTimes {
  TimeShare total;
  std::map<Label, TimeShare> organs;  ///< organs that got any time or stroke
  TimeShare review;                   ///< no organ: nothing selected, or after the last stroke
  double formS = 0;                   ///< in forms, which count in none of the above
  bool interrupted = false;           ///< ended without a close, or a gap of more than 10 minutes without activity
};

/// Accounts for every moment from each opening of the case to its close, or to the first Accept behind which nothing
/// was edited. Each is exactly one of edit (inside a stroke), paused, wait (program busy), away (no focus, or beyond
/// the idle limit after the last activity), inspect (the rest). Time between a close and the next opening counts in
/// nothing. In a study the case is blank until it begins, so each Begin takes the place of an opening and Acceptable
/// that of an Accept, and forms are timed apart.
/// @param untilMs  the end, for a session that still runs; else the last event
EditTimes computeTimes(std::span<const TimedEvent> events, double idleLimitS, Attribution attribution,
                       std::optional<std::int64_t> untilMs = {});

}  // namespace recontour
