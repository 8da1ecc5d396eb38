#include "ui/study/wizard_text_pages.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

constexpr int kListWidth = 260;

std::vector<std::string> linesOf(const QString& text) {
  std::vector<std::string> lines;
  for (const QString& line : text.split(QLatin1Char('\n')))
    if (!line.trimmed().isEmpty()) lines.push_back(line.trimmed().toStdString());
  return lines;
}

}  // namespace

QuestionsPage::QuestionsPage(StudyDraft& draft)
    : StudyWizardPage(draft, tr("Questions"),
                      tr("Forms that readers fill in. Their time is counted apart from that of the case.")) {
  auto* row = new QHBoxLayout;
  row->setSpacing(16);
  auto* left = new QVBoxLayout;
  list_ = new QListWidget(this);
  list_->setFixedWidth(kListWidth);
  left->addWidget(list_, 1);
  auto* buttons = new QHBoxLayout;
  auto* add = new QPushButton(tr("Add a question"), this);
  auto* remove = new QPushButton(tr("Remove"), this);
  for (QPushButton* button : {add, remove}) button->setAutoDefault(false);
  buttons->addWidget(add);
  buttons->addStretch(1);
  buttons->addWidget(remove);
  left->addLayout(buttons);
  row->addLayout(left);
  makeEditor();
  row->addWidget(editor_, 1);
  column()->addLayout(row, 1);
  connect(add, &QPushButton::clicked, this, &QuestionsPage::addQuestion);
  connect(remove, &QPushButton::clicked, this, [this] {
    const int at = list_->currentRow();
    if (at < 0) return;
    ratings_.erase(ratings_.begin() + at);
    delete list_->takeItem(at);
    showQuestion(list_->currentRow());
  });
  connect(list_, &QListWidget::currentRowChanged, this, &QuestionsPage::showQuestion);
}

void QuestionsPage::makeEditor() {
  editor_ = new QWidget(this);
  auto* form = new QFormLayout(editor_);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  question_ = new QLineEdit(editor_);
  answers_ = new QPlainTextEdit(editor_);
  answers_->setPlaceholderText(tr("one a line, from the lowest score up; none: readers write freely"));
  before_ = new QCheckBox(tr("before the case is revised"), editor_);
  after_ = new QCheckBox(tr("after it"), editor_);
  perOrgan_ = new QCheckBox(tr("of each organ"), editor_);
  form->addRow(tr("Question"), question_);
  form->addRow(tr("Answers"), answers_);
  form->addRow(tr("Asked"), before_);
  form->addRow(QString(), after_);
  form->addRow(QString(), perOrgan_);
  connect(question_, &QLineEdit::textChanged, this, &QuestionsPage::keep);
  connect(answers_, &QPlainTextEdit::textChanged, this, &QuestionsPage::keep);
  for (QCheckBox* box : {before_, after_, perOrgan_}) connect(box, &QCheckBox::toggled, this, &QuestionsPage::keep);
}

void QuestionsPage::show(const StudyDraft& draft) {
  ratings_ = draft.protocol.ratings;
  list_->clear();
  for (const StudyRating& one : ratings_) list_->addItem(shown(one.question));
  list_->setCurrentRow(ratings_.empty() ? -1 : 0);
  showQuestion(list_->currentRow());
}

void QuestionsPage::put(StudyDraft& draft) const { draft.protocol.ratings = ratings_; }

void QuestionsPage::addQuestion() {
  StudyRating made;
  int number = static_cast<int>(ratings_.size()) + 1;
  const auto isTaken = [&](const StudyRating& one) { return one.id == "question" + std::to_string(number); };
  while (std::ranges::any_of(ratings_, isTaken)) ++number;
  made.id = "question" + std::to_string(number);
  ratings_.push_back(made);
  list_->addItem(tr("New question"));
  list_->setCurrentRow(list_->count() - 1);
  question_->setFocus();
}

