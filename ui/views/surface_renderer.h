#pragma once
#include <QImage>
#include <QPointF>
#include <QSize>
#include <array>

#include <vtkSmartPointer.h>

#include "core/image/compositor.h"
#include "core/image/geometry.h"

class vtkActor;
class vtkPolyData;
class vtkRenderer;
class vtkRenderWindow;

namespace recontour {

/// The organs' surfaces in an off-screen VTK window. Made, used and destroyed in one thread.
class SurfaceRenderer {
 public:
  SurfaceRenderer();
  ~SurfaceRenderer();
  SurfaceRenderer(const SurfaceRenderer&) = delete;
  SurfaceRenderer& operator=(const SurfaceRenderer&) = delete;

  void setOrgan(Label label, const vtkSmartPointer<vtkPolyData>& surface);  ///< null removes it
  void setBones(const vtkSmartPointer<vtkPolyData>& surface);               ///< null removes them
  void clear();
  void setPalette(const LabelPalette& palette);
  void setSize(const QSize& pixels);
  /// What resetCamera() brings into sight, in world mm.
  void setBounds(const Point3& lower, const Point3& upper);
  void resetCamera();  ///< from the front, head up
  void rotate(const QPointF& delta);
  void pan(const QPointF& delta);
  void zoom(double factor);

  QImage render();
  int surfaces() const;  ///< organs shown
  Point3 right() const;  ///< world direction of the picture's right
  Point3 up() const;

 private:
  void style(Label label);
  vtkSmartPointer<vtkRenderer> renderer_;
  vtkSmartPointer<vtkRenderWindow> window_;
  std::array<vtkSmartPointer<vtkActor>, 256> organs_;
  vtkSmartPointer<vtkActor> bones_;
  LabelPalette palette_{};
  Point3 lower_{-150, -150, -150}, upper_{150, 150, 150};
};

}  // namespace recontour
