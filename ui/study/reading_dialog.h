#pragma once
#include <QDialog>

#include "core/study/coordinator_study.h"
#include "core/study/study_results.h"

class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace recontour {

/// What is known of one reading; takes it out of all figures, or lets its reader go on. Either wants a reason. Deletes
/// itself when it is closed.
class ReadingDialog final : public QDialog {
  Q_OBJECT
 public:
  ReadingDialog(const StudySession& session, const StudyProtocol& protocol, StudyStage stage, QWidget* parent);
  QLineEdit& reasonEdit() { return *reason_; }
  QPushButton& excludeButton() { return *exclude_; }
  QPushButton& reopenButton() { return *reopen_; }

 Q_SIGNALS:
  void excluded(const QString& task, const QString& reason);
  void reopened(const QString& task, const QString& reason);

 private:
  QLabel* add(const QString& name, const QString& text);
  void addFacts(const StudySession& session);
  void addTimes(const StudySession& session, const StudyAnalysis& analysis);
  QHBoxLayout* makeButtons();
  void enable();
  const QString task_;
  bool canExclude_ = false, canReopen_ = false;
  QFormLayout* form_ = nullptr;
  QLineEdit* reason_ = nullptr;
  QPushButton *exclude_ = nullptr, *reopen_ = nullptr;
};

}  // namespace recontour
