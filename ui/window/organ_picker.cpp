#include "ui/window/organ_picker.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPixmap>
#include <QVBoxLayout>

namespace recontour {
namespace {

constexpr int kSwatch = 12, kWidth = 260, kHeight = 380;

QPixmap swatch(const Organ& organ) {
  QPixmap square(kSwatch, kSwatch);
  square.fill(QColor(organ.displayColour[0], organ.displayColour[1], organ.displayColour[2]));
  return square;
}

}  // namespace

OrganPicker::OrganPicker(const OrganTable& organs, Label active, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Choose an organ"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  words_ = new QLineEdit(this);
  words_->setPlaceholderText(tr("Part of the name"));
  words_->setAccessibleName(tr("Part of the organ's name"));
  words_->installEventFilter(this);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Organs"));
  for (const Organ& organ : organs.organs()) {
    auto* item = new QListWidgetItem(QIcon(swatch(organ)), QString::fromStdString(organ.name), list_);
    item->setData(Qt::UserRole, organ.label);
    if (organ.label == active) list_->setCurrentItem(item);
  }
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(words_);
  layout->addWidget(list_);
  resize(kWidth, kHeight);
  connect(words_, &QLineEdit::textChanged, this, &OrganPicker::narrow);
  connect(words_, &QLineEdit::returnPressed, this, &OrganPicker::choose);
  connect(list_, &QListWidget::itemActivated, this, &OrganPicker::choose);
  connect(list_, &QListWidget::itemClicked, this, &OrganPicker::choose);
}

/// Up and Down move in the list while the words keep the keyboard.
bool OrganPicker::eventFilter(QObject* watched, QEvent* event) {
  if (watched == words_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down) return QCoreApplication::sendEvent(list_, event);
  }
  return QDialog::eventFilter(watched, event);
}

void OrganPicker::narrow(const QString& words) {
  QListWidgetItem* first = nullptr;
  for (int row = 0; row < list_->count(); ++row) {
    QListWidgetItem* item = list_->item(row);
    item->setHidden(!item->text().contains(words, Qt::CaseInsensitive));
    if (first == nullptr && !item->isHidden()) first = item;
  }
  list_->setCurrentItem(first);
}

void OrganPicker::choose() {
  const QListWidgetItem* item = list_->currentItem();
  if (item == nullptr || item->isHidden()) return;
  Q_EMIT organChosen(item->data(Qt::UserRole).toInt());
  accept();
}

}  // namespace recontour
