#include "ui/panels/replay_bar.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {

ReplayBar::ReplayBar(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("replayBar"));
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  auto* line = new QHBoxLayout(this);
  line->setContentsMargins(12, 6, 12, 6);
  line->setSpacing(12);
  text_ = new QLabel(this);
  pause_ = new QPushButton(this);
  pause_->setShortcut(QKeySequence(Qt::Key_Space));
  line->addWidget(text_);
  line->addWidget(pause_);
  line->addWidget(dimLabel(tr("A session shown again: nothing is changed and nothing is written."), this));
  line->addStretch(1);
  connect(pause_, &QPushButton::clicked, this, [this] { Q_EMIT runningWanted(!running_); });
  setRunning(false);
}

void ReplayBar::setPosition(double positionS, double durationS, double speed) {
  text_->setText(tr("Replay %1 / %2   x%3")
                     .arg(minutesText(positionS), minutesText(durationS))
                     .arg(QLocale::c().toString(speed, 'f', speed < 10 && speed != std::floor(speed) ? 1 : 0)));
}

void ReplayBar::setRunning(bool running) {
  running_ = running;
  pause_->setText(running ? tr("Pause") : tr("Go on"));
  pause_->setShortcut(QKeySequence(Qt::Key_Space));  // a new text takes the old one's
}

void ReplayBar::setEnded() {
  pause_->setText(tr("End"));
  pause_->setEnabled(false);
}

QString ReplayBar::text() const { return text_->text(); }

}  // namespace recontour
