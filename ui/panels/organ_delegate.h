#pragma once
#include <QRect>
#include <QStyledItemDelegate>

#include "ui/panels/organ_model.h"

namespace recontour {

/// Where the parts of an organ's row lie.
struct OrganRowParts {
  QRect bar, dot, colour, name, eye, lock, volume, note, last;
};
inline constexpr int kOrganColumnGap = 7;
/// @param row     the row's rectangle; the note takes what the other columns leave
/// @param scores  the last column holds two scores instead of a time, at the note's expense
OrganRowParts organRowParts(const QRect& row, bool scores = false);

/// Paints one row of the organ list: active bar, state, colour, name, eye, lock, volume, note, time or
/// DSC.
class OrganDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  explicit OrganDelegate(const OrganModel& model, QObject* parent = nullptr);
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  const OrganModel& model_;
};

}  // namespace recontour
