#pragma once
// Private to core/session: a log as it is found at opening.
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/session/session_log_reader.h"

namespace recontour {

/// What a log and its continuations elsewhere hold together.
struct RecoveredLog {
  SessionLogContent content;  ///< no events where there is no log, or none of it could be read
  std::size_t inLog = 0;      ///< that many of them are in the log on disk; the others were elsewhere
  bool fromElsewhere = false;
  std::string damage;                             ///< of the log or a continuation; empty when there is none
  std::optional<std::filesystem::path> setAside;  ///< where the damaged bytes are now
  std::vector<std::string> notes;                 ///< to be told to the reader
};

/// Reads a log with its continuations and changes nothing. @throws Error where it is no session's log
RecoveredLog readWithRests(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere);

/// The same for its only editor, who brings the files into order. Each step is on disk before the next one takes
/// anything away, so that it may be cut short anywhere: damaged bytes are copied to session.rclog.damaged-N and the
/// copy is compared; the log is cut back to its valid part and gets what was elsewhere, which is compared; then the
/// continuations go. A log without one valid event is set aside as a whole.
/// @param check  may refuse the events by an exception, before anything is changed; called where there are some
/// @throws Error where that cannot be, or it is a session's log of a newer version
RecoveredLog recoverLog(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere,
                        const std::function<void(const SessionLogContent&)>& check);

}  // namespace recontour
