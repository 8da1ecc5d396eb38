#pragma once
#include <cstdint>
#include <optional>

#include "core/session/event.h"
#include "core/session/replay.h"

namespace recontour {

/// Keeps the parts of a stroke that has no end yet, and forgets them at its end.
void notePartial(ReplayedSession& session, const Event& event);

/// What a program that ended in the middle of a stroke had written of it, as the edit or scribble that it would have
/// become: `unfinished`, and dated as its last part. None when the last stroke has its end, or changed nothing.
/// @param sequence  of the new event. @throws std::exception when the parts cannot be read
std::optional<Event> unfinishedStroke(const ReplayedSession& session, std::uint64_t sequence);

}  // namespace recontour
