#pragma once
#include <vector>

#include "core/image/organ_table.h"
#include "ui/study/wizard_page.h"

class QCheckBox;
class QListWidget;
class QPlainTextEdit;

namespace recontour {

/// What readers are asked in forms before a case is revised, and after.
class QuestionsPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit QuestionsPage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QListWidget& list() { return *list_; }
  QLineEdit& questionEdit() { return *question_; }
  QPlainTextEdit& answersEdit() { return *answers_; }
  void addQuestion();

 private:
  void makeEditor();
  void showQuestion(int row);
  void keep();  ///< what is written goes into the list
  std::vector<StudyRating> ratings_;
  bool isShowing_ = false;
  QListWidget* list_ = nullptr;
  QWidget* editor_ = nullptr;
  QLineEdit* question_ = nullptr;
  QPlainTextEdit* answers_ = nullptr;
  QCheckBox *before_ = nullptr, *after_ = nullptr, *perOrgan_ = nullptr;
};

/// Which organs are revised, and how far each goes: readers have the text at hand.
class OrgansPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  OrgansPage(StudyDraft& draft, const OrganTable& organs);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  QListWidget& list() { return *list_; }
  QPlainTextEdit& textEdit() { return *text_; }

 private:
  OrganTable organs_;
  std::map<std::string, std::string> texts_;
  QListWidget* list_ = nullptr;
  QPlainTextEdit* text_ = nullptr;
};

}  // namespace recontour
