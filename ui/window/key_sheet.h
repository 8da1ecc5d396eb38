#pragma once
#include "ui/window/window_actions.h"

class QWidget;

namespace recontour {

/// Shows every command with its keys as they are now, and what the mouse does.
void showKeySheet(const std::vector<CommandGroup>& commands, QWidget* parent);

}  // namespace recontour
