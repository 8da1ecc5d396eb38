#include "ui/panels/comment_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

QString checkText(const CaseCheck& check) {
  const QString reader = QString::fromStdString(check.reader).toHtmlEscaped();
  const QString head =
      check.approved ? CommentPanel::tr("Approved by %1").arg(reader) : CommentPanel::tr("Returned by %1").arg(reader);
  const QString colour = (check.approved ? theme().good : theme().warning).name();
  const QString text = QString::fromStdString(check.text).toHtmlEscaped();
  return QStringLiteral("<b style=\"color:%1\">%2</b>%3").arg(colour, head, text.isEmpty() ? text : ": " + text);
}

}  // namespace

CommentPanel::CommentPanel(QWidget* parent) : Section(tr("Comments"), parent) {
  text_ = new QLabel(this);
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  bodyLayout()->addWidget(text_);
  connect(text_, &QLabel::linkActivated, this, [this](const QString& target) {
    const auto number = target.toUInt();
    if (number >= comments_.size()) return;
    const CaseComment& one = comments_[number];
    Q_EMIT placeChosen(one.organ, one.plane, one.slice);
  });
  hide();
}

void CommentPanel::show(const std::vector<CaseComment>& comments, const std::optional<CaseCheck>& check) {
  comments_ = comments;
  QStringList lines;
  if (check) lines << checkText(*check);
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const CaseComment& one = comments[i];
    const Organ* organ = organs_.find(one.organ);
    const QString place = tr("%1, %2 %3")
                              .arg(organ ? QString::fromStdString(organ->name) : QString::number(one.organ),
                                   QString::fromLatin1(planeName(one.plane)))
                              .arg(one.slice + 1);
    lines << QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a> (%4): %5")
                 .arg(i)
                 .arg(theme().accent.name(), place.toHtmlEscaped(), QString::fromStdString(one.reader).toHtmlEscaped(),
                      QString::fromStdString(one.text).toHtmlEscaped());
  }
  text_->setText(lines.join(QStringLiteral("<br>")));
  setVisible(!lines.isEmpty());
}

}  // namespace recontour
