#pragma once
#include <QWidget>
#include <vector>

class QAction;

namespace recontour {

/// The column of tools at the far left: one button an action, which brings icon, tool tip and key.
class ToolRail : public QWidget {
  Q_OBJECT
 public:
  explicit ToolRail(const std::vector<QAction*>& tools, QWidget* parent = nullptr);
};

}  // namespace recontour
