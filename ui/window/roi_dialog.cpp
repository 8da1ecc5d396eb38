#include "ui/window/roi_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <map>

namespace recontour {
namespace {

constexpr int kWidth = 680, kHeight = 460, kRowHeight = 32;

QString whyText(const MatchedRoi& match) {
  if (match.match == NameMatch::Exact) return RoiDialog::tr("by its name");
  return match.match == NameMatch::Likely ? RoiDialog::tr("please check: the name is only similar") : QString();
}

QTableWidgetItem* cell(const QString& text) {
  auto* item = new QTableWidgetItem(text);
  item->setFlags(Qt::ItemIsEnabled);
  return item;
}

}  // namespace

RoiDialog::RoiDialog(const StructureOffer& offer, const OrganTable& organs, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Which organs are these?"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  resize(kWidth, kHeight);
  auto* layout = new QVBoxLayout(this);
  auto* text = new QLabel(tr("Some names in %1 do not say for certain which organ they mean. What is no organ of the "
                             "list stays a structure of its own; names in the file are not changed.")
                              .arg(QString::fromStdString(offer.file.filename().string())),
                          this);
  text->setWordWrap(true);
  layout->addWidget(text);
  const auto& rois = offer.read->set.rois;
  rows_ = new QTableWidget(static_cast<int>(rois.size()), 3, this);
  rows_->setHorizontalHeaderLabels({tr("In the file"), tr("Organ"), tr("Why")});
  rows_->verticalHeader()->hide();
  rows_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  rows_->setSelectionMode(QAbstractItemView::NoSelection);
  for (int row = 0; row < rows_->rowCount(); ++row) {
    const auto number = static_cast<std::size_t>(row);
    choices_.push_back(makeChoice(offer.matches[number], organs));
    rows_->setItem(row, 0, cell(QString::fromStdString(rois[number].name)));
    rows_->setCellWidget(row, 1, choices_.back());
    rows_->setItem(row, 2, cell(whyText(offer.matches[number])));
  }
  rows_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  rows_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  rows_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
  layout->addWidget(rows_, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  buttons->addButton(tr("Take the contours"), QDialogButtonBox::AcceptRole)->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &RoiDialog::answer);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QComboBox* RoiDialog::makeChoice(const MatchedRoi& match, const OrganTable& organs) {
  auto* choice = new QComboBox(rows_);
  choice->addItem(tr("a structure of its own"), QString());
  for (const Organ& organ : organs.organs())
    choice->addItem(QString::fromStdString(organ.name), QString::fromStdString(organ.key));
  choice->setCurrentIndex(std::max(0, choice->findData(QString::fromStdString(match.key))));
  return choice;
}

RoiKeys RoiDialog::keys() const {
  RoiKeys keys;
  for (const QComboBox* choice : choices_) {
    const std::string key = choice->currentData().toString().toStdString();
    keys.push_back(key.empty() ? std::nullopt : std::optional(key));
  }
  return keys;
}

QString RoiDialog::conflict() const {
  std::map<QString, int> rowOf;
  for (int row = 0; row < rows_->rowCount(); ++row) {
    const QComboBox* choice = choices_[static_cast<std::size_t>(row)];
    if (choice->currentIndex() == 0) continue;
    const auto [there, isNew] = rowOf.emplace(choice->currentText(), row);
    if (!isNew)
      return tr("%1 and %2 cannot both be %3.")
          .arg(rows_->item(there->second, 0)->text(), rows_->item(row, 0)->text(), choice->currentText());
  }
  return {};
}

void RoiDialog::answer() {
  const QString why = conflict();
  if (!why.isEmpty()) {
    QMessageBox::warning(this, windowTitle(), why);
    return;
  }
  accept();
  Q_EMIT answered(keys());
}

}  // namespace recontour
