#pragma once
#include <array>

#include "core/image/organ_table.h"
#include "ui/study/wizard_page.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace recontour {

/// From what the orders are made, and how far apart readings are kept.
class PlanPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit PlanPage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QLineEdit& seedEdit() { return *seed_; }
  QSpinBox& washoutBox() { return *washout_; }
  QSpinBox& samePatientBox() { return *samePatient_; }

 private:
  QSpinBox* number(QFormLayout& form, const QString& name, const QString& suffix, const QString& text);
  QLineEdit* seed_ = nullptr;
  QSpinBox *scratch_ = nullptr, *repeated_ = nullptr, *washout_ = nullptr, *samePatient_ = nullptr;
};

/// What is computed, laid down before the first case is opened.
class AnalysisPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  AnalysisPage(StudyDraft& draft, const OrganTable& organs);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QDoubleSpinBox& limitBox(int number) { return *limits_[static_cast<std::size_t>(number)]; }
  QDoubleSpinBox& marginBox() { return *margin_; }
  QTableWidget& tolerances() { return *tolerances_; }

 private:
  QWidget* makeForm();
  OrganTable organs_;
  std::array<QDoubleSpinBox*, 4> limits_{};
  QComboBox *primaryLimit_ = nullptr, *endpoint_ = nullptr, *profile_ = nullptr;
  QDoubleSpinBox *margin_ = nullptr, *alpha_ = nullptr;
  QSpinBox* samples_ = nullptr;
  QTableWidget* tolerances_ = nullptr;
};

}  // namespace recontour
