#pragma once
#include <QElapsedTimer>
#include <QString>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/views/surface_scene.h"

class QTimer;

namespace recontour {

/// The 3D panel: the scene's latest picture, orientation letters, and what it waits for. Left drag rotates, middle (or
/// Shift + left) drag pans, wheel or right drag zooms, R or F resets, double click maximises, a click
/// on a surface tells where it is.
///
/// 3D starts with start(), once Probe3d has found that the display can do it; what was set before is shown then.
class SurfaceView : public QWidget {
  Q_OBJECT
 public:
  explicit SurfaceView(QWidget* parent = nullptr);
  ~SurfaceView() override;

  /// @param marker  remembers a crash of the scene; may be null
  void start(std::shared_ptr<CrashMarker> marker = nullptr);
  void setUnavailable(const QString& reason);  ///< "3D is off: reason"
  void setLabels(const LabelLayers& labels, const Geometry& geometry);
  void setPalette(const LabelPalette& palette);
  void setBones(const Volume& volume, const Geometry& geometry);
  /// Frames of the three slices through a point; none hides them.
  void setPlanes(const std::vector<PlaneFrame>& planes);
  void showVolume(bool shown);
  void rebuild();
  void clear();
  void resetCamera();

  bool running() const { return scene_ != nullptr; }
  /// True when the picture shows all that was set, and when 3D is off.
  bool isSettled() const;
  /// Runs the event loop until isSettled(). For screenshots and tests. @return false after `timeoutMs`
  bool waitUntilSettled(int timeoutMs);
  const SurfaceFrame& frame() const { return frame_; }

 Q_SIGNALS:
  void settled();
  void maximiseRequested();
  void pointPicked(const recontour::Point3& world);  ///< click on a surface
  void volumeRefused(const QString& seconds);        ///< it took so long at its coarsest, and is off
  void firstFrame();                                 ///< since start()

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Content;
  void sendContent();
  void showFrame(const SurfaceFrame& frame);
  QString message() const;
  std::unique_ptr<SurfaceScene> scene_;
  std::unique_ptr<Content> content_;
  QString unavailable_;
  SurfaceFrame frame_;
  QPointF last_, pressed_;
  QElapsedTimer planesWait_;       ///< since the slices moved first after a picture
  QTimer* planesTimer_ = nullptr;  ///< a scroll moves them more often than is worth a picture
};

}  // namespace recontour
