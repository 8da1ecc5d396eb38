#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace recontour {

/// One event of a session log (docs/formats/session-log.md).
struct Event {
  std::uint64_t sequence = 0;  ///< 0 for the first event, then one more each
  std::string type;            ///< "first", "open", "start", "edit", "undo", ...
  std::int64_t timeMs = 0;     ///< monotonic clock, when it was appended
  std::int64_t wallMs = 0;     ///< since 1970-01-01 UTC
  std::string header;          ///< the whole header as JSON text, with the members of its type
  std::string payload;         ///< inflated, may be empty
  /// Makes the payload of an event that is large to encode, on the log's thread, when it is written; it owns all that
  /// it looks at. Without it the payload is `payload`.
  std::function<std::string()> laterPayload = {};
};

}  // namespace recontour
