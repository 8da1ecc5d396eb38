// A folder of cases, one after the other.
#include <algorithm>

#include "core/workbench/workbench_internal.h"

namespace recontour {

const std::vector<WorkItem>& Workbench::workList() const { return state_->workList; }

int Workbench::currentWorkItem() const {
  const auto& list = state_->workList;
  const auto found = std::ranges::find(list, state_->casePath, &WorkItem::path);
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

void Workbench::openFolder(const std::filesystem::path& folder) {
  State& s = *state_;
  s.inBackground(
      "work list",
      [folder, sessions = s.options.sessionsFolder, reader = s.options.reader] {
        return workListOf(folder, sessions, reader);
      },
      [&s](std::vector<WorkItem> items) {
        s.workList = std::move(items);
        Q_EMIT s.owner.workListChanged();
        const auto next = std::ranges::find_if(
            s.workList, [](const WorkItem& item) { return item.state != WorkItem::State::Accepted; });
        s.owner.openWorkItem(next == s.workList.end() ? 0 : static_cast<int>(next - s.workList.begin()));
      });
}

void Workbench::openWorkItem(int number) {
  const auto& list = state_->workList;
  if (number < 0 || number >= static_cast<int>(list.size()) || number == currentWorkItem()) return;
  openCase(list[static_cast<std::size_t>(number)].path);
}

/// Brings the rows of these cases up to date, by number in the list.
void Workbench::State::refreshWorkItems(const std::vector<int>& numbers) {
  std::vector<std::filesystem::path> paths;
  for (const int number : numbers) {
    if (number >= 0) paths.push_back(workList[static_cast<std::size_t>(number)].path);
  }
  if (paths.empty()) return;
  inBackground(
      "work items",
      [paths, sessions = options.sessionsFolder, reader = options.reader, log = session] {
        if (log) log->flushed();
        std::vector<WorkItem> items;
        for (const auto& path : paths) items.push_back(workItemOf(sessions, reader, path));
        return items;
      },
      [this](const std::vector<WorkItem>& items) {
        for (const WorkItem& item : items) {
          const auto row = std::ranges::find(workList, item.path, &WorkItem::path);
          if (row != workList.end()) *row = item;
        }
        Q_EMIT owner.workListChanged();
      });
}

}  // namespace recontour
