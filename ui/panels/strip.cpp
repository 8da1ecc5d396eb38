#include "ui/panels/strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

QString kindName(MessageKind kind) {
  if (kind == MessageKind::Failure) return QStringLiteral("failure");
  return kind == MessageKind::Warning ? QStringLiteral("warning") : QStringLiteral("information");
}

}  // namespace

Strip::Strip(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("strip"));
  setAttribute(Qt::WA_StyledBackground);
  line_ = new QHBoxLayout(this);
  line_->setContentsMargins(14, 7, 10, 7);
  line_->setSpacing(8);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  text_ = new QLabel(this);
  QFont bold = text_->font();
  bold.setBold(true);
  text_->setFont(bold);
  detail_ = new QLabel(this);
  for (QLabel* label : {text_, detail_}) {
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    texts->addWidget(label);
  }
  line_->addLayout(texts, 1);
  hide();
}

void Strip::setContent(const StripContent& content) {
  setProperty("kind", kindName(content.kind));
  style()->unpolish(this);
  style()->polish(this);
  text_->setText(content.text);
  detail_->setText(content.detail);
  detail_->setVisible(!content.detail.isEmpty());
  for (QPushButton* button : buttons_) {
    button->hide();
    button->deleteLater();  // it may be the sender
  }
  buttons_.clear();
  for (const MessageAction& action : content.actions) {
    auto* button = new QPushButton(action.text, this);
    button->setFocusPolicy(Qt::TabFocus);  // a click must not take the keys from the views
    connect(button, &QPushButton::clicked, this, action.run);
    line_->addWidget(button, 0, Qt::AlignVCenter);
    buttons_.push_back(button);
  }
  show();
}

QString Strip::text() const { return text_->text(); }
QString Strip::detail() const { return detail_->text(); }

}  // namespace recontour
