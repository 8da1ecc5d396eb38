#include "ui/panels/case_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

QLabel* chip(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setProperty("role", QStringLiteral("chip"));
  label->setFixedHeight(20);
  label->hide();
  return label;
}

}  // namespace

CaseHeader::CaseHeader(QWidget* parent) : QWidget(parent) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 8, 0);
  layout->setSpacing(10);
  case_ = new QLabel(this);
  case_->setTextFormat(Qt::RichText);
  synthetic_ = chip(tr("synthetic"), this);
  synthetic_->setToolTip(tr("A phantom made by a program, not a patient"));
  readOnly_ = chip(tr("read only"), this);
  dot_ = new QLabel(this);
  time_ = new QLabel(this);
  time_->setToolTip(tr("Active time: pauses of more than 30 s without mouse or keys do not count"));
  pause_ = new QToolButton(this);
  pause_->setCheckable(true);
  pause_->setIconSize({14, 14});
  pause_->setAccessibleName(tr("Pause the timer"));
  next_ = new QPushButton(this);
  next_->setProperty("role", QStringLiteral("next"));
  next_->setToolTip(
      tr("Organs that are not done: neither accepted (N) nor without a contour for a reason. Click: the next place "
         "with a warning, or else the next of them"));
  accept_ = new QPushButton(tr("Accept case"), this);
  for (QWidget* part :
       std::initializer_list<QWidget*>{case_, synthetic_, readOnly_, dot_, time_, pause_, next_, accept_}) {
    layout->addWidget(part);
  }
  connect(pause_, &QToolButton::clicked, this, &CaseHeader::pauseToggled);
  connect(next_, &QPushButton::clicked, this, &CaseHeader::nextClicked);
  connect(accept_, &QPushButton::clicked, this, &CaseHeader::acceptClicked);
  setCase({}, {}, false, false);
  setTime(0, false);
  setAccept(false, false);
  setLeft(0);
}

void CaseHeader::setCase(const QString& name, const QString& reader, bool synthetic, bool readOnly) {
  const bool open = !name.isEmpty();
  const QString pair = QStringLiteral("<span style=\"color:%1\">%2</span> <b>%3</b>");
  const QString shortName = fontMetrics().elidedText(name, Qt::ElideMiddle, 220);
  case_->setText(open ? pair.arg(theme().dim.name(), tr("case"), shortName.toHtmlEscaped()) +
                            QStringLiteral("&nbsp;&nbsp; ") +
                            pair.arg(theme().dim.name(), tr("reader"), reader.toHtmlEscaped())
                      : QString());
  case_->setToolTip(name);
  synthetic_->setVisible(open && synthetic);
  readOnly_->setVisible(open && readOnly);
  for (QWidget* part : std::initializer_list<QWidget*>{dot_, time_, pause_}) part->setVisible(open && !readOnly);
}

void CaseHeader::setStudy(const QString& text, bool timer, bool mayPause) {
  inStudy_ = true;
  case_->setText(text);
  case_->setToolTip({});
  for (QWidget* part : std::initializer_list<QWidget*>{synthetic_, readOnly_}) part->hide();
  for (QWidget* part : std::initializer_list<QWidget*>{dot_, time_}) part->setVisible(timer);
  pause_->setVisible(mayPause);
  accept_->setVisible(mayPause);
}

void CaseHeader::setTime(double activeSeconds, bool paused) {
  const QColor colour = paused ? theme().warning : theme().good;
  dot_->setText(QStringLiteral("<span style=\"color:%1\">&#9679;</span>").arg(colour.name()));
  dot_->setToolTip(paused ? tr("paused") : tr("running"));
  time_->setText(minutesText(activeSeconds));
  const QIcon pauseIcon = icon(QStringLiteral("pause"), theme().text),
              playIcon = icon(QStringLiteral("play"), theme().warning);
  pause_->setIcon(paused ? playIcon : pauseIcon);
  pause_->setChecked(paused);
  pause_->setToolTip(paused ? tr("Go on") : tr("Pause the timer"));
}

void CaseHeader::setAccept(bool possible, bool accepted) {
  accept_->setEnabled(possible);
  accept_->setText(inStudy_ ? tr("Clinically acceptable") : accepted ? tr("Accepted") : tr("Accept case"));
  accept_->setToolTip(inStudy_   ? tr("You are through with this case; it cannot be changed after that")
                      : accepted ? tr("Nothing has changed since")
                                 : tr("Write the revised map and its result file  Ctrl+Return"));
}

void CaseHeader::setLeft(int organs) {
  next_->setVisible(organs > 0);
  next_->setText(tr("Review next (%1 left)").arg(organs));
  setRole(*accept_, organs > 0 ? QString() : QStringLiteral("accent"));  // what is next is the brightest
}

QString CaseHeader::timeText() const { return time_->text(); }

}  // namespace recontour
