#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "ui/study/study_thread.h"

namespace recontour {

// What a coordinator does that takes more than one call. All block, and run on a StudyThread.

/// Whether the readings are those that were merged.
struct StudyCheck {
  int whole = 0;                    ///< readings whose chain holds and ends as the store's receipt says
  std::vector<std::string> broken;  ///< one sentence each
};
/// Reads the log of every reading that came in. @throws Error when cancelled
StudyCheck checkReadings(CoordinatorStudy& study, ProgressSink& progress, const std::stop_token& stop);

}  // namespace recontour
