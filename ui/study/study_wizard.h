#pragma once
#include <QWizard>

#include "core/image/organ_table.h"
#include "ui/study/study_draft.h"
#include "ui/study/study_thread.h"
#include "ui/study/wizard_page.h"

class QListWidget;

namespace recontour {

/// Makes a study: asks for all of a protocol, creates the draft, and freezes it as a step of its own. Nothing is
/// written before *Create draft*, and nothing is left where that fails.
class StudyWizard final : public QWizard {
  Q_OBJECT
 public:
  enum Page { kPreset, kName, kCases, kReaders, kArms, kPlan, kAnalysis, kQuestions, kOrgans, kSummary, kPages };
  /// @param clock  must outlive the wizard. @param parentFolder  studies are put beside each other here at first
  StudyWizard(const Clock& clock, const std::filesystem::path& parentFolder, QWidget* parent = nullptr);
  ~StudyWizard() override;
  template <typename Kind>
  Kind& at(Page page) {
    return static_cast<Kind&>(*this->page(page));
  }
  const StudyDraft& draft() const { return draft_; }
  StudyThread& thread() { return *thread_; }
  void reject() override;

 Q_SIGNALS:
  void finishedWith(const QString& folder);  ///< of a study that is there; it may be opened as coordinator

 private:
  void makeSteps();
  void dimRuler();
  void showStep(int page);
  StudyDraft draft_;
  StudyThread* thread_ = nullptr;
  QListWidget* steps_ = nullptr;
  bool closing_ = false;
};

}  // namespace recontour
