#pragma once
#include <QWizardPage>
#include <functional>

#include "ui/study/study_draft.h"

class QLabel;
class QLineEdit;
class QTableWidget;
class QVBoxLayout;

namespace recontour {

/// A page of the study wizard: shows its part of a draft and writes it back.
class StudyWizardPage : public QWizardPage {
  Q_OBJECT
 public:
  /// @param draft  must outlive the page
  StudyWizardPage(StudyDraft& draft, const QString& title, const QString& explanation);
  void initializePage() final { show(draft_); }
  void cleanupPage() final { put(draft_); }  ///< going back loses nothing
  bool validatePage() override;              ///< says what is wrong and stays
  QString said() const;

  virtual void show(const StudyDraft& draft) = 0;
  using QWizardPage::show;
  virtual void put(StudyDraft& draft) const = 0;
  virtual QString problem() const { return {}; }  ///< why one cannot go on; empty: nothing

 protected:
  QVBoxLayout* column() const { return column_; }  ///< what the page holds goes in here
  void say(const QString& text, bool isProblem = false);
  StudyDraft& draft() { return draft_; }

 private:
  StudyDraft& draft_;
  QVBoxLayout* column_ = nullptr;
  QLabel* said_ = nullptr;
};

/// Height of a row that is ticked.
inline constexpr int kCheckRow = 22;
/// A table that people write in, without row numbers.
QTableWidget* writableTable(const QStringList& headings, QWidget* parent);
QString tableText(const QTableWidget& table, int row, int column);  ///< without blanks around it
/// A path with a button that asks for a folder.
QWidget* folderField(QLineEdit*& path, const QString& title, QWidget* parent);

}  // namespace recontour
