#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/session/event.h"

namespace recontour {

class MainWindow;
class Workbench;

/// A session's log, read to be shown again.
struct Recording {
  std::filesystem::path session;
  std::vector<Event> events;
  std::string reader, imageHash;
  std::filesystem::path casePath;
};

/// @param casePath  empty: where the session's program last saw the image
/// @throws Error when it is no session, or the CT is nowhere to be found
Recording readRecording(const std::filesystem::path& session, const std::optional<std::filesystem::path>& casePath);

/// Opens the case, then plays the session. @return exit status. With `screenshot` it ends when all was played.
int runReplay(Workbench& workbench, MainWindow& window, const Recording& recording, double speed,
              const std::optional<std::filesystem::path>& screenshot);

}  // namespace recontour
