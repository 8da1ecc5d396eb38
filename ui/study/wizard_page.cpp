#include "ui/study/wizard_page.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

StudyWizardPage::StudyWizardPage(StudyDraft& draft, const QString& title, const QString& explanation) : draft_(draft) {
  setProperty("name", title);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(20, 16, 20, 12);
  outer->setSpacing(10);
  auto* heading = new QLabel(title, this);
  heading->setProperty("role", QStringLiteral("big"));
  outer->addWidget(heading);
  auto* text = dimLabel(explanation, this);
  text->setWordWrap(true);
  outer->addWidget(text);
  column_ = new QVBoxLayout;
  column_->setSpacing(10);
  outer->addLayout(column_, 1);
  said_ = dimLabel({}, this);
  said_->setWordWrap(true);
  said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  outer->addWidget(said_);
}

bool StudyWizardPage::validatePage() {
  const QString wrong = problem();
  say(wrong, true);
  if (wrong.isEmpty()) put(draft_);
  return wrong.isEmpty();
}

QString StudyWizardPage::said() const { return said_->text(); }

void StudyWizardPage::say(const QString& text, bool isProblem) {
  said_->setText(text);
  setRole(*said_, isProblem ? QStringLiteral("error") : QStringLiteral("dim"));
}

QTableWidget* writableTable(const QStringList& headings, QWidget* parent) {
  auto* table = new QTableWidget(0, static_cast<int>(headings.size()), parent);
  table->setHorizontalHeaderLabels(headings);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(28);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table->horizontalHeader()->setHighlightSections(false);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setShowGrid(false);
  table->setEditTriggers(QAbstractItemView::AllEditTriggers);
  return table;
}

QString tableText(const QTableWidget& table, int row, int column) {
  const QTableWidgetItem* item = table.item(row, column);
  return item == nullptr ? QString() : item->text().trimmed();
}

QWidget* folderField(QLineEdit*& path, const QString& title, QWidget* parent) {
  auto* field = new QWidget(parent);
  auto* row = new QHBoxLayout(field);
  row->setContentsMargins(0, 0, 0, 0);
  path = new QLineEdit(field);
  path->setAccessibleName(title);
  auto* choose = new QPushButton(StudyWizardPage::tr("Folder..."), field);
  choose->setAutoDefault(false);
  row->addWidget(path, 1);
  row->addWidget(choose);
  QObject::connect(choose, &QPushButton::clicked, path, [path, title, parent] {
    const QString chosen = QFileDialog::getExistingDirectory(parent, title, path->text());
    if (!chosen.isEmpty()) path->setText(chosen);
  });
  return field;
}

}  // namespace recontour
