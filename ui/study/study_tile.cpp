#include "ui/study/study_tile.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {

StudyTile::StudyTile(const QString& caption, QWidget* parent) : QFrame(parent) {
  setProperty("role", QStringLiteral("card"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 12, 8, 12);
  layout->setSpacing(0);
  layout->addWidget(dimLabel(caption, this));
  figure_ = new QLabel(this);
  figure_->setProperty("role", QStringLiteral("figure"));
  figure_->setAccessibleName(caption);
  note_ = dimLabel({}, this);
  layout->addWidget(figure_);
  layout->addWidget(note_);
  setMinimumWidth(150);
  for (QLabel* label : {figure_, note_}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void StudyTile::show(const QString& figure, const QString& note, const QString& toolTip) {
  figure_->setText(figure);
  noteText_ = note;
  showNote();
  setToolTip(toolTip.isEmpty() ? note : toolTip);
}

QString StudyTile::figure() const { return figure_->text(); }
QString StudyTile::note() const { return noteText_; }

void StudyTile::showNote() {
  note_->setText(note_->fontMetrics().elidedText(noteText_, Qt::ElideRight, std::max(40, note_->width())));
}

void StudyTile::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  layout()->activate();
  showNote();
}

void StudyTile::setFailed(bool failed) { setRole(*note_, failed ? QStringLiteral("error") : QStringLiteral("dim")); }

QFrame* studyCard(const QString& heading, QVBoxLayout*& layout, QWidget* parent) {
  auto* card = new QFrame(parent);
  card->setProperty("role", QStringLiteral("card"));
  layout = new QVBoxLayout(card);
  layout->setContentsMargins(20, 14, 20, 14);
  layout->setSpacing(10);
  if (!heading.isEmpty()) {
    auto* label = headingLabel(heading, card);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    layout->addWidget(label);
  }
  return card;
}

}  // namespace recontour
