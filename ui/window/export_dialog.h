#pragma once
#include <QDialog>

#include "core/workbench/workbench.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace recontour {

/// What Accept writes as DICOM, and where a copy goes.
class ExportDialog final : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const ExportOptions& options, QWidget* parent);
  ExportOptions options() const;
  QCheckBox& structureSet() { return *structureSet_; }
  QCheckBox& segmentation() { return *segmentation_; }
  QComboBox& edge() { return *edge_; }
  QComboBox& holes() { return *holes_; }
  QLineEdit& outbox() { return *outbox_; }
  QLineEdit& uidRoot() { return *uidRoot_; }

 private:
  void chooseOutbox();
  QCheckBox* structureSet_ = nullptr;
  QCheckBox* segmentation_ = nullptr;
  QComboBox* edge_ = nullptr;
  QComboBox* holes_ = nullptr;
  QLineEdit* outbox_ = nullptr;
  QLineEdit* uidRoot_ = nullptr;
};

/// Tells what was changed and what was never on the screen, organ by organ, before contours leave as DICOM; and asks
/// name and role of whoever approves them. Deletes itself when it is closed.
class AcceptDialog final : public QDialog {
  Q_OBJECT
 public:
  AcceptDialog(const std::vector<Workbench::OrganSlices>& organs, const OrganTable& table, QWidget* parent);
  QCheckBox& approves() { return *approves_; }
  QLineEdit& name() { return *name_; }
  QLineEdit& role() { return *role_; }
  QString listText() const;
  void goOn();

 Q_SIGNALS:
  void agreed(const std::optional<recontour::StructureSetFacts::Approval>& approval);

 private:
  void showState();
  QLabel* list_ = nullptr;
  QCheckBox* approves_ = nullptr;
  QLineEdit* name_ = nullptr;
  QLineEdit* role_ = nullptr;
  QPushButton* goOn_ = nullptr;
};

/// Numbers of slices, rising, as people count them, from 1: "3-7, 12".
QString slicesText(const std::vector<int>& slices);

}  // namespace recontour
