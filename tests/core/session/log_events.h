#pragma once
#include <string>

#include "core/session/event.h"

namespace recontour {

/// An event as a log takes it; number 0 begins a session's log.
inline Event logEvent(std::uint64_t sequence, const std::string& type, std::string payload = {}) {
  Event made;
  made.sequence = sequence;
  made.type = type;
  made.payload = std::move(payload);
  made.header = R"({"seq":)" + std::to_string(sequence) + R"(,"type":")" + type + R"(","t":5,"wall":6)";
  if (sequence == 0) made.header += R"(,"format":"recontour-session","version":1)";
  if (!made.payload.empty()) made.header += R"(,"payload_bytes":)" + std::to_string(made.payload.size());
  made.header += "}";
  return made;
}

}  // namespace recontour
