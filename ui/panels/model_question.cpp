#include "ui/panels/model_question.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace recontour {

ModelQuestion::ModelQuestion(const std::vector<Answer>& models, QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("modelQuestion"));
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  line_ = new QHBoxLayout(this);
  line_->setContentsMargins(12, 6, 12, 6);
  line_->setSpacing(8);
  auto* question = new QLabel(tr("Which model draws the first contours of each case?"), this);
  question->setToolTip(tr("Asked once; the Model menu changes the answer."));
  line_->addWidget(question);
  for (const Answer& model : models) {
    QPushButton* button = addButton(model.text, model.toolTip);
    connect(button, &QPushButton::clicked, this, [this, folder = model.folder] { Q_EMIT answered(folder); });
  }
  connect(addButton(tr("Another folder..."), tr("A folder with recontour.json")), &QPushButton::clicked, this,
          &ModelQuestion::folderWanted);
  connect(addButton(tr("None"), tr("You start from a label map of your own or from nothing")), &QPushButton::clicked,
          this, [this] { Q_EMIT answered(QString()); });
  line_->addStretch(1);
}

QPushButton* ModelQuestion::addButton(const QString& text, const QString& toolTip) {
  auto* button = new QPushButton(text, this);
  button->setToolTip(toolTip);
  button->setFocusPolicy(Qt::TabFocus);  // a click must not take the keys from the views
  line_->addWidget(button);
  buttons_.push_back(button);
  return button;
}

}  // namespace recontour
