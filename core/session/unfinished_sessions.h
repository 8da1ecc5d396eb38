#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/session/step_summary.h"

namespace recontour {

/// A session that was edited and whose program ended without closing it.
struct UnfinishedSession {
  std::filesystem::path folder;
  std::string reader, imageHash;
  int edits = 0;                    ///< since it was closed for the last time
  std::optional<StepSummary> last;  ///< the last of these
};

/// Those of this folder, the latest first: a lock that nobody holds any more, and a log that does not end with `close`.
/// Reads the logs of these alone and changes nothing; what cannot be read is left out. May block on the disk.
std::vector<UnfinishedSession> unfinishedSessions(const std::filesystem::path& sessions);

}  // namespace recontour
