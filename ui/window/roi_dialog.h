#pragma once
#include <QDialog>
#include <vector>

#include "core/workbench/workbench.h"

class QComboBox;
class QTableWidget;

namespace recontour {

/// Has the reader say which organs the ROIs of a structure set are, where names leave a doubt: the likely one is
/// proposed. Deletes itself when it is closed.
class RoiDialog final : public QDialog {
  Q_OBJECT
 public:
  RoiDialog(const StructureOffer& offer, const OrganTable& organs, QWidget* parent);
  QComboBox& choiceOf(int roi) { return *choices_[static_cast<std::size_t>(roi)]; }
  RoiKeys keys() const;
  /// Two ROIs that are said to be one organ; empty where there are none.
  QString conflict() const;

 Q_SIGNALS:
  void answered(const recontour::RoiKeys& keys);

 private:
  QComboBox* makeChoice(const MatchedRoi& match, const OrganTable& organs);
  void answer();
  QTableWidget* rows_ = nullptr;
  std::vector<QComboBox*> choices_;
};

}  // namespace recontour
