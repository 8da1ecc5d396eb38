#include "ui/panels/rating_form.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <algorithm>

namespace recontour {

namespace {

/// The words of an answer, over several lines where they must; a click on them chooses it.
class AnswerText final : public QLabel {
 public:
  AnswerText(const QString& text, QRadioButton& button) : QLabel(text, button.parentWidget()), button_(button) {
    setWordWrap(true);
  }

 protected:
  void mousePressEvent(QMouseEvent*) override { button_.click(); }

 private:
  QRadioButton& button_;
};

}  // namespace

RatingForm::RatingForm(QWidget* parent) : Section(tr("Rating"), parent) {
  send_ = new QPushButton(tr("Go on"), body());
  send_->setProperty("role", QStringLiteral("accent"));
  bodyLayout()->addWidget(send_);
  connect(send_, &QPushButton::clicked, this, [this] { Q_EMIT answered(answers()); });
  hide();
}

void RatingForm::ask(const std::vector<StudyRating>& questions, const std::vector<std::string>& organs,
                     const OrganTable& table) {
  delete questions_;
  fields_.clear();
  questions_ = new QWidget(body());
  auto* layout = new QVBoxLayout(questions_);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  for (const StudyRating& question : questions) {
    auto* text = new QLabel(QString::fromStdString(question.question), questions_);
    text->setWordWrap(true);
    layout->addWidget(text);
    if (question.answers.empty())
      addText(question);
    else if (question.perOrgan)
      addChoices(question, organs, table);
    else
      addScores(question);
  }
  bodyLayout()->insertWidget(0, questions_);
  send_->setEnabled(complete());
  setVisible(!questions.empty());
}

/// The best answer on top.
void RatingForm::addScores(const StudyRating& question) {
  Field field{question.id};
  field.scores = new QButtonGroup(questions_);
  for (int score = static_cast<int>(question.answers.size()); score >= 1; --score) {
    const auto answer = QString::fromStdString(question.answers[static_cast<std::size_t>(score) - 1]);
    auto* button = new QRadioButton(QString::number(score), questions_);
    button->setAccessibleName(answer);
    field.scores->addButton(button, score);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(button, 0, Qt::AlignTop);
    row->addWidget(new AnswerText(answer, *button), 1);
    static_cast<QVBoxLayout*>(questions_->layout())->addLayout(row);
  }
  connect(field.scores, &QButtonGroup::idClicked, this, [this] { send_->setEnabled(complete()); });
  fields_.push_back(field);
}

void RatingForm::addChoices(const StudyRating& question, const std::vector<std::string>& organs,
                            const OrganTable& table) {
  auto* rows = new QWidget(questions_);
  auto* form = new QFormLayout(rows);
  form->setContentsMargins(0, 0, 0, 0);
  for (const std::string& key : organs) {
    const Organ* organ = table.find(key);
    Field field{question.id + "." + key};
    field.choice = new QComboBox(rows);
    field.choice->addItem(QStringLiteral("-"));
    for (std::size_t i = 0; i < question.answers.size(); ++i)
      field.choice->addItem(QStringLiteral("%1  %2").arg(i + 1).arg(QString::fromStdString(question.answers[i])));
    form->addRow(QString::fromStdString(organ != nullptr ? organ->name : key), field.choice);
    connect(field.choice, &QComboBox::currentIndexChanged, this, [this] { send_->setEnabled(complete()); });
    fields_.push_back(field);
  }
  questions_->layout()->addWidget(rows);
}

void RatingForm::addText(const StudyRating& question) {
  Field field{question.id};
  field.text = new QLineEdit(questions_);
  questions_->layout()->addWidget(field.text);
  fields_.push_back(field);
}

bool RatingForm::complete() const {
  return std::ranges::all_of(fields_, [](const Field& field) {
    if (field.scores != nullptr) return field.scores->checkedId() > 0;
    return field.choice == nullptr || field.choice->currentIndex() > 0;
  });
}

std::map<std::string, std::string> RatingForm::answers() const {
  std::map<std::string, std::string> answers;
  for (const Field& field : fields_) {
    if (field.scores != nullptr) answers[field.key] = std::to_string(field.scores->checkedId());
    if (field.choice != nullptr) answers[field.key] = std::to_string(field.choice->currentIndex());
    if (field.text != nullptr) answers[field.key] = field.text->text().toStdString();
  }
  return answers;
}

}  // namespace recontour
