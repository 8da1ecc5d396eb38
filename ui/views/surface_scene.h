#pragma once
#include <QImage>
#include <QObject>
#include <QPointF>
#include <QSize>
#include <QString>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "core/image/compositor.h"
#include "core/image/geometry.h"
#include "core/image/label_layers.h"
#include "core/image/volume.h"
#include "ui/views/plane_frame.h"

namespace recontour {

class CrashMarker;

/// One picture of the 3D scene.
struct SurfaceFrame {
  QImage image;
  Point3 right{1, 0, 0}, up{0, 0, 1};  ///< world directions of the picture's axes
  int surfaces = 0;                    ///< organs in it
  std::uint64_t revision = 0;          ///< of the last request it shows
  bool complete = false;               ///< nothing of that request is still to be meshed, at full resolution
  bool volume = false;                 ///< the volume is rendered
  QString volumeRefused;               ///< seconds it took at its coarsest, when it was switched off for that
};

/// The organs as surfaces, meshed and rendered by VTK off screen in a thread of its own; pictures come by signal. All
/// calls return at once; what is asked for while the thread is busy replaces what was waiting. Organs whose voxels did
/// not change keep their mesh. Needs an X display with OpenGL 3.2 (see Probe3d): VTK ends the program without one.
///
/// Belongs to the GUI thread.
class SurfaceScene : public QObject {
  Q_OBJECT
 public:
  /// @param marker  set while something is meshed or drawn; may be null
  explicit SurfaceScene(std::shared_ptr<CrashMarker> marker = nullptr, QObject* parent = nullptr);
  ~SurfaceScene() override;

  void setLabels(const LabelLayers& labels, const Geometry& geometry);  ///< a snapshot; an empty map shows nothing
  /// Colours and visibility.
  void setPalette(const LabelPalette& palette);
  /// Faint bones from CT numbers above 200 HU at coarse resolution, meshed after the organs.
  void setBones(const Volume& volume, const Geometry& geometry);
  void clear();
  void setSize(const QSize& devicePixels);
  void rotate(const QPointF& delta);  ///< in parts of the view's height
  void pan(const QPointF& delta);     ///< in parts of the view's height
  void zoom(double factor);           ///< > 1 comes nearer
  void resetCamera();                 ///< patient from the front, head up, everything in sight

  void setPlanes(const std::vector<PlaneFrame>& planes);
  void showVolume(bool shown);   ///< of what setBones() gave; switched off where it takes over a second
  void pick(const QPointF& at);  ///< parts of the view's width and height; picked() follows where a surface is
  void rebuild();                ///< all surfaces anew

  /// True when the last frame shows all that was asked for.
  bool settled() const;

 Q_SIGNALS:
  void frameReady(const recontour::SurfaceFrame& frame);
  void becameSettled();
  void picked(const recontour::Point3& world);
  void failed(const QString& reason);

 private:
  struct Shared;
  template <typename Change>
  void ask(Change change);
  void deliver(const SurfaceFrame& frame);
  std::shared_ptr<Shared> shared_;
  std::uint64_t asked_ = 0, shown_ = 0;
  std::jthread thread_;
};

}  // namespace recontour
