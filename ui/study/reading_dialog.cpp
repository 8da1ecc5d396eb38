#include "ui/study/reading_dialog.h"

#include <QDateTime>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

using State = StudySession::State;

constexpr int kWidth = 480;

QString limitsText(const StudySession& session, const StudyAnalysis& analysis) {
  QStringList parts;
  for (std::size_t i = 0; i < analysis.idleLimitsS.size(); ++i)
    parts << QStringLiteral("%1 (%2 s)").arg(minutesText(session.activeAtS[i])).arg(analysis.idleLimitsS[i], 0, 'g', 4);
  return parts.join(QStringLiteral("   "));
}

}  // namespace

ReadingDialog::ReadingDialog(const StudySession& session, const StudyProtocol& protocol, StudyStage stage,
                             QWidget* parent)
    : QDialog(parent), task_(shown(session.task.id)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setMinimumWidth(kWidth);
  setProperty("role", QStringLiteral("study"));
  setWindowTitle(tr("Reading of case %1 by %2").arg(shown(session.task.caseId), shown(session.task.reader)));
  canExclude_ = session.state != State::Excluded;
  canReopen_ = stage == StudyStage::Frozen && (session.state == State::Accepted || session.state == State::Excluded);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(12);
  form_ = new QFormLayout;
  layout->addLayout(form_);
  addFacts(session);
  addTimes(session, protocol.analysis);
  for (const StudyFlag& flag : session.flags) add(flagLabel(flag.kind), shown(flag.text))->setWordWrap(true);
  if (!session.excludedReason.empty()) add(tr("Excluded because"), shown(session.excludedReason))->setWordWrap(true);
  reason_ = new QLineEdit(this);
  reason_->setPlaceholderText(tr("Needed to exclude or reopen; the report tells it"));
  form_->addRow(dimLabel(tr("Reason"), this), reason_);
  connect(reason_, &QLineEdit::textChanged, this, &ReadingDialog::enable);
  layout->addStretch(1);
  layout->addLayout(makeButtons());
  enable();
}

QLabel* ReadingDialog::add(const QString& name, const QString& text) {
  auto* label = new QLabel(text, this);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  form_->addRow(dimLabel(name, this), label);
  return label;
}

void ReadingDialog::addFacts(const StudySession& session) {
  const StudyTask& task = session.task;
  add(tr("Task"), task_);
  add(tr("Case"), shown(task.caseId));
  add(tr("Arm"), tr("%1, period %2, number %3 of the reader").arg(shown(task.arm)).arg(task.period).arg(task.position));
  add(tr("State"), stateLabel(session.state) + (task.practice ? tr(", practice") : QString()) +
                       (task.repeat > 0 ? tr(", repeated") : QString()));
  if (session.acceptedWallMs > 0)
    add(tr("Accepted"),
        QLocale().toString(QDateTime::fromMSecsSinceEpoch(session.acceptedWallMs), QLocale::ShortFormat));
}

void ReadingDialog::addTimes(const StudySession& session, const StudyAnalysis& analysis) {
  if (session.wallS <= 0) return;
  add(tr("Time"), tr("%1 active, %2 in all, %3 in forms")
                      .arg(minutesText(session.activeS), minutesText(session.wallS), minutesText(session.ratingS)));
  add(tr("By idle limit"), limitsText(session, analysis));
  add(tr("Work"),
      tr("%1 organs edited, %2 strokes, %3 undone").arg(session.organsEdited).arg(session.strokes).arg(session.undos));
}

QHBoxLayout* ReadingDialog::makeButtons() {
  auto* buttons = new QHBoxLayout;
  exclude_ = new QPushButton(tr("Exclude"), this);
  exclude_->setToolTip(tr("Leaves the reading out of all figures"));
  reopen_ = new QPushButton(tr("Reopen"), this);
  reopen_->setToolTip(tr("Lets the reader go on with it, from the next package"));
  auto* close = new QPushButton(tr("Close"), this);
  for (QPushButton* button : {exclude_, reopen_, close}) button->setAutoDefault(false);
  buttons->addWidget(exclude_);
  buttons->addWidget(reopen_);
  buttons->addStretch(1);
  buttons->addWidget(close);
  connect(close, &QPushButton::clicked, this, &QDialog::reject);
  connect(exclude_, &QPushButton::clicked, this, [this] {
    Q_EMIT excluded(task_, reason_->text().trimmed());
    accept();
  });
  connect(reopen_, &QPushButton::clicked, this, [this] {
    Q_EMIT reopened(task_, reason_->text().trimmed());
    accept();
  });
  return buttons;
}

void ReadingDialog::enable() {
  const bool hasReason = !reason_->text().trimmed().isEmpty();
  exclude_->setEnabled(canExclude_ && hasReason);
  reopen_->setEnabled(canReopen_ && hasReason);
}

}  // namespace recontour
