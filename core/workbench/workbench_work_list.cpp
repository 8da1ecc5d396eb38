// A folder of cases, one after the other.
#include <algorithm>

#include "core/workbench/workbench_internal.h"

namespace recontour {

const std::vector<WorkItem>& Workbench::workList() const { return state_->workList; }

int Workbench::currentWorkItem() const {
  const auto& list = state_->workList;
  const auto found = std::ranges::find_if(list, [this](const WorkItem& item) { return state_->isOpen(item); });
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

void Workbench::openFolder(const std::filesystem::path& folder) {
  State& s = *state_;
  stopInbox();
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
  if (number < 0 || number >= static_cast<int>(list.size())) return;
  const WorkItem item = list[static_cast<std::size_t>(number)];  // the list may change meanwhile
  const bool again = caseState() == CaseState::Failed || state_->isOutdated(item);
  if (number == currentWorkItem() && !again) return;
  openCase(item.path, item.series);
}

/// Where a series was chosen otherwise than by its UID, the case says itself which it is.
bool Workbench::State::isOpen(const WorkItem& item) const {
  if (item.path != casePath) return false;
  const bool isItself = opened && opened->dicom && opened->dicom->seriesUid == item.series;
  return item.series.empty() || item.series == caseSeries || isItself;
}

/// Brings the rows of these cases up to date, by number in the list.
void Workbench::State::refreshWorkItems(const std::vector<int>& numbers) {
  std::vector<WorkItem> known;
  for (const int number : numbers) {
    if (number >= 0 && number < static_cast<int>(workList.size()))
      known.push_back(workList[static_cast<std::size_t>(number)]);
  }
  if (known.empty()) return;
  inBackground(
      "work items",
      [known, sessions = options.sessionsFolder, reader = options.reader, log = session] {
        if (log) log->flushed();
        std::vector<WorkItem> items;
        for (const auto& item : known) items.push_back(workItemOf(sessions, reader, item));
        return items;
      },
      [this](const std::vector<WorkItem>& items) {
        for (const WorkItem& item : items) {
          const auto row = std::ranges::find_if(workList, [&](const WorkItem& other) { return other.isSameRow(item); });
          if (row != workList.end() && row->content == item.content) *row = item;
        }
        Q_EMIT owner.workListChanged();
        Q_EMIT owner.inboxChanged();
      });
}

}  // namespace recontour
