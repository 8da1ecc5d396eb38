#pragma once
#include <filesystem>
#include <vector>

#include "ui/study/study_thread.h"
#include "ui/study/wizard_page.h"

class QCheckBox;
class QPushButton;
class QSpinBox;

namespace recontour {

/// CTs, their references, which of them are for practice, and which are of one patient.
class CasesPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  CasesPage(StudyDraft& draft, StudyThread& thread);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  bool isComplete() const override { return !isLooking_; }
  QTableWidget& table() { return *table_; }
  QCheckBox& drawBox() { return *draw_; }
  QSpinBox& drawnBox() { return *drawn_; }
  void addPaths(const std::vector<std::filesystem::path>& paths);  ///< looks for their references, and for patients
  void setReferences(const std::filesystem::path& folder);
  enum Column { kCase, kReference, kPractice, kPatient };

 private:
  void askFiles();
  void askFolder();
  void askReferences();
  void removeChosen();
  void look();
  void setLooking(bool looking);
  void fill(const std::vector<DraftCase>& cases);
  std::vector<DraftCase> written() const;  ///< the cases as the table has them

  StudyThread& thread_;
  std::vector<DraftCase> cases_;
  std::filesystem::path references_;
  bool isLooking_ = false;
  QTableWidget* table_ = nullptr;
  QCheckBox* draw_ = nullptr;
  QSpinBox* drawn_ = nullptr;
};

}  // namespace recontour