void QuestionsPage::showQuestion(int row) {
  editor_->setEnabled(row >= 0);
  isShowing_ = true;
  const StudyRating one = row < 0 ? StudyRating{} : ratings_[static_cast<std::size_t>(row)];
  question_->setText(shown(one.question));
  QStringList answers;
  for (const std::string& answer : one.answers) answers << shown(answer);
  answers_->setPlainText(answers.join(QLatin1Char('\n')));
  before_->setChecked(one.before);
  after_->setChecked(one.after);
  perOrgan_->setChecked(one.perOrgan);
  isShowing_ = false;
}

void QuestionsPage::keep() {
  const int row = list_->currentRow();
  if (isShowing_ || row < 0) return;
  StudyRating& one = ratings_[static_cast<std::size_t>(row)];
  one.question = question_->text().trimmed().toStdString();
  one.answers = linesOf(answers_->toPlainText());
  one.before = before_->isChecked();
  one.after = after_->isChecked();
  one.perOrgan = perOrgan_->isChecked();
  list_->item(row)->setText(one.question.empty() ? tr("New question") : shown(one.question));
}

QString QuestionsPage::problem() const {
  for (const StudyRating& one : ratings_) {
    if (one.question.empty()) return tr("A question has no text; write one or remove it.");
    if (one.answers.size() == 1) return tr("%1: there is one answer only.").arg(shown(one.question));
    if (!one.before && !one.after) return tr("%1: it is asked neither before nor after.").arg(shown(one.question));
  }
  return {};
}

OrgansPage::OrgansPage(StudyDraft& draft, const OrganTable& organs)
    : StudyWizardPage(
          draft, tr("Organs and guidelines"),
          tr("Ticked organs are revised and counted. What is written of an organ is at the readers' hand while "
             "they work on it: where it ends, what belongs to it.")),
      organs_(organs) {
  auto* row = new QHBoxLayout;
  row->setSpacing(16);
  list_ = new QListWidget(this);
  list_->setFixedWidth(kListWidth);
  for (const Organ& organ : organs_.organs()) {
    auto* item = new QListWidgetItem(shown(organ.name), list_);
    item->setSizeHint({0, kCheckRow});
    item->setData(Qt::UserRole, shown(organ.key));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
  }
  text_ = new QPlainTextEdit(this);
  text_->setPlaceholderText(tr("Guideline of the organ that is chosen at the left; may stay empty"));
  row->addWidget(list_);
  row->addWidget(text_, 1);
  column()->addLayout(row, 1);
  const auto keyOf = [this](int at) { return list_->item(at)->data(Qt::UserRole).toString().toStdString(); };
  connect(list_, &QListWidget::currentRowChanged, this, [this, keyOf](int at) {
    const QSignalBlocker silent(text_);
    text_->setPlainText(at < 0 ? QString() : shown(texts_[keyOf(at)]));
  });
  connect(text_, &QPlainTextEdit::textChanged, this, [this, keyOf] {
    if (list_->currentRow() >= 0) texts_[keyOf(list_->currentRow())] = text_->toPlainText().toStdString();
  });
}

void OrgansPage::show(const StudyDraft& draft) {
  texts_ = draft.protocol.guidelines;
  const auto& chosen = draft.protocol.organs;
  for (int row = 0; row < list_->count(); ++row) {
    QListWidgetItem* item = list_->item(row);
    const bool isChosen = std::ranges::find(chosen, item->data(Qt::UserRole).toString().toStdString()) != chosen.end();
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
  }
  list_->setCurrentRow(-1);
  list_->setCurrentRow(0);
}

void OrgansPage::put(StudyDraft& draft) const {
  draft.protocol.organs.clear();
  draft.protocol.guidelines.clear();
  for (int row = 0; row < list_->count(); ++row) {
    const std::string key = list_->item(row)->data(Qt::UserRole).toString().toStdString();
    if (list_->item(row)->checkState() == Qt::Checked) draft.protocol.organs.push_back(key);
    const auto text = texts_.find(key);
    if (text != texts_.end() && !text->second.empty()) draft.protocol.guidelines[key] = text->second;
  }
}

QString OrgansPage::problem() const {
  for (int row = 0; row < list_->count(); ++row)
    if (list_->item(row)->checkState() == Qt::Checked) return {};
  return tr("Tick the organs that are revised.");
}

}  // namespace recontour
