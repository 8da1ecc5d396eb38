#include "ui/window/organ_table_dialog.h"

#include <QColorDialog>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

enum Column { kNumber, kName, kTg263, kSide, kColour, kOverlaps, kKey, kColumns };
constexpr int kWidth = 760, kHeight = 620, kKeys = 9;
/// Told apart from the shipped ones and from one another.
constexpr std::array<std::array<std::uint8_t, 3>, 6> kColours = {
    {{255, 128, 0}, {0, 200, 140}, {200, 120, 255}, {255, 90, 140}, {150, 210, 60}, {90, 180, 255}}};

/// For programs: lower case, digits and _.
std::string keyOf(const QString& name) {
  QString key;
  for (const QChar sign : name.toLower())
    key += sign.unicode() < 128 && sign.isLetterOrNumber() ? sign : QLatin1Char('_');
  return key.toStdString();
}

QString sideText(const std::string& modifier) {
  if (modifier == kSnomedLeft) return OrganTableDialog::tr("left");
  return modifier == kSnomedRight ? OrganTableDialog::tr("right") : QString();
}

QTableWidgetItem* fixedItem(const QString& text) {
  auto* item = new QTableWidgetItem(text);
  item->setFlags(item->flags() & ~Qt::ItemIsEditable);
  return item;
}

QTableWidgetItem* overlapsItem(bool overlaps, bool changes) {
  QTableWidgetItem* item = fixedItem({});
  item->setCheckState(overlaps ? Qt::Checked : Qt::Unchecked);
  item->setFlags(changes ? item->flags() | Qt::ItemIsUserCheckable : item->flags() & ~Qt::ItemIsUserCheckable);
  item->setToolTip(
      OrganTableDialog::tr("It may lie over other structures, as a target does, and has a layer of its own"));
  return item;
}

}  // namespace

OrganTableDialog::OrganTableDialog(const OrganTable& table, QWidget* parent)
    : QDialog(parent), base_(table), organs_(table.organs()), names_(tg263Names()) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName(QStringLiteral("organTable"));
  setWindowTitle(tr("Organ table"));
  resize(kWidth, kHeight);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(headingLabel(windowTitle(), this));
  auto* what = dimLabel(
      tr("Structures of your own come after the shipped organs, with numbers of their own. The first nine have "
         "keys. The table is used from the next start of the program on."),
      this);
  what->setWordWrap(true);
  layout->addWidget(what);
  rows_ = new QTableWidget(0, kColumns, this);
  rows_->setHorizontalHeaderLabels(
      {tr("Number"), tr("Name"), tr("TG-263"), tr("Side"), tr("Colour"), tr("Overlaps"), tr("Key")});
  rows_->horizontalHeader()->setSectionResizeMode(kName, QHeaderView::Stretch);
  rows_->verticalHeader()->hide();
  rows_->setSelectionBehavior(QAbstractItemView::SelectRows);
  rows_->setSelectionMode(QAbstractItemView::SingleSelection);
  layout->addWidget(rows_, 1);
  auto* line = new QHBoxLayout;
  const auto button = [&](const QString& text, auto call) {
    auto* made = new QPushButton(text, this);
    made->setAutoDefault(false);
    connect(made, &QPushButton::clicked, this, call);
    line->addWidget(made);
    return made;
  };
  add_ = button(tr("Add structure"), [this] { addRow(); });
  remove_ = button(tr("Remove"), [this] { removeRow(); });
  up_ = button(tr("Up"), [this] { move(-1); });
  down_ = button(tr("Down"), [this] { move(1); });
  line->addStretch(1);
  auto* cancel = button(tr("Cancel"), [this] { reject(); });
  save_ = button(tr("Save"), [this] { save(); });
  cancel->setObjectName(QStringLiteral("cancel"));
  layout->addLayout(line);
  connect(rows_, &QTableWidget::cellDoubleClicked, this, &OrganTableDialog::chooseColour);
  connect(rows_, &QTableWidget::currentCellChanged, this, [this] { showButtons(); });
  showOrgans();
}

bool OrganTableDialog::isOwn(int row) const {
  return row >= 0 && base_.find(organs_[static_cast<std::size_t>(row)].label) == nullptr;
}

