// A session shown again.
#include <QAction>
#include <QVBoxLayout>

#include "core/workbench/session_player.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/replay_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::showReplay(SessionPlayer& player) {
  auto* bar = new ReplayBar(centralWidget());
  static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, bar);
  actions_->lastTool->setEnabled(false);  // Space pauses
  const auto showPosition = [bar, &player] {
    bar->setPosition(player.positionS(), player.durationS(), player.speed());
    bar->setRunning(player.running());
    if (player.finished()) bar->setEnded();
  };
  connect(bar, &ReplayBar::runningWanted, &player, &SessionPlayer::setRunning);
  connect(&player, &SessionPlayer::moved, bar, showPosition);
  connect(&player, &SessionPlayer::looked, this,
          [this](Plane plane, int slice) { grid_->view(plane).setSlice(slice); });
  connect(&player, &SessionPlayer::failed, this, [this](const QString& reason) {
    messages_->add(MessageKind::Failure, tr("The replay ends here: %1").arg(reason));
  });
  showPosition();
}

}  // namespace recontour
