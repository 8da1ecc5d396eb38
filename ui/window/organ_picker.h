#pragma once
#include <QDialog>

#include "core/image/organ_table.h"

class QLineEdit;
class QListWidget;

namespace recontour {

/// A small list under the keyboard's hand: typing narrows it, Up and Down move in it, Enter chooses, Escape leaves.
class OrganPicker final : public QDialog {
  Q_OBJECT
 public:
  OrganPicker(const OrganTable& organs, Label active, QWidget* parent);

 Q_SIGNALS:
  void organChosen(int organ);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void narrow(const QString& words);
  void choose();
  QLineEdit* words_ = nullptr;
  QListWidget* list_ = nullptr;
};

}  // namespace recontour
