#pragma once
#include <QDialog>

#include "ui/window/operation_choices.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QTimer;

namespace recontour {

/// Asks how much, with a preview on the pictures: apply or give up.
class OperationDialog final : public QDialog {
  Q_OBJECT
 public:
  OperationDialog(const OperationChoice& choice, const QString& organ, QWidget* parent);
  double amount() const;
  OperationKind kind() const { return kind_; }
  QDoubleSpinBox& amountBox() { return *amount_; }
  QPushButton& applyButton() { return *apply_; }
  void setBusy();                      ///< the preview is being made
  void setChange(double millilitres);  ///< what the preview does to the organ

 Q_SIGNALS:
  void previewAsked(double amount);
  void applied(double amount);

 private:
  OperationKind kind_;
  QDoubleSpinBox* amount_ = nullptr;
  QLabel* change_ = nullptr;
  QPushButton* apply_ = nullptr;
  QTimer* wait_ = nullptr;
};

}  // namespace recontour
