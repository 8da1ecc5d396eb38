#pragma once
// Private to core/study.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace recontour {

/// What the choice of a reader's next task needs of each of his.
struct ReadingState {
  std::string task, caseId, patient;  ///< no patient: not known
  int state = 0;                      ///< StudySession::State
  std::int64_t acceptedMs = 0;
};

/// The first that waits or is open, unless the reader has accepted the case since `casesSinceMs` or another case of its
/// patient since `patientsSinceMs`. What was excluded or reopened later was seen all the same.
/// @param readings  in the reader's order
std::optional<std::string> nextReading(const std::vector<ReadingState>& readings, std::int64_t casesSinceMs,
                                       std::int64_t patientsSinceMs);

}  // namespace recontour
