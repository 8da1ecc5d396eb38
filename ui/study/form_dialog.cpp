#include "ui/study/form_dialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {

FormDialog::FormDialog(const QString& title, const QString& explanation, const std::vector<Field>& fields,
                       const QString& goOn, QWidget* parent)
    : QDialog(parent), fields_(fields) {
  setWindowTitle(title);
  setAttribute(Qt::WA_DeleteOnClose);
  setMinimumWidth(460);
  setProperty("role", QStringLiteral("study"));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(12);
  auto* text = dimLabel(explanation, this);
  text->setWordWrap(true);
  text->setVisible(!explanation.isEmpty());
  layout->addWidget(text);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  layout->addLayout(form);
  for (const Field& field : fields_) form->addRow(field.label, editors_[field.key] = editorOf(field));
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  auto* cancel = new QPushButton(tr("Cancel"), this);
  cancel->setAutoDefault(false);
  goOn_ = new QPushButton(goOn, this);
  goOn_->setProperty("role", QStringLiteral("accent"));
  goOn_->setDefault(true);
  buttons->addWidget(cancel);
  buttons->addWidget(goOn_);
  layout->addLayout(buttons);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(goOn_, &QPushButton::clicked, this, &FormDialog::answer);
  enable();
}

QWidget* FormDialog::editorOf(const Field& field) {
  if (!field.choices.isEmpty()) {
    auto* box = new QComboBox(this);
    box->addItems(field.choices);
    box->setCurrentText(field.text.isEmpty() ? field.choices.front() : field.text);
    return box;
  }
  auto* edit = new QLineEdit(field.text, this);
  edit->setPlaceholderText(field.placeholder);
  connect(edit, &QLineEdit::textChanged, this, &FormDialog::enable);
  return edit;
}

QString FormDialog::value(const QString& key) const {
  QWidget* editor = editors_.at(key);
  if (const auto* edit = qobject_cast<QLineEdit*>(editor)) return edit->text().trimmed();
  return static_cast<QComboBox*>(editor)->currentText();
}

void FormDialog::setValue(const QString& key, const QString& text) {
  QWidget* editor = editors_.at(key);
  if (auto* edit = qobject_cast<QLineEdit*>(editor))
    edit->setText(text);
  else
    static_cast<QComboBox*>(editor)->setCurrentText(text);
}

void FormDialog::enable() {
  goOn_->setEnabled(std::ranges::all_of(
      fields_, [this](const Field& field) { return !field.isNeeded || !value(field.key).isEmpty(); }));
}

void FormDialog::answer() {
  std::map<QString, QString> values;
  for (const Field& field : fields_) values[field.key] = value(field.key);
  accept();
  Q_EMIT answered(values);
}

}  // namespace recontour
