#include "ui/window/figures_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <optional>

#include "ui/panels/organ_note.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kWidth = 1260, kHeight = 560;
constexpr int kNumber = Qt::UserRole;

enum Column {
  Name,
  State,
  Before,
  Now,
  Change,
  Added,
  Removed,
  Path,
  Shift,
  DscBefore,
  DscAfter,
  DscChange,
  Time,
  Edits,
  Warnings
};

/// Sorts by its number, missing ones last.
class NumberItem final : public QTableWidgetItem {
 public:
  bool operator<(const QTableWidgetItem& other) const override {
    const QVariant mine = data(kNumber), theirs = other.data(kNumber);
    if (mine.isNull() || theirs.isNull()) return !mine.isNull() && theirs.isNull();
    return mine.toDouble() < theirs.toDouble();
  }
};

QStringList headings() {
  const auto tr = [](const char* text) { return FiguresDialog::tr(text); };
  return {tr("Organ"),    tr("State"),   tr("mL before"),     tr("mL"),         tr("mL change"), tr("voxels +"),
          tr("voxels -"), tr("path mm"), tr("mean shift mm"), tr("DSC before"), tr("DSC after"), tr("DSC change"),
          tr("time"),     tr("edits"),   tr("Warnings")};
}

void setText(QTableWidget& table, int row, Column column, const QString& text) {
  if (table.item(row, column) == nullptr) table.setItem(row, column, new QTableWidgetItem);
  table.item(row, column)->setText(text);
}

void setNumber(QTableWidget& table, int row, Column column, const std::optional<double>& value, const QString& text) {
  if (table.item(row, column) == nullptr) {
    table.setItem(row, column, new NumberItem);
    table.item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  }
  table.item(row, column)->setData(kNumber, value ? QVariant(*value) : QVariant());
  table.item(row, column)->setText(value ? text : QStringLiteral("-"));
}

void setDecimals(QTableWidget& table, int row, Column column, const std::optional<double>& value, int decimals) {
  setNumber(table, row, column, value, QString::number(value.value_or(0), 'f', decimals));
}

QString stateOf(const OrganStatus& status) {
  if (status.statement.verdict != OrganVerdict::None) return verdictText(status.statement.verdict);
  if (status.edited) return FiguresDialog::tr("Edited");
  if (status.box.empty()) return FiguresDialog::tr("No contour");
  return status.seen ? FiguresDialog::tr("Viewed") : FiguresDialog::tr("Not all slices viewed");
}

void setDsc(QTableWidget& table, int row, const OrganStatus& status) {
  const auto &before = status.dscBefore, &after = status.dscAfter;
  const std::optional<double> change = before && after ? std::optional(*after - *before) : std::nullopt;
  setDecimals(table, row, DscBefore, before, 3);
  setDecimals(table, row, DscAfter, after, 3);
  setNumber(table, row, DscChange, change, QStringLiteral("%1").arg(change.value_or(0), 0, 'f', 3));
}

void setRow(QTableWidget& table, int row, const Organ& organ, const OrganStatus& status) {
  setNumber(table, row, Name, organ.label, QString::fromStdString(organ.name));  // sorts in the table's order
  table.item(row, Name)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  setText(table, row, State, stateOf(status));
  const auto filled = [](double ml) { return ml > 0 ? std::optional(ml) : std::nullopt; };  // "-": no contour
  setDecimals(table, row, Before, filled(status.volumeBeforeMl), 1);
  setDecimals(table, row, Now, filled(status.volumeMl), 1);
  const double change = shownDifference(status.volumeBeforeMl, status.volumeMl, 1);
  setNumber(table, row, Change, change, signedText(change, 1));
  setDecimals(table, row, Added, static_cast<double>(status.voxelsAdded), 0);
  setDecimals(table, row, Removed, static_cast<double>(status.voxelsRemoved), 0);
  setDecimals(table, row, Path, status.pathAddedMm, 0);
  setDecimals(table, row, Shift, status.surfaceShiftMm, 2);
  setDsc(table, row, status);
  setNumber(table, row, Time, status.activeSeconds, minutesText(status.activeSeconds));
  setDecimals(table, row, Edits, status.edits, 0);
  QStringList warnings;
  for (const OrganConcern& concern : status.concerns) warnings += QString::fromStdString(concern.reason);
  setText(table, row, Warnings, warnings.join(QStringLiteral("; ")));
  table.item(row, Warnings)->setToolTip(warnings.join(QLatin1Char('\n')));
  table.item(row, Warnings)->setForeground(theme().warning);
}

}  // namespace

FiguresDialog::FiguresDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("All organs"));
  setAttribute(Qt::WA_DeleteOnClose);
  table_ = new QTableWidget(0, static_cast<int>(headings().size()), this);
  table_->setHorizontalHeaderLabels(headings());
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAccessibleName(tr("Figures of all organs"));
  table_->verticalHeader()->hide();
  table_->setWordWrap(false);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);  // the table's own order, until one is chosen
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(table_);
  auto* buttons = new QDialogButtonBox(this);
  auto* copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  auto* saveButton = buttons->addButton(tr("Save as CSV..."), QDialogButtonBox::ActionRole);
  auto* close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
  close->setDefault(true);
  layout->addWidget(buttons);
  connect(table_, &QTableWidget::cellClicked, this,
          [this](int row) { Q_EMIT organChosen(table_->item(row, Name)->data(kNumber).toInt()); });
  connect(copyButton, &QPushButton::clicked, this, &FiguresDialog::copy);
  connect(saveButton, &QPushButton::clicked, this, &FiguresDialog::saveAsked);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  resize(kWidth, kHeight);
}

void FiguresDialog::setFigures(const FiguresTable& figures) {
  setWindowTitle(tr("All organs of %1, reader %2")
                     .arg(QString::fromStdString(figures.caseName), QString::fromStdString(figures.reader)));
  const bool first = table_->rowCount() == 0;
  table_->setSortingEnabled(false);  // rows must not move while they are filled
  const int rows = static_cast<int>(figures.status.size());
  table_->setRowCount(rows);
  for (int row = 0; row < rows; ++row) {
    const QTableWidgetItem* name = table_->item(row, Name);
    const std::size_t number = name == nullptr ? static_cast<std::size_t>(row) : name->data(Qt::UserRole + 1).toUInt();
    const OrganStatus& status = figures.status[number];
    if (const Organ* organ = figures.organs.find(status.organ)) setRow(*table_, row, *organ, status);
    table_->item(row, Name)->setData(Qt::UserRole + 1, static_cast<unsigned>(number));
  }
  table_->setSortingEnabled(true);
  for (const Column column : {DscBefore, DscAfter, DscChange}) table_->setColumnHidden(column, !figures.withDsc);
  if (first) table_->resizeColumnsToContents();
}

QString FiguresDialog::textOfCells() const {
  QString text;
  for (int row = -1; row < table_->rowCount(); ++row) {
    QStringList cells;
    for (int column = 0; column < table_->columnCount(); ++column) {
      if (table_->isColumnHidden(column)) continue;
      cells += row < 0 ? table_->horizontalHeaderItem(column)->text() : table_->item(row, column)->text();
    }
    text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
  }
  return text;
}

void FiguresDialog::copy() { QApplication::clipboard()->setText(textOfCells()); }

}  // namespace recontour
