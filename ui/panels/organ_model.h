#pragma once
#include <QAbstractListModel>
#include <QColor>
#include <QString>
#include <vector>

#include "core/image/organ_table.h"
#include "core/workbench/workbench_state.h"

namespace recontour {

/// What holds for the whole list.
struct OrganListState {
  bool accepted = false;        ///< the case is accepted as it is
  bool referenceShown = false;  ///< the last column shows DSC before and after instead of the active time
  bool hasLabels = false;       ///< some label map is there, so that a volume means something
  bool hasStart = false;        ///< contours came from a model or a file
  bool counted = false;         ///< volumes and warnings are known
  bool scribbling = false;      ///< notes tell strokes
  bool volumes = true;          ///< are shown
  bool dots = true;             ///< show what was seen and edited; what the reader said is always shown
};

/// What one row of the organ list shows.
struct OrganRow {
  QString name;
  QColor colour;
  OrganStatus status;
  bool visible = true;
  bool locked = false;
  bool active = false;    ///< the organ that tools paint
  bool flashing = false;  ///< its lock has just refused a stroke
  int place = 0;          ///< in the organ table
  OrganListState list;
  /// Known to have no contour.
  bool empty() const { return list.hasLabels && list.counted && status.volumeMl <= 0; }
  /// Something is worth a look, and the reader has not said that it is as it should be. An edit alone does not say so.
  bool concerned() const { return !done() && !status.concerns.empty(); }
  /// Nothing is left to do: the reader has said so of the organ or of the whole case.
  bool done() const { return list.accepted || status.statement.verdict != OrganVerdict::None; }
  /// False for what the model is known to get wrong, until the reader has worked on it.
  bool reliable() const { return status.edited || !status.expectedDsc || *status.expectedDsc >= kReliableDsc; }
};

/// The organs of the table in their order, or those with concerns first. Rows are set from the workbench; the model
/// keeps nothing of its own.
class OrganModel : public QAbstractListModel {
  Q_OBJECT
 public:
  using QAbstractListModel::QAbstractListModel;
  void setOrgans(const OrganTable& organs);
  /// @param status  one entry per organ of the table, in its order; empty without a case
  void setStatus(const std::vector<OrganStatus>& status, const OrganListState& list);
  /// Organs with something to look at come first, whether or not it was looked at, so that no row jumps away when it
  /// was.
  void setConcernsFirst(bool first);
  int done() const;       ///< rows, of those that are wanted
  int wanted() const;     ///< rows
  int concerned() const;  ///< rows with an open warning
  int hidden() const;     ///< rows with a contour that is not shown
  void setVisible(Label organ, bool visible);
  void setLocked(Label organ, bool locked);
  void setActive(Label organ);
  void setFlashing(Label organ, bool flashing);

  int rowOf(Label organ) const;  ///< -1 when there is none
  const OrganRow& row(int number) const { return rows_[static_cast<std::size_t>(number)]; }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  template <typename Change>
  void changeRow(Label organ, Change change);
  void sortRows();
  std::vector<OrganRow> rows_;
  bool concernsFirst_ = false;
};

}  // namespace recontour
