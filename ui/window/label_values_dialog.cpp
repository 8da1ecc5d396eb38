#include "ui/window/label_values_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/window/label_preview.h"

namespace recontour {
namespace {

constexpr int kWidth = 1080, kHeight = 620;

QComboBox* organBox(const OrganTable& organs, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->addItem(LabelValuesDialog::tr("(left out)"), QString());
  for (const Organ& organ : organs.organs()) {
    QPixmap swatch(12, 12);
    swatch.fill(QColor(organ.displayColour[0], organ.displayColour[1], organ.displayColour[2]));
    box->addItem(swatch, QString::fromStdString(organ.name), QString::fromStdString(organ.key));
  }
  return box;
}

}  // namespace

std::optional<SlotLabels> labelsOf(const LabelValues& values, const ValueMeaning& meaning, const OrganTable& organs) {
  SlotLabels labels{};
  for (const auto& [slot, value] : values.valueOf) {
    const auto organ = meaning.find(value);
    if (organ == meaning.end()) return std::nullopt;
    if (organ->second.isEmpty()) continue;
    const std::string key = organ->second.toStdString();
    const Organ* found = organs.find(std::string_view(key));
    if (found == nullptr) return std::nullopt;
    labels[slot] = found->label;
  }
  return labels;
}

LabelValuesDialog::LabelValuesDialog(const LabelFile& file, const Workbench& workbench, QWidget* parent)
    : QDialog(parent), file_(file), organs_(workbench.organs()) {
  setWindowTitle(tr("What the label values mean"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  resize(kWidth, kHeight);
  auto* layout = new QVBoxLayout(this);
  auto* what = new QLabel(
      tr("%1 may number its organs in another way than %2 does. Say what each value stands for; the "
         "picture shows what comes of it.")
          .arg(QString::fromStdString(file.file.filename().string()), QString::fromStdString(organs_.name()).toUpper()),
      this);
  what->setWordWrap(true);
  layout->addWidget(what);
  auto* middle = new QHBoxLayout;
  middle->addWidget(buildTable());
  preview_ = new LabelPreview(*workbench.currentCase(), workbench.axisMap(), this);
  preview_->setSlice(preview_->fullestSlice(file_.values->slots));
  middle->addWidget(preview_, 1);
  layout->addLayout(middle, 1);
  forFolder_ = new QCheckBox(tr("Also for the other label maps of this folder"), this);
  forFolder_->setChecked(true);
  layout->addWidget(forFolder_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  buttons->addButton(tr("Take these organs"), QDialogButtonBox::AcceptRole)->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    const ValueMeaning answer = meaning();
    const bool forFolder = forFolder_->isChecked();
    accept();
    Q_EMIT answered(answer, forFolder);
  });
  const auto likeliest = likeliestTable(*file_.values, organs_);
  setTable(likeliest ? QString::fromStdString(*likeliest) : QString());
}

QWidget* LabelValuesDialog::buildTable() {
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  tables_ = new QComboBox(side);
  for (const std::string& name : LabelValueTable::shipped())
    tables_->addItem(tr("As in %1").arg(QString::fromStdString(LabelValueTable::named(name).title())),
                     QString::fromStdString(name));
  tables_->addItem(tr("By hand"), QString());
  connect(tables_, &QComboBox::currentIndexChanged, this, &LabelValuesDialog::fillFromTable);
  layout->addWidget(tables_);
  auto* rows = new QWidget(side);
  auto* grid = new QGridLayout(rows);
  grid->setColumnStretch(2, 1);
  const char* headings[] = {QT_TR_NOOP("Value"), QT_TR_NOOP("mL"), QT_TR_NOOP("Organ"), QT_TR_NOOP("By the table")};
  for (int column = 0; column < 4; ++column) grid->addWidget(new QLabel(tr(headings[column]), rows), 0, column);
  const auto counts = labelCounts(file_.values->slots);
  std::map<std::int32_t, Label> byValue;
  for (const auto& [slot, value] : file_.values->valueOf) byValue[value] = slot;
  for (const auto& [value, slot] : byValue)
    addRow(*grid, slot, value, double(counts[slot]) * file_.values->geometry.voxelVolumeMm3() / 1000);
  grid->setRowStretch(grid->rowCount(), 1);
  auto* scroll = new QScrollArea(side);
  scroll->setWidgetResizable(true);
  scroll->setWidget(rows);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(440);
  layout->addWidget(scroll, 1);
  return side;
}

void LabelValuesDialog::addRow(QGridLayout& grid, Label slot, std::int32_t value, double volumeMl) {
  const int line = grid.rowCount();
  QWidget* parent = grid.parentWidget();
  auto* number = new QLabel(QString::number(value), parent);
  auto* volume = new QLabel(QString::number(volumeMl, 'f', 1), parent);
  for (QLabel* label : {number, volume}) label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  QComboBox* organ = organBox(organs_, parent);
  grid.addWidget(number, line, 0);
  grid.addWidget(volume, line, 1);
  grid.addWidget(organ, line, 2);
  auto* name = new QLabel(parent);
  name->setProperty("role", QStringLiteral("quiet"));
  grid.addWidget(name, line, 3);
  connect(organ, &QComboBox::currentIndexChanged, this, [this] {
    const QSignalBlocker quiet(tables_);
    tables_->setCurrentIndex(tables_->count() - 1);
    showPreview();
  });
  rows_.push_back({slot, value, organ, name});
}

QString LabelValuesDialog::table() const { return tables_->currentData().toString(); }

void LabelValuesDialog::setTable(const QString& name) {
  tables_->setCurrentIndex(tables_->findData(name));
  fillFromTable();
}

void LabelValuesDialog::setOrgan(std::int32_t value, const QString& key) {
  for (const Row& row : rows_) {
    if (row.value == value) row.organ->setCurrentIndex(row.organ->findData(key));
  }
}

void LabelValuesDialog::fillFromTable() {
  if (!table().isEmpty()) {
    const LabelValueTable known = LabelValueTable::named(table().toStdString());
    for (const Row& row : rows_) {
      const LabelValueTable::Entry* entry = known.find(row.value);
      const QSignalBlocker quiet(row.organ);
      row.organ->setCurrentIndex(entry == nullptr ? 0 : row.organ->findData(QString::fromStdString(entry->organ)));
      row.name->setText(entry == nullptr ? tr("not in the table") : QString::fromStdString(entry->name));
    }
  }
  showPreview();
}

ValueMeaning LabelValuesDialog::meaning() const {
  ValueMeaning result;
  for (const Row& row : rows_) result[row.value] = row.organ->currentData().toString();
  return result;
}

void LabelValuesDialog::showPreview() {
  if (preview_ == nullptr) return;
  LabelPalette bySlot{};
  const LabelPalette palette = organPalette(organs_);
  const auto labels = labelsOf(*file_.values, meaning(), organs_);
  for (std::size_t slot = 1; slot < bySlot.size(); ++slot) {
    const Label label = labels ? (*labels)[slot] : Label{0};
    if (label != 0) bySlot[slot] = palette[label];
    bySlot[slot].visible = label != 0;
  }
  preview_->setLabels(file_.values->slots, bySlot);
}

}  // namespace recontour
