#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/session/event.h"

namespace recontour {

/// An event as a person reads it.
struct EventLine {
  std::uint64_t sequence = 0;
  double sinceStartS = 0;  ///< by the monotonic clock; by the wall clock where the machine was started anew
  std::string utc;         ///< of the wall clock then, which may jump
  std::string type;
  std::string organ;  ///< name of the organ that it is about; empty where there is none
  std::string what;   ///< may be empty
};

/// All events, in their order. @throws Error when a header is no JSON
std::vector<EventLine> eventLines(std::span<const Event> events, const OrganTable& organs);

}  // namespace recontour
