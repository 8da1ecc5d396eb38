#include "ui/panels/section.h"

#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

Section::Section(const QString& title, QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 6, 0, 6);
  layout->setSpacing(4);
  heading_ = new QToolButton(this);
  heading_->setProperty("role", QStringLiteral("heading"));
  heading_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  heading_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  layout->addWidget(heading_);
  body_ = new QWidget(this);
  auto* inside = new QVBoxLayout(body_);
  inside->setContentsMargins(8, 0, 12, 4);
  inside->setSpacing(8);
  layout->addWidget(body_, 1);
  connect(heading_, &QToolButton::clicked, this, [this] {
    setCollapsed(!collapsed_);
    Q_EMIT collapsedChanged(collapsed_);
  });
  heading_->installEventFilter(this);
  setTitle(title);
  setCollapsed(false);
}

/// Space is a button's key everywhere, Enter is not.
bool Section::eventFilter(QObject* watched, QEvent* event) {
  if (watched != heading_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  if (key != Qt::Key_Return && key != Qt::Key_Enter) return QWidget::eventFilter(watched, event);
  heading_->click();
  return true;
}

QVBoxLayout* Section::bodyLayout() const { return static_cast<QVBoxLayout*>(body_->layout()); }

void Section::setTitle(const QString& title) {
  heading_->setText(title.toUpper());
  heading_->setAccessibleName(title);
}

void Section::setCollapsed(bool collapsed) {
  collapsed_ = collapsed;
  body_->setVisible(!collapsed);
  heading_->setArrowType(collapsed ? Qt::RightArrow : Qt::DownArrow);
  heading_->setToolTip(collapsed ? tr("Show") : tr("Hide"));
}

}  // namespace recontour
