#include "ui/panels/organ_panel.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/panels/organ_delegate.h"
#include "ui/panels/theme.h"

namespace recontour {

constexpr int kFlashMs = 700;
constexpr int kFillTextWidth = 40;

OrganList::OrganList(OrganModel& model, QWidget* parent) : QListView(parent), model_(model) {
  setModel(&model);
  setItemDelegate(new OrganDelegate(model, this));
  setMouseTracking(true);
  setUniformItemSizes(true);
  setSelectionMode(QAbstractItemView::NoSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setAccessibleName(tr("Organs"));
}

void OrganList::mousePressEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  if (event->button() != Qt::LeftButton || !index.isValid()) return;
  const OrganRowParts parts = organRowParts(visualRect(index));
  const QPoint at = event->position().toPoint();
  if (parts.eye.adjusted(-4, -7, 4, 7).contains(at)) {
    Q_EMIT eyeClicked(organAt(index));
  } else if (parts.lock.adjusted(-4, -8, 4, 8).contains(at)) {
    Q_EMIT lockClicked(organAt(index));
  } else {
    quiet_ = true;  // choosing the current row again also counts, so the row says it, not its change
    setCurrentIndex(index);
    quiet_ = false;
    Q_EMIT organChosen(organAt(index));
  }
}

void OrganList::mouseDoubleClickEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  if (!index.isValid()) return;
  const OrganRowParts parts = organRowParts(visualRect(index));
  const QRect marks = parts.eye.united(parts.lock).adjusted(-4, -8, 4, 8);
  if (marks.contains(event->position().toPoint())) return mousePressEvent(event);  // two quick clicks on an eye
  Q_EMIT organCentred(organAt(index));
}

void OrganList::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
  if (!index.isValid()) return;
  const QPoint below = viewport()->mapToGlobal(visualRect(index).bottomLeft() + QPoint(44, 0));
  Q_EMIT menuAsked(organAt(index), byKey ? below : event->globalPos());
}

void OrganList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex index = currentIndex();
  if (index.isValid() && event->modifiers() == Qt::NoModifier) {
    if (event->key() == Qt::Key_Space) return Q_EMIT eyeClicked(organAt(index));
    if (event->key() == Qt::Key_L) return Q_EMIT lockClicked(organAt(index));
    if (event->key() == Qt::Key_Return) return Q_EMIT organCentred(organAt(index));
  }
  const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down || event->key() == Qt::Key_Home ||
                     event->key() == Qt::Key_End;
  if (moves) return QListView::keyPressEvent(event);
  event->ignore();  // letters are the window's keys, not a search
}

void OrganList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!quiet_ && current.isValid()) Q_EMIT organChosen(organAt(current));
}

OrganPanel::OrganPanel(QWidget* parent) : QWidget(parent) {
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  buildHeadings();
  list_ = new OrganList(model_, this);
  layout->addWidget(list_, 1);
  buildFill();
  connect(list_, &OrganList::organChosen, this, &OrganPanel::organChosen);
  connect(list_, &OrganList::organCentred, this, &OrganPanel::organCentred);
  connect(list_, &OrganList::menuAsked, this, &OrganPanel::menuAsked);
  connect(list_, &OrganList::eyeClicked, this, [this](int organ) {
    const int row = model_.rowOf(static_cast<Label>(organ));
    Q_EMIT visibilityToggled(organ, !model_.row(row).visible);
  });
  connect(list_, &OrganList::lockClicked, this, [this](int organ) {
    const int row = model_.rowOf(static_cast<Label>(organ));
    Q_EMIT lockToggled(organ, !model_.row(row).locked);
  });
}

void OrganPanel::buildHeadings() {
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 10, 12, 6);
  line->setSpacing(0);
  volumeHeading_ = dimLabel(tr("mL"), this);
  noteHeading_ = dimLabel(tr("check"), this);
  lastHeading_ = dimLabel(tr("time"), this);
  for (QLabel* label : {volumeHeading_, lastHeading_}) label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  done_ = dimLabel(QString(), this);
  done_->setToolTip(tr("Organs of which you have said that they are as they should be, or why they have no contour"));
  noteHeading_->setToolTip(tr(
      "What to look at before the organ is done. Full sign: it changes the organ much (wrong side, unusual volume, no "
      "contour, islands of 5 % or more); hollow sign: it changes little."));
  line->addWidget(headingLabel(tr("Organs"), this));
  line->addSpacing(8);
  line->addWidget(done_);
  line->addStretch(1);
  line->addWidget(volumeHeading_);
  line->addSpacing(kOrganColumnGap);
  line->addWidget(noteHeading_);
  line->addSpacing(kOrganColumnGap);
  line->addWidget(lastHeading_);
  static_cast<QVBoxLayout*>(layout())->addLayout(line);
}

