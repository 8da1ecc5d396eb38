#pragma once
#include <QImage>
#include <QPointF>
#include <QSize>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <vtkSmartPointer.h>

#include "core/image/compositor.h"
#include "core/image/geometry.h"
#include "ui/views/plane_frame.h"

class vtkActor;
class vtkPolyData;
class vtkRenderer;
class vtkRenderWindow;

namespace recontour {

class VolumeLayer;

/// The organs' surfaces in an off-screen VTK window. Made, used and destroyed in one thread.
class SurfaceRenderer {
 public:
  SurfaceRenderer();
  ~SurfaceRenderer();
  SurfaceRenderer(const SurfaceRenderer&) = delete;
  SurfaceRenderer& operator=(const SurfaceRenderer&) = delete;

  void setOrgan(Label label, const vtkSmartPointer<vtkPolyData>& surface);  ///< null removes it
  void setBones(const vtkSmartPointer<vtkPolyData>& surface);               ///< null removes them
  void setPlanes(const std::vector<PlaneFrame>& planes);                    ///< none hides them
  void setVolume(std::unique_ptr<VolumeLayer> layer);  ///< null removes it; it takes the bones' place
  VolumeLayer* volume() const { return volume_.get(); }
  void clear();
  /// Colours, visibility and, by fillAlpha, opacity.
  void setPalette(const LabelPalette& palette);
  void setSize(const QSize& pixels);
  /// What resetCamera() brings into sight, in world mm.
  void setBounds(const Point3& lower, const Point3& upper);
  void resetCamera();  ///< from the front, head up
  void rotate(const QPointF& delta);
  void pan(const QPointF& delta);
  void zoom(double factor);

  /// @param coarse  half the pixels along each side, for pictures that a hand waits for
  QImage render(bool coarse = false);
  /// What the last picture shows there, in world mm; none on the ground. @param at  0..1 from the left, from the top
  std::optional<Point3> pick(const QPointF& at);
  int surfaces() const;  ///< organs shown
  Point3 right() const;  ///< world direction of the picture's right
  Point3 up() const;

 private:
  void style(Label label);
  void styleBones();
  vtkSmartPointer<vtkRenderer> renderer_;
  vtkSmartPointer<vtkRenderWindow> window_;
  std::array<vtkSmartPointer<vtkActor>, 256> organs_;
  vtkSmartPointer<vtkActor> bones_, planes_;
  std::unique_ptr<VolumeLayer> volume_;
  QSize pixels_{64, 64};
  LabelPalette palette_{};
  Point3 lower_{-150, -150, -150}, upper_{150, 150, 150};
};

}  // namespace recontour
