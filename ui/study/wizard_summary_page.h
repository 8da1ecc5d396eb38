#pragma once
#include "ui/study/study_thread.h"
#include "ui/study/wizard_page.h"

class QProgressBar;
class QPushButton;

namespace recontour {

/// What will be made and what it lacks; makes the draft, then freezes it as a step of its own.
class SummaryPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  SummaryPage(StudyDraft& draft, StudyThread& thread);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft&) const override {}
  bool isComplete() const override { return isMade_ && !isWorking_; }
  QPushButton& createButton() { return *create_; }
  QPushButton& freezeButton() { return *freeze_; }
  QString problemsText() const;
  bool isMade() const { return isMade_; }
  bool isWorking() const { return isWorking_; }

 Q_SIGNALS:
  void workingChanged();
  void made();
  void frozen(const QString& hash);

 private:
  void create();
  void freezeIt();
  void setWorking(bool working);
  void enable();
  StudyThread& thread_;
  bool isMade_ = false, isFrozen_ = false, isWorking_ = false;
  QLabel *summary_ = nullptr, *problems_ = nullptr;
  QPushButton *create_ = nullptr, *freeze_ = nullptr;
  QProgressBar* progress_ = nullptr;
};

}  // namespace recontour
