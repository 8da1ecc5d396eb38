#include "ui/panels/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kSaveTextWidth = 420;

/// "L 12.3": which way from the world's origin, in the patient's letters.
QString along(double mm, const char* positive, const char* negative) {
  return QStringLiteral("%1 %2").arg(QLatin1String(mm < 0 ? negative : positive)).arg(std::abs(mm), 0, 'f', 1);
}

}  // namespace

StatusLine::StatusLine(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("statusLine"));
  setAttribute(Qt::WA_StyledBackground);
  setFixedHeight(kStatusHeight);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 0, 12, 0);
  layout->setSpacing(14);
  reading_ = new QLabel(this);
  reading_->setMinimumWidth(250);
  organ_ = new QLabel(this);
  QFont bold = organ_->font();
  bold.setBold(true);
  organ_->setFont(bold);
  prediction_ = new PredictionLine(this);
  inbox_ = dimLabel({}, this);
  inbox_->hide();
  undo_ = dimLabel({}, this);
  saved_ = new QLabel(this);
  layout->addWidget(reading_);
  layout->addWidget(organ_);
  layout->addStretch(1);
  layout->addWidget(prediction_);
  layout->addStretch(1);
  layout->addWidget(inbox_);
  layout->addWidget(undo_);
  layout->addWidget(saved_);
}

void StatusLine::setReading(const std::optional<PointerReading>& reading) {
  organ_->setText(reading ? reading->organ : QString());
  if (!reading) return reading_->clear();
  const QString hu = reading->hu ? QString::number(*reading->hu) : QStringLiteral("-");
  reading_->setText(tr("HU %1   %2  %3  %4 mm")
                        .arg(hu, along(reading->world.x, "L", "R"), along(reading->world.y, "P", "A"),
                             along(reading->world.z, "H", "F")));
}

void StatusLine::setSaveStatus(const SaveStatus& status, bool readOnly) {
  using State = SaveStatus::State;
  const QString error = QString::fromStdString(status.error);
  QString text;
  if (readOnly) text = tr("read only");
  if (status.state == State::Saved) text = tr("draft saved");
  if (status.state == State::Saving) text = tr("saving");
  const bool failed = status.state == State::Failed, elsewhere = failed && status.elsewhere;
  if (failed) text = tr("NOT SAVED: %1").arg(error);
  if (elsewhere) text = tr("kept elsewhere: %1").arg(QString::fromStdString(status.elsewhere->string()));
  const char* role = elsewhere ? "warning" : failed ? "error" : status.state == State::Saved ? "good" : "dim";
  setRole(*saved_, QString::fromLatin1(role));
  saved_->setText(saved_->fontMetrics().elidedText(text, Qt::ElideRight, kSaveTextWidth));
  saved_->setToolTip(failed ? tr("%1. You can go on editing.").arg(error) : QString());
}

void StatusLine::setUndoDepth(int depth) { undo_->setText(tr("undo %1").arg(depth)); }

void StatusLine::setInbox(const QString& text, const QString& folder) {
  inbox_->setToolTip(folder);
  inbox_->setText(text);
  inbox_->setVisible(!text.isEmpty());
}

QString StatusLine::readingText() const { return reading_->text(); }
QString StatusLine::saveText() const { return saved_->text(); }
QString StatusLine::inboxText() const { return inbox_->text(); }

}  // namespace recontour
