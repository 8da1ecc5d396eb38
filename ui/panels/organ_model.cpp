#include "ui/panels/organ_model.h"

#include <algorithm>

#include "ui/panels/organ_note.h"

namespace recontour {

void OrganModel::setOrgans(const OrganTable& organs) {
  beginResetModel();
  rows_.clear();
  for (const Organ& organ : organs.organs()) {
    OrganRow row;
    row.name = QString::fromStdString(organ.name);
    row.colour = QColor(organ.displayColour[0], organ.displayColour[1], organ.displayColour[2]);
    row.status.organ = organ.label;
    row.place = static_cast<int>(rows_.size());
    rows_.push_back(row);
  }
  endResetModel();
}

void OrganModel::setStatus(const std::vector<OrganStatus>& status, const OrganListState& list) {
  if (rows_.empty()) return;
  for (OrganRow& row : rows_) {
    OrganStatus next;
    next.organ = row.status.organ;
    for (const OrganStatus& one : status) {
      if (one.organ == next.organ) next = one;
    }
    row.status = next;
    row.list = list;
  }
  sortRows();
  Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void OrganModel::setConcernsFirst(bool first) {
  concernsFirst_ = first;
  sortRows();
}

void OrganModel::sortRows() {
  const auto key = [this](const OrganRow& row) {
    return std::pair(concernsFirst_ && row.status.concerns.empty(), row.place);
  };
  if (std::ranges::is_sorted(rows_, {}, key)) return;
  Q_EMIT layoutAboutToBeChanged();
  std::ranges::sort(rows_, {}, key);
  Q_EMIT layoutChanged();
}

int OrganModel::done() const {
  return static_cast<int>(
      std::ranges::count_if(rows_, [](const auto& row) { return row.status.wanted && row.done(); }));
}
int OrganModel::wanted() const {
  return static_cast<int>(std::ranges::count_if(rows_, [](const auto& row) { return row.status.wanted; }));
}

int OrganModel::concerned() const { return static_cast<int>(std::ranges::count_if(rows_, &OrganRow::concerned)); }

int OrganModel::hidden() const {
  return static_cast<int>(std::ranges::count_if(
      rows_, [](const OrganRow& row) { return !row.visible && row.list.hasLabels && !row.empty(); }));
}

int OrganModel::rowOf(Label organ) const {
  for (int i = 0; i < rowCount(); ++i) {
    if (row(i).status.organ == organ) return i;
  }
  return -1;
}

template <typename Change>
void OrganModel::changeRow(Label organ, Change change) {
  const int number = rowOf(organ);
  if (number < 0) return;
  change(rows_[static_cast<std::size_t>(number)]);
  Q_EMIT dataChanged(index(number), index(number));
}

void OrganModel::setVisible(Label organ, bool visible) {
  changeRow(organ, [&](OrganRow& row) { row.visible = visible; });
}

void OrganModel::setLocked(Label organ, bool locked) {
  changeRow(organ, [&](OrganRow& row) { row.locked = locked; });
}

void OrganModel::setFlashing(Label organ, bool flashing) {
  changeRow(organ, [&](OrganRow& row) { row.flashing = flashing; });
}

void OrganModel::setActive(Label organ) {
  for (int i = 0; i < rowCount(); ++i) {
    const bool active = row(i).status.organ == organ;
    if (active != row(i).active) changeRow(row(i).status.organ, [&](OrganRow& row) { row.active = active; });
  }
}

int OrganModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant OrganModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const OrganRow& organ = row(index.row());
  if (role == Qt::DisplayRole) return organ.name;
  if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) return organToolTip(organ);
  return {};
}

}  // namespace recontour
