// Where each reading stands in the table of readers and cases.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "ui/study/study_overview.h"

namespace recontour {
namespace {

using State = StudySession::State;

std::string aboutOf(const StudyReader& reader) {
  std::string text = reader.hospital;
  if (reader.years <= 0) return text;
  std::string years = std::to_string(std::lround(reader.years * 10) / 10.0);
  years.erase(years.find_last_not_of('0') + 1);
  if (years.ends_with('.')) years.pop_back();
  return text + (text.empty() ? "" : ", ") + years + " y";
}

/// Place of a reading by case: number of the case, arm, repeat.
using Place = std::tuple<std::size_t, std::string, int>;

Place placeOf(const StudyProtocol& protocol, const StudyTask& task) {
  const auto found = std::ranges::find(protocol.cases, task.caseId, &StudyCase::id);
  return {static_cast<std::size_t>(found - protocol.cases.begin()), task.arm, task.repeat};
}

/// The same for its place in the reader's order.
Place orderOf(const StudyTask& task) { return {static_cast<std::size_t>(task.position), "", 0}; }

ReadingColumn columnOf(const StudyProtocol& protocol, const Place& place, ReadingColumns by) {
  const auto& [number, arm, repeat] = place;
  if (by == ReadingColumns::Order) return {std::to_string(number), ""};
  const std::string id = number < protocol.cases.size() ? protocol.cases[number].id : "?";
  const std::string below = protocol.arms.size() > 1 ? arm : "";
  return {id, below + (repeat > 0 ? " x" + std::to_string(repeat + 1) : "")};
}

}  // namespace

ReadingGrid readingGrid(const StudySnapshot& snapshot, ReadingColumns by) {
  const StudyProtocol& protocol = snapshot.protocol;
  const auto placed = [&](const StudyTask& task) {
    return by == ReadingColumns::Order ? orderOf(task) : placeOf(protocol, task);
  };
  std::map<Place, std::size_t> places;
  for (const StudySession& one : snapshot.sessions) places[placed(one.task)] = 0;
  ReadingGrid grid;
  for (auto& [place, column] : places) {
    column = grid.columns.size();
    grid.columns.push_back(columnOf(protocol, place, by));
  }
  std::map<std::string, std::size_t> numbers;
  for (const StudyReader& reader : protocol.readers) {
    numbers[reader.id] = grid.lines.size();
    grid.lines.push_back({reader.id, aboutOf(reader), 0, 0, std::vector<int>(grid.columns.size(), -1)});
  }
  for (std::size_t i = 0; i < snapshot.sessions.size(); ++i) {
    const StudySession& one = snapshot.sessions[i];
    const auto number = numbers.find(one.task.reader);
    if (number == numbers.end()) continue;
    ReaderLine& line = grid.lines[number->second];
    line.cells[places[placed(one.task)]] = static_cast<int>(i);
    line.all += countsInFigures(one);
    line.done += countsInFigures(one) && one.state == State::Accepted;
  }
  return grid;
}

}  // namespace recontour
