#include "ui/panels/study_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

namespace {

constexpr int kColumn = 460, kMargins = 24;

/// Lines that wrap get the height that they need; a centred column does not ask for it.
void setWrapped(QLabel& label, const QString& text) {
  label.setText(text);
  label.setMinimumHeight(text.isEmpty() ? 0 : label.heightForWidth(kColumn - kMargins));
  label.setVisible(!text.isEmpty());
}

/// 64 digits in groups of eight, so that two people can compare them.
QString grouped(const QString& digits) {
  QStringList groups;
  for (qsizetype i = 0; i < digits.size(); i += 8) groups += digits.mid(i, 8);
  return groups.join(QLatin1Char(' '));
}

}  // namespace

StudyPage::StudyPage(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("welcome"));  // looks like the page before a case
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QWidget(this);
  column->setFixedWidth(kColumn);
  auto* layout = new QVBoxLayout(column);
  layout->setSpacing(10);
  study_ = dimLabel({}, column);
  head_ = new QLabel(column);
  head_->setProperty("role", QStringLiteral("big"));
  hint_ = dimLabel({}, column);
  hint_->setWordWrap(true);
  progress_ = new QProgressBar(column);
  progress_->setFixedHeight(6);
  progress_->setTextVisible(false);
  pin_ = new QLineEdit(column);
  pin_->setEchoMode(QLineEdit::Password);
  pin_->setPlaceholderText(tr("PIN"));
  pin_->setAccessibleName(tr("PIN of the reader"));
  goOn_ = new QPushButton(column);
  goOn_->setProperty("role", QStringLiteral("accent"));
  goOn_->setFixedHeight(40);
  send_ = new QPushButton(tr("Pack what is to be sent back..."), column);
  send_->setProperty("role", QStringLiteral("link"));
  message_ = new QLabel(column);
  message_->setWordWrap(true);
  receipt_ = dimLabel({}, column);
  receipt_->setWordWrap(true);
  receipt_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  for (QWidget* part : std::initializer_list<QWidget*>{study_, head_, hint_, progress_}) layout->addWidget(part);
  layout->addSpacing(10);
  for (QWidget* part : std::initializer_list<QWidget*>{pin_, goOn_, message_, receipt_}) layout->addWidget(part);
  layout->addWidget(send_, 0, Qt::AlignLeft);
  auto* outer = new QVBoxLayout(this);
  outer->addStretch(2);
  outer->addWidget(column, 0, Qt::AlignHCenter);
  outer->addStretch(3);
  connect(goOn_, &QPushButton::clicked, this, &StudyPage::goOn);
  connect(pin_, &QLineEdit::returnPressed, this, &StudyPage::goOn);
  connect(send_, &QPushButton::clicked, this, &StudyPage::sendClicked);
  setMessage({}, false);
  setReceipt({});
}

void StudyPage::goOn() {
  if (state_.step == Step::Pin) return Q_EMIT pinEntered(pin_->text());
  Q_EMIT goOnClicked();
}

QString StudyPage::headOf(const State& state) {
  switch (state.step) {
    case Step::Pin:
      return tr("Who reads?");
    case Step::Finished:
      return state.accepted == state.cases ? tr("All cases are read") : tr("Nothing to read now");
    case Step::Paused:
      return tr("Paused");
    case Step::Saving:
      return tr("The case is being saved");
    default:
      return state.practice ? tr("Practice case") : tr("Case %1 of %2").arg(state.number).arg(state.cases);
  }
}

QString StudyPage::buttonOf(const State& state) {
  switch (state.step) {
    case Step::Pin:
      return tr("Unlock");
    case Step::Next:
      return tr("Open the next case");
    case Step::Start:
      return tr("Start");
    case Step::Paused:
      return tr("Go on");
    case Step::Opening:
      return tr("The case is being opened");
    default:
      return {};
  }
}

void StudyPage::setState(const State& state) {
  state_ = state;
  study_->setText(tr("Study %1   reader %2").arg(state.study, state.reader) +
                  (state.simulated ? tr("   simulated") : QString()));
  head_->setText(headOf(state));
  setWrapped(*hint_, state.hint);
  progress_->setRange(0, std::max(1, state.cases));
  progress_->setValue(state.accepted);
  progress_->setToolTip(tr("%1 of %2 cases are read").arg(state.accepted).arg(state.cases));
  pin_->setVisible(state.step == Step::Pin);
  pin_->clear();
  const QString button = buttonOf(state);
  goOn_->setText(button);
  goOn_->setVisible(!button.isEmpty());
  goOn_->setEnabled(state.step != Step::Opening);
  send_->setVisible((state.step == Step::Next || state.step == Step::Finished) && state.accepted > 0);
  receipt_->setVisible(!receipt_->text().isEmpty() && (state.step == Step::Next || state.step == Step::Finished));
  if (state.step == Step::Pin) pin_->setFocus();
}

void StudyPage::setMessage(const QString& text, bool failure) {
  setWrapped(*message_, text);
  setRole(*message_, failure ? QStringLiteral("error") : QString());
}

void StudyPage::setReceipt(const QString& receipt) {
  setWrapped(*receipt_,
             receipt.isEmpty() ? QString() : tr("Accepted. Receipt of the last case:\n%1").arg(grouped(receipt)));
}

}  // namespace recontour
