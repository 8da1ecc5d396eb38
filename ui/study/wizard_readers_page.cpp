#include "ui/study/wizard_readers_page.h"

#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>
#include <QVBoxLayout>
#include <set>

#include "ui/study/study_texts.h"

namespace recontour {

ReadersPage::ReadersPage(StudyDraft& draft)
    : StudyWizardPage(
          draft, tr("Readers"),
          tr("Give pseudonyms, not names. A PIN keeps a colleague from reading under another's pseudonym by "
             "mistake; readers are told theirs. It is not stored, only a hash of it.")) {
  table_ = writableTable({tr("Pseudonym"), tr("Hospital"), tr("Years of experience"), tr("PIN (empty: none)")}, this);
  column()->addWidget(table_, 1);
  auto* row = new QHBoxLayout;
  auto* add = new QPushButton(tr("Add a reader"), this);
  auto* remove = new QPushButton(tr("Remove"), this);
  for (QPushButton* button : {add, remove}) button->setAutoDefault(false);
  row->addWidget(add);
  row->addStretch(1);
  row->addWidget(remove);
  column()->addLayout(row);
  connect(add, &QPushButton::clicked, this, &ReadersPage::addReader);
  connect(remove, &QPushButton::clicked, this, &ReadersPage::removeChosen);
}

void ReadersPage::fill(int row, const DraftReader& reader) {
  table_->setItem(row, kPseudonym, new QTableWidgetItem(shown(reader.reader.id)));
  table_->setItem(row, kHospital, new QTableWidgetItem(shown(reader.reader.hospital)));
  const QString years = reader.reader.years > 0 ? QString::number(reader.reader.years) : QString();
  table_->setItem(row, kYears, new QTableWidgetItem(years));
  table_->setItem(row, kPin, new QTableWidgetItem(shown(reader.pin)));
}

void ReadersPage::show(const StudyDraft& draft) {
  table_->setRowCount(0);
  for (const DraftReader& reader : draft.readers) {
    table_->insertRow(table_->rowCount());
    fill(table_->rowCount() - 1, reader);
  }
  while (draft.readers.empty() && table_->rowCount() < 3) addReader();
}

void ReadersPage::addReader() {
  std::set<QString> taken;
  for (int row = 0; row < table_->rowCount(); ++row) taken.insert(tableText(*table_, row, kPseudonym));
  int number = 1;
  while (taken.contains(QStringLiteral("R%1").arg(number))) ++number;
  DraftReader made;
  made.reader.id = "R" + std::to_string(number);
  table_->insertRow(table_->rowCount());
  fill(table_->rowCount() - 1, made);
}

void ReadersPage::removeChosen() {
  for (int row = table_->rowCount() - 1; row >= 0; --row)
    if (table_->selectionModel()->isRowSelected(row)) table_->removeRow(row);
}

std::vector<DraftReader> ReadersPage::written() const {
  std::vector<DraftReader> readers;
  for (int row = 0; row < table_->rowCount(); ++row) {
    DraftReader made;
    made.reader.id = tableText(*table_, row, kPseudonym).toStdString();
    made.reader.hospital = tableText(*table_, row, kHospital).toStdString();
    made.reader.years = tableText(*table_, row, kYears).toDouble();
    made.pin = tableText(*table_, row, kPin).toStdString();
    if (!made.reader.id.empty()) readers.push_back(made);
  }
  return readers;
}

void ReadersPage::put(StudyDraft& draft) const { draft.readers = written(); }

QString ReadersPage::problem() const {
  static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
  std::set<QString> seen;
  for (int row = 0; row < table_->rowCount(); ++row) {
    const QString id = tableText(*table_, row, kPseudonym), years = tableText(*table_, row, kYears);
    if (id.isEmpty()) continue;
    if (!kPlain.match(id).hasMatch()) return tr("%1: a pseudonym has letters, digits, - and _.").arg(id);
    if (!seen.insert(id).second) return tr("%1 is there twice.").arg(id);
    bool isNumber = true;
    const double number = years.isEmpty() ? 0 : years.toDouble(&isNumber);
    if (!isNumber || number < 0 || number > 80) return tr("%1: %2 is no number of years.").arg(id, years);
  }
  return {};
}

}  // namespace recontour