void OrganPanel::buildFill() {
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 6, 12, 8);
  line->setSpacing(10);
  fill_ = new QSlider(Qt::Horizontal, this);
  fill_->setRange(0, 100);
  fill_->setAccessibleName(tr("Fill of the contours"));
  fill_->setToolTip(tr("How much of the picture the contours hide; lines stay"));
  fillText_ = dimLabel({}, this);
  fillText_->setFixedWidth(kFillTextWidth);
  fillText_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  line->addWidget(dimLabel(tr("Fill"), this));
  line->addWidget(fill_, 1);
  line->addWidget(fillText_);
  hidden_ = new QPushButton(this);
  hidden_->setProperty("role", QStringLiteral("link"));
  hidden_->setToolTip(
      tr("Organs whose contours are not shown; they are part of the revised map all the same. Click: show all"));
  connect(hidden_, &QPushButton::clicked, this, &OrganPanel::showAllAsked);
  hidden_->hide();
  line->addWidget(hidden_);
  static_cast<QVBoxLayout*>(layout())->addLayout(line);
  connect(fill_, &QSlider::valueChanged, this, [this](int percent) {
    fillText_->setText(tr("%1 %").arg(percent));
    Q_EMIT fillChanged(percent / 100.0);
  });
}

void OrganPanel::setOrganVisible(Label organ, bool visible) {
  model_.setVisible(organ, visible);
  showHidden();
}

void OrganPanel::showHidden() {
  hidden_->setVisible(model_.hidden() > 0);
  hidden_->setText(tr("%1 hidden").arg(model_.hidden()));
}

void OrganPanel::setFill(double opacity) {
  const QSignalBlocker quiet(fill_);
  fill_->setValue(qRound(100 * opacity));
  fillText_->setText(tr("%1 %").arg(fill_->value()));
}

void OrganPanel::setStatus(const std::vector<OrganStatus>& status, const OrganListState& list) {
  model_.setStatus(status, list);
  lastHeading_->setText(list.referenceShown ? tr("DSC") : tr("time"));
  layHeadings();
  done_->setText(list.hasLabels ? tr("%1 of %2 done").arg(model_.done()).arg(model_.wanted()) : QString());
  showHidden();
  showCurrent();  // rows may have changed places
}

void OrganPanel::resizeEvent(QResizeEvent*) { layHeadings(); }

/// Headings are as wide as the columns below them.
void OrganPanel::layHeadings() {
  const bool scores = model_.rowCount() > 0 && model_.row(0).list.referenceShown;
  const OrganRowParts parts = organRowParts(QRect(0, 0, width(), kOrganRowHeight), scores);
  noteHeading_->setFixedWidth(parts.note.width());
  lastHeading_->setFixedWidth(parts.last.width());
}

void OrganPanel::setActive(Label organ) {
  model_.setActive(organ);
  showCurrent();
}

/// The current row is the active organ's, wherever it is now.
void OrganPanel::showCurrent() {
  int current = -1;
  for (int row = 0; row < model_.rowCount(); ++row) {
    if (model_.row(row).active) current = row;
  }
  if (list_->currentIndex().row() == current) return;
  list_->quiet_ = true;
  list_->setCurrentIndex(current < 0 ? QModelIndex() : model_.index(current));
  list_->quiet_ = false;
}

void OrganPanel::setColumns(bool volumes, bool checks, bool times) {
  volumeHeading_->setText(volumes ? tr("mL") : QString());
  noteHeading_->setText(checks ? tr("check") : QString());
  lastHeading_->setVisible(times);
}

void OrganPanel::setConcernsFirst(bool first) {
  model_.setConcernsFirst(first);
  showCurrent();
}

void OrganPanel::flashLock(Label organ) {
  model_.setFlashing(organ, true);
  QTimer::singleShot(kFlashMs, this, [this, organ] { model_.setFlashing(organ, false); });
}

}  // namespace recontour
