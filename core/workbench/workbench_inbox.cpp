// A watched folder as the work list.
#include <algorithm>

#include "core/io/dicom_series.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {

void Workbench::watchInbox(const InboxOptions& options) {
  State& s = *state_;
  if (s.options.studyTask) return;
  stopInbox();
  s.workList.clear();
  s.dropNext();
  s.inboxOptions = options;
  const auto toOwner = [&s, number = s.inboxNumber](auto call) {
    s.post([&s, number, call = std::move(call)] {
      if (number == s.inboxNumber) call();
    });
  };
  Inbox::Listener listener;
  listener.arrived = [&s, toOwner](std::vector<WorkItem> items) {
    toOwner([&s, items = std::move(items)] { s.takeArrived(items); });
  };
  listener.tells = [&s, toOwner](const std::string& text) {
    toOwner([&s, text] { Q_EMIT s.owner.message(MessageKind::Warning, QString::fromStdString(text)); });
  };
  InboxSettings settings{options.folder, s.options.sessionsFolder, s.options.reader, options.looksEvery,
                         options.quiet,  options.patience};
  s.inbox = std::make_shared<Inbox>(std::move(settings), s.files, std::move(listener));
  Q_EMIT workListChanged();
  Q_EMIT inboxChanged();
}

void Workbench::stopInbox() {
  State& s = *state_;
  ++s.inboxNumber;
  s.inboxWaitsForCase = false;
  if (!s.inbox) return;
  s.inbox->requestStop();
  // Its thread may hang on a share that is gone.
  s.leaver.post("inbox " + std::to_string(s.inboxNumber),
                [left = std::exchange(s.inbox, nullptr)](std::stop_token) mutable { left.reset(); });
  Q_EMIT inboxChanged();
}

std::optional<InboxStatus> Workbench::inbox() const {
  const State& s = *state_;
  if (!s.inbox) return std::nullopt;
  InboxStatus status{s.inbox->settings().folder, 0};
  for (const WorkItem& item : s.workList)
    if (item.state != WorkItem::State::Accepted && !s.isOpen(item)) ++status.waiting;
  return status;
}

void Workbench::State::takeArrived(const std::vector<WorkItem>& items) {
  for (const WorkItem& item : items) addArrived(item);
  Q_EMIT owner.workListChanged();
  Q_EMIT owner.inboxChanged();
  const bool nothingToDo = caseState == CaseState::None || (inboxWaitsForCase && accepted);
  const auto number = nextNotAccepted();
  if (number && nothingToDo && inboxOptions.opensFirst) return owner.openWorkItem(*number);
  calm.start();  // it is read and predicted ahead
}

/// The same slices sent once more, elsewhere, are the same row; more slices of a series make its row another case.
void Workbench::State::addArrived(const WorkItem& item) {
  const auto isKnown = [&](const WorkItem& other) {
    return other.isSameRow(item) || (other.series == item.series && other.content == item.content);
  };
  const auto row = std::ranges::find_if(workList, isKnown);
  if (row == workList.end() && item.state == WorkItem::State::Accepted) return;  // before this start of the program
  if (row == workList.end()) return workList.push_back(item);
  const bool grew = row->content != item.content, open = isOpen(*row);
  if (grew && open)
    Q_EMIT owner.message(MessageKind::Warning, Workbench::tr("%1: other slices came after it was opened. Open it again")
                                                   .arg(QString::fromStdString(item.name)));
  if (grew && next && next->path == row->path && next->series == row->series) dropNext();
  if (grew || !open) *row = item;
}

bool Workbench::State::isOutdated(const WorkItem& item) const {
  return isOpen(item) && !item.content.empty() && opened && opened->dicom &&
         contentOf(opened->dicom->sopInstanceUids) != item.content;
}

std::optional<int> Workbench::State::nextNotAccepted() const {
  const int count = static_cast<int>(workList.size()), current = owner.currentWorkItem();
  for (int step = 1; step <= count; ++step) {
    const int number = (std::max(current, -1) + step) % count;
    const WorkItem& item = workList[static_cast<std::size_t>(number)];
    if (number != current && item.state != WorkItem::State::Accepted && !item.failed) return number;
  }
  return std::nullopt;
}

void Workbench::State::openNextOfInbox() {
  if (!inbox) return;
  const int current = owner.currentWorkItem();
  WorkItem* const row = current < 0 ? nullptr : &workList[static_cast<std::size_t>(current)];
  if (row != nullptr && !isOutdated(*row)) row->state = WorkItem::State::Accepted;
  const auto following = nextNotAccepted();
  inboxWaitsForCase = !following;
  Q_EMIT owner.inboxChanged();
  if (!following)
    return Q_EMIT owner.message(MessageKind::Information,
                                Workbench::tr("The inbox is empty: nothing waits. What comes is listed under Cases"));
  onGuiThread(generation, [this, number = *following] { owner.openWorkItem(number); });
}

}  // namespace recontour
