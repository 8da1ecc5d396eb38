#pragma once
#include <vector>

#include "ui/study/wizard_page.h"

class QComboBox;
class QListWidget;
class QPushButton;
class QTabWidget;

namespace recontour {

/// One arm: from what its readers begin, which tools they have, what they are shown.
class ArmEditor final : public QWidget {
  Q_OBJECT
 public:
  ArmEditor(const StudyArm& arm, const DraftStarts& starts, QWidget* parent);
  StudyArm arm() const;
  DraftStarts starts() const;
  QListWidget& tools() { return *tools_; }
  QListWidget& cues() { return *cues_; }
  QLineEdit& startsEdit() { return *folder_; }
  QLineEdit& modelEdit() { return *model_; }
  QComboBox& beginning() { return *beginning_; }

 private:
  QWidget* makeBeginning(const DraftStarts& starts);
  void enable();
  StudyArm arm_;
  QLineEdit *name_ = nullptr, *folder_ = nullptr, *model_ = nullptr, *modelHash_ = nullptr;
  QComboBox* beginning_ = nullptr;
  QWidget* maps_ = nullptr;
  QListWidget *tools_ = nullptr, *cues_ = nullptr;
};

class ArmsPage final : public StudyWizardPage {
  Q_OBJECT
 public:
  explicit ArmsPage(StudyDraft& draft);
  void show(const StudyDraft& draft) override;
  void put(StudyDraft& draft) const override;
  QString problem() const override;
  ArmEditor& editor(int number) { return *editors_[static_cast<std::size_t>(number)]; }
  void addArm();

 private:
  void add(const StudyArm& arm, const DraftStarts& starts);
  QTabWidget* tabs_ = nullptr;
  QPushButton* add_ = nullptr;
  std::vector<ArmEditor*> editors_;
};

}  // namespace recontour
