#include "ui/panels/organ_model.h"

#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {

QString verdictText(OrganVerdict verdict) {
  switch (verdict) {
    case OrganVerdict::None:
      return {};
    case OrganVerdict::Accepted:
      return OrganModel::tr("Accepted");
    case OrganVerdict::Absent:
      return OrganModel::tr("Absent");
    case OrganVerdict::OutsideScan:
      return OrganModel::tr("Outside the scan");
    case OrganVerdict::CutByScanEdge:
      return OrganModel::tr("Cut by the scan's edge");
    case OrganVerdict::NotContourable:
      return OrganModel::tr("Not contourable");
  }
  return {};
}

namespace {

/// The same in a word or two, where the dot does not say it.
QString verdictWord(OrganVerdict verdict) {
  switch (verdict) {
    case OrganVerdict::Absent:
      return OrganModel::tr("absent");
    case OrganVerdict::OutsideScan:
      return OrganModel::tr("outside");
    case OrganVerdict::CutByScanEdge:
      return OrganModel::tr("cut by scan");
    case OrganVerdict::NotContourable:
      return OrganModel::tr("not drawn");
    case OrganVerdict::None:
    case OrganVerdict::Accepted:
      return {};
  }
  return {};
}

QString stateText(const OrganRow& row) {
  const OrganStatement& said = row.status.statement;
  if (said.verdict != OrganVerdict::None) {
    const QString reason = QString::fromStdString(said.reason);
    return reason.isEmpty() ? verdictText(said.verdict)
                            : QStringLiteral("%1: %2").arg(verdictText(said.verdict), reason);
  }
  if (row.status.edited) return OrganModel::tr("edits: %1").arg(row.status.edits);
  return row.status.seen ? OrganModel::tr("Seen: you have scrolled through it") : OrganModel::tr("Not seen yet");
}

}  // namespace

QString lastColumnText(const OrganRow& row) {
  const auto& [before, after] = std::pair(row.status.dscBefore, row.status.dscAfter);
  if (row.referenceShown && after) {
    if (!before || scoreText(*before) == scoreText(*after)) return scoreText(*after);
    return QStringLiteral("%1 > %2").arg(scoreText(*before), scoreText(*after));
  }
  if (const QString word = verdictWord(row.status.statement.verdict); !word.isEmpty()) return word;
  if (row.concerned()) return QString::fromStdString(row.status.concerns.front().word);
  if (row.status.activeSeconds >= 1 && !row.referenceShown) return minutesText(row.status.activeSeconds);
  return row.reliable() ? QString() : OrganModel::tr("not reliable");
}

QString organToolTip(const OrganRow& row) {
  QStringList lines = {row.name};
  if (row.hasLabels) lines += OrganModel::tr("%1 mL").arg(row.status.volumeMl, 0, 'f', 1);
  if (row.hasLabels) lines += stateText(row);
  for (const OrganConcern& concern : row.status.concerns) lines += QString::fromStdString(concern.reason);
  if (row.locked) lines += OrganModel::tr("locked: no stroke changes it");
  if (!row.reliable()) {
    lines += OrganModel::tr("not reliable: the model's card expects a DSC of %1 here")
                 .arg(*row.status.expectedDsc, 0, 'f', 2);
  }
  return lines.join(QLatin1Char('\n'));
}

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

void OrganModel::setStatus(const std::vector<OrganStatus>& status, bool accepted, bool referenceShown, bool hasLabels) {
  if (rows_.empty()) return;
  for (OrganRow& row : rows_) {
    OrganStatus next;
    next.organ = row.status.organ;
    for (const OrganStatus& one : status) {
      if (one.organ == next.organ) next = one;
    }
    row.status = next;
    row.accepted = accepted;
    row.referenceShown = referenceShown;
    row.hasLabels = hasLabels;
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
    return std::pair(concernsFirst_ && (row.status.concerns.empty() || !row.reliable()), row.place);
  };
  if (std::ranges::is_sorted(rows_, {}, key)) return;
  Q_EMIT layoutAboutToBeChanged();
  std::ranges::sort(rows_, {}, key);
  Q_EMIT layoutChanged();
}

int OrganModel::done() const { return static_cast<int>(std::ranges::count_if(rows_, &OrganRow::done)); }

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
