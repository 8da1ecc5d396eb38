#pragma once
#include <vector>

#include "ui/study/wizard_page.h"

class QCheckBox;
class QRadioButton;

namespace recontour {

/// What kind of study it is. Another kind brings its own arms, questions and design.
class PresetPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit PresetPage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QRadioButton& choice(const std::string& preset);

 private:
  std::string chosen() const;
  std::vector<QRadioButton*> choices_;  ///< as studyPresetNames()
};

/// What it is called and where it lies.
class NamePage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit NamePage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QLineEdit& nameEdit() { return *name_; }
  QLineEdit& titleEdit() { return *title_; }
  QLineEdit& ethicsEdit() { return *ethics_; }
  QLineEdit& folderEdit() { return *folder_; }

 private:
  QLineEdit *name_ = nullptr, *title_ = nullptr, *ethics_ = nullptr, *folder_ = nullptr;
  QCheckBox* simulated_ = nullptr;
};

}  // namespace recontour
