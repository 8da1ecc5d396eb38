#include "ui/study/study_wizard.h"

#include <QAbstractButton>
#include <QListWidget>
#include <QPalette>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"
#include "ui/study/wizard_arms_page.h"
#include "ui/study/wizard_cases_page.h"
#include "ui/study/wizard_plan_pages.h"
#include "ui/study/wizard_readers_page.h"
#include "ui/study/wizard_start_pages.h"
#include "ui/study/wizard_summary_page.h"
#include "ui/study/wizard_text_pages.h"

namespace recontour {
namespace {

constexpr int kWidth = 1020, kHeight = 680, kStepsWidth = 200;

StudyDraft emptyDraft(const std::filesystem::path& parentFolder, const OrganTable& organs) {
  StudyDraft draft;
  draft.folder = parentFolder / "study";
  draft.protocol = studyPreset("word-fig3");
  for (const Organ& organ : organs.organs()) draft.protocol.organs.push_back(organ.key);
  return draft;
}

}  // namespace

StudyWizard::StudyWizard(const Clock& clock, const std::filesystem::path& parentFolder, QWidget* parent)
    : QWizard(parent) {
  setWindowTitle(tr("New study"));
  setProperty("role", QStringLiteral("study"));
  setWizardStyle(QWizard::ClassicStyle);
  setOption(QWizard::NoBackButtonOnStartPage);
  setOption(QWizard::NoCancelButtonOnLastPage, false);
  setWindowModality(Qt::WindowModal);
  resize(kWidth, kHeight);
  const OrganTable organs = OrganTable::named("word");
  draft_ = emptyDraft(parentFolder, organs);
  thread_ = new StudyThread(clock, this);
  auto* summary = new SummaryPage(draft_, *thread_);
  setPage(kPreset, new PresetPage(draft_));
  setPage(kName, new NamePage(draft_));
  setPage(kCases, new CasesPage(draft_, *thread_));
  setPage(kReaders, new ReadersPage(draft_));
  setPage(kArms, new ArmsPage(draft_));
  setPage(kPlan, new PlanPage(draft_));
  setPage(kAnalysis, new AnalysisPage(draft_, organs));
  setPage(kQuestions, new QuestionsPage(draft_));
  setPage(kOrgans, new OrgansPage(draft_, organs));
  setPage(kSummary, summary);
  makeSteps();
  dimRuler();
  connect(this, &QWizard::currentIdChanged, this, &StudyWizard::showStep);
  connect(summary, &SummaryPage::workingChanged, this, [this, summary] {
    button(BackButton)->setEnabled(!summary->isMade() && !summary->isWorking());
    button(CancelButton)->setEnabled(!summary->isMade() || summary->isWorking());
  });
  connect(this, &QDialog::accepted, this, [this] { Q_EMIT finishedWith(shown(draft_.folder.string())); });
  connect(thread_, &StudyThread::busyChanged, this, [this] {
    if (closing_ && !thread_->isBusy()) QWizard::reject();
  });
}

StudyWizard::~StudyWizard() = default;

void StudyWizard::makeSteps() {
  steps_ = new QListWidget(this);
  steps_->setObjectName(QStringLiteral("steps"));
  steps_->setFixedWidth(kStepsWidth);
  steps_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  steps_->setFocusPolicy(Qt::NoFocus);
  steps_->setSelectionMode(QAbstractItemView::NoSelection);
  for (int id = 0; id < kPages; ++id) {
    auto* item = new QListWidgetItem(QStringLiteral("%1  %2").arg(id + 1).arg(page(id)->property("name").toString()));
    item->setFlags(Qt::ItemIsEnabled);
    steps_->addItem(item);
  }
  setSideWidget(steps_);
}

/// Qt draws the line above the buttons in a colour that no style sheet reaches.
void StudyWizard::dimRuler() {
  constexpr int kRulerHeight = 2;
  QPalette colours = palette();
  colours.setColor(QPalette::Mid, theme().line);
  for (QWidget* part : findChildren<QWidget*>())
    if (part->maximumHeight() == kRulerHeight) part->setPalette(colours);
}

void StudyWizard::showStep(int at) {
  for (int row = 0; row < steps_->count(); ++row) {
    QListWidgetItem* item = steps_->item(row);
    QFont font = steps_->font();
    font.setBold(row == at);
    item->setFont(font);
    item->setFlags(row <= at ? Qt::ItemIsEnabled : Qt::NoItemFlags);
  }
}

/// Work that is under way is told to stop; a draft that is not whole by then goes again.
void StudyWizard::reject() {
  if (!thread_->isBusy()) return QWizard::reject();
  closing_ = true;
  thread_->cancel();
  hide();
}

}  // namespace recontour
