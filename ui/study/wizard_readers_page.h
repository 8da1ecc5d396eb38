#pragma once
#include "ui/study/wizard_page.h"

namespace recontour {

/// Who reads: pseudonyms, never names.
class ReadersPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit ReadersPage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QTableWidget& table() { return *table_; }
  void addReader();
  enum Column { kPseudonym, kHospital, kYears, kPin };

 private:
  std::vector<DraftReader> written() const;
  void fill(int row, const DraftReader& reader);
  void removeChosen();
  QTableWidget* table_ = nullptr;
};

}  // namespace recontour
