#include "ui/study/wizard_summary_page.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

QString armLine(const StudyArm& arm) {
  const QString from = arm.fromNothing     ? SummaryPage::tr("from nothing")
                       : arm.checks        ? SummaryPage::tr("from what another reader drew")
                       : arm.model.empty() ? SummaryPage::tr("from contours")
                                           : SummaryPage::tr("from contours of %1").arg(shown(arm.model));
  return SummaryPage::tr("Arm %1: %2, %3; %4 tools, %5 cues")
      .arg(shown(arm.id), shown(arm.name), from)
      .arg(arm.tools.size())
      .arg(arm.cues.size());
}

QString summaryOf(const StudyDraft& draft) {
  const StudyProtocol& protocol = draft.protocol;
  const StudyAnalysis& analysis = protocol.analysis;
  const auto practice = std::ranges::count(draft.cases, true, &DraftCase::practice);
  const auto without = std::ranges::count_if(draft.cases, [](const DraftCase& one) { return one.reference.empty(); });
  QStringList lines = {SummaryPage::tr("%1: %2").arg(shown(protocol.id), shown(protocol.title)),
                       SummaryPage::tr("Folder: %1").arg(shown(draft.folder.string())),
                       SummaryPage::tr("Kind: %1").arg(presetTitle(protocol.design.preset)),
                       SummaryPage::tr("Cases: %1, of which %2 for practice and %3 without a reference")
                           .arg(draft.cases.size())
                           .arg(practice)
                           .arg(without)};
  if (draft.drawn)
    lines << SummaryPage::tr("Kept of them: %1, drawn by seed %2").arg(*draft.drawn).arg(protocol.design.seed);
  QStringList readers;
  for (const DraftReader& one : draft.readers) readers << shown(one.reader.id);
  lines << SummaryPage::tr("Readers: %1").arg(readers.join(QStringLiteral(", ")));
  for (const StudyArm& arm : protocol.arms) lines << armLine(arm);
  lines << SummaryPage::tr("Organs: %1; questions: %2").arg(protocol.organs.size()).arg(protocol.ratings.size());
  lines << SummaryPage::tr("Primary endpoint: %1, margin %2, idle limit %3 s")
               .arg(analysis.primaryEndpoint == "dsc" ? SummaryPage::tr("change of DSC")
                                                      : SummaryPage::tr("active time"))
               .arg(analysis.margin)
               .arg(analysis.primaryIdleLimitS);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

SummaryPage::SummaryPage(StudyDraft& draft, StudyThread& thread)
    : StudyWizardPage(
          draft, tr("Create and freeze"),
          tr("A draft can be changed: brought in, taken out, planted. Freezing lays it down, and readers can "
             "begin.")),
      thread_(thread) {
  setFinalPage(true);
  summary_ = new QLabel(this);
  summary_->setWordWrap(true);
  summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column()->addWidget(summary_);
  column()->addSpacing(8);
  problems_ = new QLabel(this);
  problems_->setWordWrap(true);
  problems_->setProperty("role", QStringLiteral("warning"));
  problems_->setAlignment(Qt::AlignTop);
  auto* area = new QScrollArea(this);
  area->setWidget(problems_);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  column()->addWidget(area, 1);
  auto* row = new QHBoxLayout;
  create_ = new QPushButton(tr("Create draft"), this);
  create_->setProperty("role", QStringLiteral("accent"));
  freeze_ = new QPushButton(tr("Freeze"), this);
  freeze_->setToolTip(tr("Cases, readers, arms and orders stay as they are from then on"));
  for (QPushButton* button : {create_, freeze_}) button->setAutoDefault(false);
  progress_ = new QProgressBar(this);
  progress_->setTextVisible(false);
  row->addWidget(create_);
  row->addWidget(freeze_);
  row->addStretch(1);
  row->addWidget(progress_);
  progress_->setFixedWidth(260);
  column()->addLayout(row);
  connect(create_, &QPushButton::clicked, this, &SummaryPage::create);
  connect(freeze_, &QPushButton::clicked, this, &SummaryPage::freezeIt);
  connect(&thread_, &StudyThread::progressed, this, [this](const QString& stage, int done, int all) {
    progress_->setRange(0, all);
    progress_->setValue(done);
    if (isWorking_) say(tr("%1: %2 of %3").arg(stage).arg(done + 1).arg(all));
  });
  connect(&thread_, &StudyThread::failed, this, [this](const QString&, const QString& why) {
    if (!isWorking_) return;
    say(why, true);
    setWorking(false);
  });
  enable();
}

void SummaryPage::show(const StudyDraft& draft) {
  summary_->setText(summaryOf(draft));
  QStringList lines;
  for (const std::string& one : problemsOf(draft)) lines << QStringLiteral("\u2022  ") + shown(one);
  if (!lines.isEmpty())
    lines.prepend(tr("It can be created, but not frozen as it is. Go back, or mend it in the study's window:"));
  problems_->setText(lines.join(QLatin1Char('\n')));
  enable();
}

QString SummaryPage::problemsText() const { return problems_->text(); }

void SummaryPage::setWorking(bool working) {
  isWorking_ = working;
  progress_->setRange(0, 0);
  enable();
  Q_EMIT completeChanged();  // the wizard sets its buttons; what follows has the last word
  Q_EMIT workingChanged();
}

void SummaryPage::enable() {
  create_->setEnabled(!isMade_ && !isWorking_);
  freeze_->setEnabled(isMade_ && !isFrozen_ && !isWorking_);
  progress_->setVisible(isWorking_);
}

void SummaryPage::create() {
  setWorking(true);
  say(tr("Creating the draft..."));
  const auto make = [draft = draft()](StudyDesk& desk) {
    makeStudy(draft, desk.clock, desk.progress, desk.stop);
    desk.study = CoordinatorStudy::open(draft.folder, desk.clock);
    return true;
  };
  thread_.run(tr("Creating the draft"), make, [this](const bool&) {
    isMade_ = true;
    say(tr("The draft is there. Freeze it now, or finish and do it later in the study's window."));
    setWorking(false);
    Q_EMIT made();
  });
}

void SummaryPage::freezeIt() {
  setWorking(true);
  say(tr("Freezing..."));
  const auto freeze = [](StudyDesk& desk) {
    desk.opened().freeze("coordinator");
    return shown(desk.opened().freezeHash());
  };
  thread_.run(tr("Freezing"), freeze, [this](const QString& hash) {
    isFrozen_ = true;
    say(tr("Frozen. Hash: %1").arg(hash));
    setWorking(false);
    Q_EMIT frozen(hash);
  });
}

}  // namespace recontour
