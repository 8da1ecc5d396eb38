// What 3D shows, and leaving it off after a crash.
#include <QAction>

#include "ui/views/crash_marker.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectSurfaces() {
  connect(actions_->surfaces, &QAction::toggled, this, [this](bool on) {
    if (on) return grid_->startSurfaces(marker_);
    grid_->stopSurfaces(tr("switched off in the View menu"));
  });
  connect(actions_->planes, &QAction::toggled, grid_, &ViewGrid::showPlanes);
  connect(actions_->volumeRendering, &QAction::toggled, &grid_->surfaces(), &SurfaceView::showVolume);
  connect(actions_->rebuildSurfaces, &QAction::triggered, &grid_->surfaces(), &SurfaceView::rebuild);
  connect(&grid_->surfaces(), &SurfaceView::pointPicked, this, [this](const Point3& world) { pointer_ = world; });
  connect(&grid_->surfaces(), &SurfaceView::volumeRefused, this, [this](const QString& seconds) {
    actions_->volumeRendering->setChecked(false);
    messages_->add(
        MessageKind::Warning,
        tr("Volume rendering is off: this machine takes %1 s for a picture even at its coarsest").arg(seconds));
  });
  connect(actions_, &WindowActions::surfaceOpacityChosen, this, &MainWindow::chooseSurfaceOpacity);
  for (const Organ& organ : workbench_.organs().organs()) {
    const auto kept = settings_.surfaceOpacity();
    const auto own = kept.find(QString::fromStdString(organ.key));
    if (own != kept.end()) display_.surfaceOpacity[organ.label] = own->second;
  }
}

/// Off where the command line says so, and where drawing it ended the program last time.
void MainWindow::startSurfaces() {
  if (!options_.crashMarker.empty()) marker_ = std::make_shared<CrashMarker>(options_.crashMarker);
  const bool crashed = marker_ && marker_->wasSet();
  if (options_.threeD && !crashed) return actions_->surfaces->setChecked(true);
  if (!options_.threeD) return grid_->stopSurfaces(tr("switched off when the program was started"));
  grid_->stopSurfaces(tr("the program ended while it was drawn last time. View > 3D tries again"));
  messages_->add(MessageKind::Warning, tr("3D is off, since the program ended while it was drawn last time."),
                 {tr("Try again"), [this] { actions_->surfaces->setChecked(true); }});
}

void MainWindow::chooseSurfaceOpacity(double opacity) {
  display_.surfaceOpacity[activeOrgan()] = opacity;
  if (const Organ* organ = workbench_.organs().find(activeOrgan()))
    settings_.setSurfaceOpacity(QString::fromStdString(organ->key), opacity);
  showPalette();
}

}  // namespace recontour
