#pragma once
#include <QRect>
#include <QStyledItemDelegate>

#include "ui/panels/organ_model.h"

namespace recontour {

/// Where the parts of an organ's row lie.
struct OrganRowParts {
  QRect bar, dot, colour, name, eye, lock, volume, last;
};
/// @param row  the row's rectangle; the name takes what the fixed columns leave
OrganRowParts organRowParts(const QRect& row);

/// Paints one row of the organ list: active bar, state, colour, name, eye, lock, volume, time or DSC.
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
