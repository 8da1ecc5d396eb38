#pragma once
#include <QWidget>

#include "core/edit/edit_rules.h"
#include "core/image/organ_table.h"

class QComboBox;
class QMenu;
class QPushButton;
class QSpinBox;

namespace recontour {

/// What strokes may paint over, and where they may go.
class EditRulesEditor : public QWidget {
  Q_OBJECT
 public:
  explicit EditRulesEditor(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs);
  void setSlices(int axial);              ///< of the open case
  void setRules(const EditRules& rules);  ///< emits nothing
  QComboBox& overwriteBox() { return *overwrite_; }
  QComboBox& areaBox() { return *area_; }

 Q_SIGNALS:
  void rulesChanged(const recontour::EditRules& rules);

 private:
  void buildNumbers();
  void showParts();
  void readRules();
  EditRules rules_;
  QComboBox* overwrite_ = nullptr;
  QPushButton* chosen_ = nullptr;
  QMenu* organs_ = nullptr;
  QComboBox* area_ = nullptr;
  QWidget* range_ = nullptr;
  QSpinBox* from_ = nullptr;
  QSpinBox* to_ = nullptr;
  int slices_ = 1;
};

}  // namespace recontour