void OrganTableDialog::showOrgans() {
  const QSignalBlocker quiet(rows_);
  rows_->setRowCount(static_cast<int>(organs_.size()));
  for (int row = 0; row < rows_->rowCount(); ++row) {
    const Organ& organ = organs_[static_cast<std::size_t>(row)];
    rows_->setItem(row, kNumber, fixedItem(QString::number(organ.label)));
    rows_->setItem(row, kName, new QTableWidgetItem(QString::fromStdString(organ.name)));
    auto* names = new QComboBox(rows_);
    names->addItem(QString());
    for (const Tg263Name& name : names_) names->addItem(QString::fromStdString(name.name));
    names->setCurrentText(QString::fromStdString(organ.tg263));
    names->setEnabled(isOwn(row));
    connect(names, &QComboBox::currentTextChanged, this, [this, row](const QString& name) { takeName(row, name); });
    rows_->setCellWidget(row, kTg263, names);
    rows_->setItem(row, kSide, fixedItem(sideText(organ.modifier)));
    QTableWidgetItem* colour = fixedItem({});
    colour->setBackground(QColor(organ.displayColour[0], organ.displayColour[1], organ.displayColour[2]));
    colour->setToolTip(tr("Double click chooses another"));
    rows_->setItem(row, kColour, colour);
    rows_->setItem(row, kOverlaps, overlapsItem(organ.overlaps, isOwn(row)));
    rows_->setItem(row, kKey, fixedItem(row < kKeys ? QStringLiteral("Alt+%1").arg(row + 1) : QString()));
  }
  rows_->resizeColumnToContents(kTg263);
  showButtons();
}

void OrganTableDialog::showButtons() {
  const int row = rows_->currentRow();
  remove_->setEnabled(isOwn(row));
  up_->setEnabled(row > 0);
  down_->setEnabled(row >= 0 && row + 1 < rows_->rowCount());
}

/// A name of the list brings side and codes along.
void OrganTableDialog::takeName(int row, const QString& name) {
  readRows();
  Organ& organ = organs_[static_cast<std::size_t>(row)];
  const auto found = std::ranges::find(names_, name.toStdString(), &Tg263Name::name);
  organ.tg263 = name.toStdString();
  organ.snomed = found == names_.end() ? "" : found->snomed;
  organ.snomedMeaning = found == names_.end() ? "" : found->meaning;
  organ.modifier = found == names_.end() ? "" : found->modifier;
  if (found != names_.end()) organ.name = found->meaning;
  showOrgans();
}

void OrganTableDialog::readRows() {
  for (int row = 0; row < rows_->rowCount(); ++row) readRow(row, organs_[static_cast<std::size_t>(row)]);
}

void OrganTableDialog::readRow(int row, Organ& organ) const {
  organ.name = rows_->item(row, kName)->text().trimmed().toStdString();
  organ.overlaps = rows_->item(row, kOverlaps)->checkState() == Qt::Checked;
}

void OrganTableDialog::addRow() {
  readRows();
  int label = 1;
  while (std::ranges::any_of(organs_, [label](const Organ& organ) { return organ.label == label; })) ++label;
  if (label > 255) return;
  Organ organ;
  organ.label = static_cast<Label>(label);
  organ.name = tr("Structure %1").arg(label).toStdString();
  organ.colour = organ.displayColour = kColours[static_cast<std::size_t>(label) % kColours.size()];
  organs_.push_back(std::move(organ));
  showOrgans();
  rows_->setCurrentCell(rows_->rowCount() - 1, kName);
  showButtons();
}

void OrganTableDialog::removeRow() {
  const int row = rows_->currentRow();
  if (!isOwn(row)) return;
  readRows();
  organs_.erase(organs_.begin() + row);
  showOrgans();
}

void OrganTableDialog::move(int by) {
  const int row = rows_->currentRow(), to = row + by;
  if (row < 0 || to < 0 || to >= rows_->rowCount()) return;
  readRows();
  std::swap(organs_[static_cast<std::size_t>(row)], organs_[static_cast<std::size_t>(to)]);
  showOrgans();
  rows_->setCurrentCell(to, kName);
}

void OrganTableDialog::chooseColour(int row, int column) {
  if (column != kColour) return;
  readRows();
  Organ& organ = organs_[static_cast<std::size_t>(row)];
  const auto& now = organ.displayColour;
  const QColor chosen = QColorDialog::getColor(QColor(now[0], now[1], now[2]), this);
  if (!chosen.isValid()) return;
  const auto part = [](int value) { return static_cast<std::uint8_t>(value); };
  organ.displayColour = {part(chosen.red()), part(chosen.green()), part(chosen.blue())};
  if (isOwn(row)) organ.colour = organ.displayColour;
  showOrgans();
}

OrganTable OrganTableDialog::table() const {
  std::vector<Organ> organs = organs_;
  for (int row = 0; row < rows_->rowCount(); ++row) {
    Organ& organ = organs[static_cast<std::size_t>(row)];
    readRow(row, organ);
    if (organ.name.empty()) throw Error("structure " + std::to_string(organ.label) + " has no name");
    if (organ.key.empty()) organ.key = keyOf(QString::fromStdString(organ.name));
  }
  std::vector<std::string> continues = base_.continues();
  if (std::ranges::find(continues, base_.hash()) == continues.end()) continues.push_back(base_.hash());
  return OrganTable::made(base_.name(), std::move(organs), std::move(continues));
}

void OrganTableDialog::save() {
  try {
    Q_EMIT saved(table());
    accept();
  } catch (const Error& error) {
    QMessageBox::warning(this, windowTitle(), QString::fromStdString(error.what()));
  }
}

}  // namespace recontour
