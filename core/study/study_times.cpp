// Active time.
#include <algorithm>

#include "core/study/study_summaries.h"

namespace recontour {
namespace {

std::optional<Description> describedTimes(const StudySelection& selection, const std::string& arm,
                                          const std::vector<std::string>& readers, const std::string& organ,
                                          std::size_t limit) {
  std::vector<double> seconds;
  if (organ == kWholeCase) {
    for (const auto& [reading, value] : readingTimes(selection, selection.timed, arm, limit)) {
      if (std::ranges::find(readers, reading.first) != readers.end()) seconds.push_back(value);
    }
    return describe(seconds);
  }
  for (const std::string& reader : readers) {
    for (const StudyRow* row : selection.rows(selection.timed, arm, reader, organ))
      seconds.push_back(row->activeS[limit]);
  }
  return describe(seconds);
}

void addTimes(const StudySelection& selection, const std::string& arm, const std::string& reader,
              std::vector<TimeOutcome>& outcomes) {
  const auto readers = reader == kAllReaders ? selection.readersOf(arm) : std::vector{reader};
  auto organs = selection.organs;
  organs.insert(organs.end(), {"review", kWholeCase});
  for (const std::string& organ : organs) {
    TimeOutcome outcome{arm, reader, organ, {}};
    for (std::size_t limit = 0; limit < outcome.activeS.size(); ++limit)
      outcome.activeS[limit] = describedTimes(selection, arm, readers, organ, limit);
    if (outcome.activeS[0]) outcomes.push_back(outcome);
  }
}

}  // namespace

std::map<std::pair<std::string, std::string>, double> readingTimes(const StudySelection& selection,
                                                                   const StudyCells& cells, const std::string& arm,
                                                                   std::size_t limit) {
  std::map<std::pair<std::string, std::string>, double> seconds;
  auto organs = selection.organs;
  organs.emplace_back("review");
  for (const std::string& reader : selection.readers) {
    for (const std::string& organ : organs) {
      for (const StudyRow* row : selection.rows(cells, arm, reader, organ))
        seconds[{reader, row->caseId}] += row->activeS[limit];
    }
  }
  return seconds;
}

std::vector<TimeOutcome> timeOutcomes(const StudySelection& selection) {
  std::vector<TimeOutcome> outcomes;
  for (const std::string& arm : selection.arms) {
    auto readers = selection.readersOf(arm);
    if (readers.size() > 1) readers.emplace_back(kAllReaders);
    for (const std::string& reader : readers) addTimes(selection, arm, reader, outcomes);
  }
  return outcomes;
}

}  // namespace recontour
