#include "ui/panels/tool_rail.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

ToolRail::ToolRail(const std::vector<QAction*>& tools, QWidget* parent) : QWidget(parent) {
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  setFixedWidth(kRailWidth);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 8, 4, 8);
  layout->setSpacing(4);
  for (QAction* tool : tools) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(tool);
    button->setFixedSize(kRailButton, kRailButton);
    button->setIconSize({kIcon, kIcon});
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    layout->addWidget(button);
  }
  layout->addStretch(1);
}

}  // namespace recontour
