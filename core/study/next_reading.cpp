#include "core/study/next_reading.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/study/study_results.h"

namespace recontour {
namespace {

constexpr int kAccepted = static_cast<int>(StudySession::State::Accepted);  // excluded ones are more, and were seen

/// Which cases and patients a reader has seen too lately to be shown again.
class Seen {
 public:
  Seen(const std::vector<ReadingState>& readings, std::int64_t casesSinceMs, std::int64_t patientsSinceMs) {
    for (const ReadingState& one : readings) {
      if (one.state < kAccepted && one.acceptedMs == 0) continue;  // others were reopened, and were seen
      if (one.acceptedMs > casesSinceMs) cases_[one.caseId].insert(one.task);
      if (one.acceptedMs > patientsSinceMs && !one.patient.empty()) patients_[one.patient].insert(one.caseId);
    }
  }
  bool lately(const ReadingState& one) const {
    return hasOther(cases_, one.caseId, one.task) || hasOther(patients_, one.patient, one.caseId);
  }

 private:
  using Members = std::map<std::string, std::set<std::string>>;
  static bool hasOther(const Members& members, const std::string& of, const std::string& than) {
    const auto found = members.find(of);
    return found != members.end() && found->second.size() > found->second.count(than);
  }
  Members cases_, patients_;  ///< tasks of a case, cases of a patient
};

}  // namespace

std::optional<std::string> nextReading(const std::vector<ReadingState>& readings, std::int64_t casesSinceMs,
                                       std::int64_t patientsSinceMs) {
  const Seen seen(readings, casesSinceMs, patientsSinceMs);
  const auto next = std::ranges::find_if(
      readings, [&](const ReadingState& one) { return one.state < kAccepted && !seen.lately(one); });
  return next == readings.end() ? std::optional<std::string>() : next->task;
}

}  // namespace recontour
