#include "ui/panels/tool_rail.h"

#include <QAction>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kKeyPx = 9;

/// A tool with its key in the corner, so that it need not be hovered to be learned.
class ToolButton final : public QToolButton {
 public:
  using QToolButton::QToolButton;

 protected:
  void paintEvent(QPaintEvent* event) override {
    QToolButton::paintEvent(event);
    const QString key = defaultAction()->shortcut().toString(QKeySequence::NativeText);
    if (key.size() != 1) return;  // longer ones are in the tool tip
    QPainter painter(this);
    QFont small = font();
    small.setPixelSize(kKeyPx);
    painter.setFont(small);
    painter.setPen(theme().dim);
    painter.drawText(rect().adjusted(0, 0, -3, -2), Qt::AlignRight | Qt::AlignBottom, key);
  }
};

}  // namespace

ToolRail::ToolRail(const std::vector<QAction*>& tools, QWidget* parent) : QWidget(parent) {
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  setFixedWidth(kRailWidth);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 8, 4, 8);
  layout->setSpacing(4);
  for (QAction* tool : tools) {
    auto* button = new ToolButton(this);
    button->setDefaultAction(tool);
    button->setFixedSize(kRailButton, kRailButton);
    button->setIconSize({kIcon, kIcon});
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    layout->addWidget(button);
  }
  layout->addStretch(1);
}

}  // namespace recontour
