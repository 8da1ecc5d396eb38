#include "ui/panels/message_stack.h"

#include <QDialog>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kMargin = 10, kWidest = 520, kMost = 3;
constexpr int kSlideMs = 160;
constexpr int kInformationMs = 8000, kWarningMs = 15000;

const char* kindName(MessageKind kind) {
  return kind == MessageKind::Information ? "information" : kind == MessageKind::Warning ? "warning" : "failure";
}

}  // namespace

MessageStack::MessageStack(QWidget* over) : QWidget(over) {
  layout_ = new QVBoxLayout(this);
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(6);
  slide_ = new QPropertyAnimation(this, "pos", this);
  slide_->setDuration(kSlideMs);
  slide_->setEasingCurve(QEasingCurve::OutCubic);
  over->installEventFilter(this);
  hide();
}

void MessageStack::note(MessageKind kind, const QString& text) {
  log_.push_back({kind, text, QDateTime::currentDateTime()});
}

void MessageStack::add(MessageKind kind, const QString& text, const MessageAction& action) {
  note(kind, text);
  while (shownCount() >= kMost) dismiss(shown_.front());
  QWidget* toast = makeToast(kind, text, action);
  layout_->addWidget(toast, 0, Qt::AlignLeft);
  toast->show();  // now, not in the next turn of the event loop: place() has to count it
  shown_.push_back(toast);
  if (kind != MessageKind::Failure) {
    const int lifeMs = kind == MessageKind::Warning || action.run ? kWarningMs : kInformationMs;
    QTimer::singleShot(lifeMs, toast, [this, toast] { dismiss(toast); });
  }
  place();
  slide_->setStartValue(pos() + QPoint(0, toast->height()));
  slide_->setEndValue(pos());
  slide_->start();
}

QWidget* MessageStack::makeToast(MessageKind kind, const QString& text, const MessageAction& action) {
  auto* toast = new QFrame(this);
  toast->setObjectName(QStringLiteral("toast"));
  toast->setProperty("kind", QString::fromLatin1(kindName(kind)));
  auto* line = new QHBoxLayout(toast);
  line->setContentsMargins(12, 7, 6, 7);
  auto* label = new QLabel(text, toast);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  const bool wide = label->sizeHint().width() > kWidest;
  label->setWordWrap(wide);
  if (wide) {
    label->setFixedWidth(kWidest);
    label->ensurePolished();                                // in its own font
    label->setFixedHeight(label->heightForWidth(kWidest));  // the stack's size hint knows no wrapped lines
  }
  line->addWidget(label);
  if (action.run) {
    auto* button = new QPushButton(action.text, toast);
    button->setProperty("role", QStringLiteral("link"));
    connect(button, &QPushButton::clicked, this, [this, toast, run = action.run] {
      dismiss(toast);
      run();
    });
    line->addWidget(button);
  }
  auto* close = new QToolButton(toast);
  close->setIcon(icon(QStringLiteral("close"), theme().dim));
  close->setIconSize({12, 12});
  close->setAccessibleName(tr("Close the message"));
  connect(close, &QToolButton::clicked, this, [this, toast] { dismiss(toast); });
  line->addWidget(close);
  return toast;
}

void MessageStack::dismiss(QWidget* toast) {
  const auto found = std::find(shown_.begin(), shown_.end(), toast);
  if (found == shown_.end()) return;
  shown_.erase(found);
  layout_->removeWidget(toast);
  toast->hide();
  toast->deleteLater();  // it may be the sender
  place();
}

void MessageStack::place() {
  slide_->stop();
  setVisible(!shown_.empty());
  layout_->activate();
  adjustSize();
  const QSize wanted = layout_->sizeHint();
  resize(wanted);
  move(kMargin, parentWidget()->height() - wanted.height() - kMargin - 22);  // above the views' own line of text
  raise();
}

bool MessageStack::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) place();
  return QWidget::eventFilter(watched, event);
}

void showMessageLog(const std::vector<Message>& log, QWidget* parent) {
  QString text;
  for (const Message& message : log) {
    text += message.time.toString(QStringLiteral("HH:mm:ss  ")) + message.text + QLatin1Char('\n');
  }
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(MessageStack::tr("Messages"));
  dialog->resize(720, 360);
  auto* layout = new QVBoxLayout(dialog);
  auto* edit = new QPlainTextEdit(text.isEmpty() ? MessageStack::tr("No messages so far.") : text, dialog);
  edit->setReadOnly(true);
  layout->addWidget(edit);
  dialog->show();
}

}  // namespace recontour
