#pragma once
#include <QDialog>
#include <vector>

#include "core/image/organ_table.h"
#include "core/session/organ_review.h"

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace recontour {

/// Asks why organs have no contour: a reason of three each, and room for a note. Deletes itself when it is closed.
class ReasonDialog final : public QDialog {
  Q_OBJECT
 public:
  struct Answer {
    Label organ = 0;
    OrganStatement statement;
  };
  /// @param goOn  text of the button that answers
  ReasonDialog(const std::vector<Organ>& organs, const QString& goOn, QWidget* parent);

 Q_SIGNALS:
  void answered(const std::vector<recontour::ReasonDialog::Answer>& answers);

 private:
  struct Row {
    Label organ = 0;
    QComboBox* reason = nullptr;
    QLineEdit* note = nullptr;
  };
  void addRow(QGridLayout& grid, const Organ& organ);
  void addRowForAll(QGridLayout& grid);
  void enableAnswer();
  void answer();
  std::vector<Row> rows_;
  QPushButton* goOn_ = nullptr;
};

}  // namespace recontour
