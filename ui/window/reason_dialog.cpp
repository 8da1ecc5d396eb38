#include "ui/window/reason_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/organ_model.h"
#include "ui/panels/organ_note.h"

namespace recontour {
namespace {

constexpr int kWidth = 520;

QComboBox* reasonBox(QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->addItem(ReasonDialog::tr("Choose..."), static_cast<int>(OrganVerdict::None));
  for (const OrganVerdict verdict : kOrganVerdicts) {
    if (explainsNoContour(verdict)) box->addItem(verdictText(verdict), static_cast<int>(verdict));
  }
  return box;
}

}  // namespace

ReasonDialog::ReasonDialog(const std::vector<Organ>& organs, const QString& goOn, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("No contour"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  auto* layout = new QVBoxLayout(this);
  auto* what = new QLabel(tr("There is no contour here. Say why, so that no organ counts as forgotten."), this);
  what->setWordWrap(true);
  layout->addWidget(what);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(2, 1);
  layout->addLayout(grid);
  if (organs.size() > 1) addRowForAll(*grid);
  for (const Organ& organ : organs) addRow(*grid, organ);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  goOn_ = buttons->addButton(goOn, QDialogButtonBox::AcceptRole);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &ReasonDialog::answer);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  enableAnswer();
  resize(kWidth, sizeHint().height());
  rows_.front().reason->setFocus();
}

void ReasonDialog::addRow(QGridLayout& grid, const Organ& organ) {
  const int line = grid.rowCount();
  const QString name = QString::fromStdString(organ.name);
  const Row row{organ.label, reasonBox(this), new QLineEdit(this)};
  row.reason->setAccessibleName(tr("Why %1 has no contour").arg(name));
  row.note->setPlaceholderText(tr("Note (optional)"));
  row.note->setAccessibleName(tr("Note on %1").arg(name));
  grid.addWidget(new QLabel(name, this), line, 0);
  grid.addWidget(row.reason, line, 1);
  grid.addWidget(row.note, line, 2);
  connect(row.reason, &QComboBox::currentIndexChanged, this, &ReasonDialog::enableAnswer);
  rows_.push_back(row);
}

void ReasonDialog::addRowForAll(QGridLayout& grid) {
  auto* all = reasonBox(this);
  all->setObjectName(QStringLiteral("all"));
  all->setAccessibleName(tr("The same reason for all"));
  grid.addWidget(new QLabel(tr("All of them"), this), 0, 0);
  grid.addWidget(all, 0, 1);
  connect(all, &QComboBox::currentIndexChanged, this, [this](int index) {
    for (const Row& row : rows_) row.reason->setCurrentIndex(index);
  });
}

void ReasonDialog::enableAnswer() {
  goOn_->setEnabled(std::ranges::none_of(rows_, [](const Row& row) { return row.reason->currentIndex() == 0; }));
}

void ReasonDialog::answer() {
  std::vector<Answer> answers;
  for (const Row& row : rows_) {
    const auto verdict = static_cast<OrganVerdict>(row.reason->currentData().toInt());
    answers.push_back({row.organ, {verdict, row.note->text().trimmed().toStdString()}});
  }
  Q_EMIT answered(answers);
  accept();
}

}  // namespace recontour
