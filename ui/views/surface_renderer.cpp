#include "ui/views/surface_renderer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkLight.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>

#include "ui/views/volume_layer.h"

namespace recontour {
namespace {

constexpr double kViewAngle = 20;  // degrees; little perspective, so that sizes can be compared
constexpr double kMargin = 1.08;
constexpr double kDashMm = 12;   // with its gap
constexpr double kWhite = 0.16;  // mixed in, or pure red would show no shading

vtkSmartPointer<vtkActor> makeActor(vtkPolyData* surface) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(surface);
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  vtkProperty* property = actor->GetProperty();
  property->SetAmbient(0.12);
  property->SetDiffuse(0.85);
  property->SetSpecular(0.18);
  property->SetSpecularPower(25);
  return actor;
}

/// Rectangles with a colour each; an edge behind which the slice goes on is dashed.
vtkSmartPointer<vtkPolyData> framesOf(const std::vector<PlaneFrame>& planes) {
  const auto points = vtkSmartPointer<vtkPoints>::New();
  const auto lines = vtkSmartPointer<vtkCellArray>::New();
  const auto colours = vtkSmartPointer<vtkUnsignedCharArray>::New();
  colours->SetNumberOfComponents(3);
  for (const PlaneFrame& plane : planes) {
    const auto draw = [&](const Point3& from, const Point3& to) {
      const vtkIdType ids[2] = {points->InsertNextPoint(from.x, from.y, from.z),
                                points->InsertNextPoint(to.x, to.y, to.z)};
      lines->InsertNextCell(2, ids);
      for (const double part : plane.colour) colours->InsertNextValue(static_cast<unsigned char>(255 * part));
    };
    for (std::size_t i = 0; i < 4; ++i) {
      const Point3 &from = plane.corners[i], along = plane.corners[(i + 1) % 4] - from;
      const int dashes = plane.goesOn[i] ? static_cast<int>(std::ceil(length(along) / kDashMm)) : 1;
      const double part = plane.goesOn[i] ? 0.5 : 1;
      for (int dash = 0; dash < dashes; ++dash)
        draw(from + along * (1.0 * dash / dashes), from + along * ((dash + part) / dashes));
    }
  }
  auto frames = vtkSmartPointer<vtkPolyData>::New();
  frames->SetPoints(points);
  frames->SetLines(lines);
  frames->GetCellData()->SetScalars(colours);
  return frames;
}

Point3 cross(const Point3& a, const Point3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

Point3 point(const double* p) { return {p[0], p[1], p[2]}; }

}  // namespace

SurfaceRenderer::SurfaceRenderer()
    : renderer_(vtkSmartPointer<vtkRenderer>::New()), window_(vtkSmartPointer<vtkRenderWindow>::New()) {
  window_->SetShowWindow(false);
  window_->SetOffScreenRendering(1);
  window_->SetMultiSamples(0);
  renderer_->UseFXAAOn();
  renderer_->GradientBackgroundOn();
  renderer_->SetBackground(0.105, 0.118, 0.133);  // below
  renderer_->SetBackground2(0.045, 0.05, 0.058);  // above
  renderer_->GetActiveCamera()->SetViewAngle(kViewAngle);
  window_->AddRenderer(renderer_);
  resetCamera();
}

SurfaceRenderer::~SurfaceRenderer() = default;

void SurfaceRenderer::setOrgan(Label label, const vtkSmartPointer<vtkPolyData>& surface) {
  if (organs_[label] && surface)
    return static_cast<vtkPolyDataMapper*>(organs_[label]->GetMapper())->SetInputData(surface);
  if (organs_[label]) renderer_->RemoveActor(organs_[label]);
  organs_[label] = surface ? makeActor(surface) : nullptr;
  if (!surface) return;
  renderer_->AddActor(organs_[label]);
  style(label);
}

void SurfaceRenderer::setBones(const vtkSmartPointer<vtkPolyData>& surface) {
  if (bones_) renderer_->RemoveActor(bones_);
  bones_ = surface ? makeActor(surface) : nullptr;
  if (!surface) return;
  bones_->GetProperty()->SetColor(0.82, 0.80, 0.74);
  bones_->GetProperty()->SetOpacity(0.3);
  bones_->GetProperty()->BackfaceCullingOn();
  renderer_->AddActor(bones_);
  styleBones();
}

void SurfaceRenderer::styleBones() {
  if (bones_) bones_->SetVisibility(volume_ == nullptr);
}

void SurfaceRenderer::setPlanes(const std::vector<PlaneFrame>& planes) {
  if (planes_) renderer_->RemoveActor(planes_);
  planes_ = nullptr;
  if (planes.empty()) return;
  planes_ = makeActor(framesOf(planes));
  planes_->GetMapper()->ScalarVisibilityOn();
  planes_->GetProperty()->LightingOff();
  planes_->GetProperty()->SetLineWidth(1.5);
  renderer_->AddActor(planes_);
}

void SurfaceRenderer::setVolume(std::unique_ptr<VolumeLayer> layer) {
  if (volume_) renderer_->RemoveVolume(volume_->prop());
  volume_ = std::move(layer);
  if (volume_) renderer_->AddVolume(volume_->prop());
  styleBones();
}

void SurfaceRenderer::clear() {
  for (std::size_t label = 0; label < organs_.size(); ++label) setOrgan(static_cast<Label>(label), nullptr);
  setBones(nullptr);
  setPlanes({});
  setVolume(nullptr);
}

void SurfaceRenderer::setPalette(const LabelPalette& palette) {
  palette_ = palette;
  for (std::size_t label = 0; label < organs_.size(); ++label) style(static_cast<Label>(label));
}

void SurfaceRenderer::style(Label label) {
  if (!organs_[label]) return;
  const LabelStyle& style = palette_[label];
  organs_[label]->SetVisibility(style.visible);
  const auto part = [&](std::size_t i) { return kWhite + (1 - kWhite) * style.colour[i] / 255.0; };
  vtkProperty* property = organs_[label]->GetProperty();
  property->SetColor(part(0), part(1), part(2));
  property->SetOpacity(style.fillAlpha / 255.0);
  property->SetBackfaceCulling(style.fillAlpha < 255);  // or the far side would shine through the near one
}

void SurfaceRenderer::setSize(const QSize& pixels) { pixels_ = pixels.expandedTo({1, 1}); }

void SurfaceRenderer::setBounds(const Point3& lower, const Point3& upper) {
  lower_ = lower;
  upper_ = upper;
}

void SurfaceRenderer::resetCamera() {
  const double tangent = std::tan(kViewAngle / 2 * std::numbers::pi / 180);
  const Point3 half = (upper_ - lower_) * 0.5, centre = lower_ + half;
  const double fit = std::max(half.z, half.x * pixels_.height() / pixels_.width()) * kMargin / tangent;
  vtkCamera* camera = renderer_->GetActiveCamera();
  camera->SetFocalPoint(centre.x, centre.y, centre.z);
  camera->SetPosition(centre.x, centre.y - half.y - fit, centre.z);  // -y is the patient's front
  camera->SetViewUp(0, 0, 1);
}

void SurfaceRenderer::rotate(const QPointF& delta) {
  vtkCamera* camera = renderer_->GetActiveCamera();
  camera->Azimuth(-delta.x() * 180);
  camera->Elevation(delta.y() * 180);
  camera->OrthogonalizeViewUp();
}

void SurfaceRenderer::pan(const QPointF& delta) {
  vtkCamera* camera = renderer_->GetActiveCamera();
  const double height = 2 * camera->GetDistance() * std::tan(kViewAngle / 2 * std::numbers::pi / 180);
  const Point3 way = right() * (-delta.x() * height) + up() * (delta.y() * height);
  const Point3 focus = point(camera->GetFocalPoint()) + way, position = point(camera->GetPosition()) + way;
  camera->SetFocalPoint(focus.x, focus.y, focus.z);
  camera->SetPosition(position.x, position.y, position.z);
}

void SurfaceRenderer::zoom(double factor) {
  vtkCamera* camera = renderer_->GetActiveCamera();
  const double distance = std::clamp(camera->GetDistance() / factor, 20.0, 20000.0);
  const Point3 focus = point(camera->GetFocalPoint());
  const Point3 position = focus - point(camera->GetDirectionOfProjection()) * distance;
  camera->SetPosition(position.x, position.y, position.z);
}

QImage SurfaceRenderer::render(bool coarse) {
  const int part = coarse ? 2 : 1;
  window_->SetSize(std::max(1, pixels_.width() / part), std::max(1, pixels_.height() / part));
  if (volume_) volume_->setCoarse(coarse);
  renderer_->ResetCameraClippingRange();
  window_->Render();
  const int* size = window_->GetSize();
  const auto pixels = vtkSmartPointer<vtkUnsignedCharArray>::New();
  window_->GetRGBACharPixelData(0, 0, size[0] - 1, size[1] - 1, 0, pixels);
  return QImage(pixels->GetPointer(0), size[0], size[1], QImage::Format_RGBX8888).mirrored();
}

std::optional<Point3> SurfaceRenderer::pick(const QPointF& at) {
  const int* size = window_->GetSize();
  const int x = static_cast<int>(at.x() * size[0]), y = static_cast<int>((1 - at.y()) * size[1]);
  if (x < 0 || y < 0 || x >= size[0] || y >= size[1]) return std::nullopt;
  const double depth = window_->GetZbufferDataAtPoint(x, y);
  if (depth >= 1) return std::nullopt;
  renderer_->SetDisplayPoint(x, y, depth);
  renderer_->DisplayToWorld();
  const double* world = renderer_->GetWorldPoint();
  if (world[3] == 0) return std::nullopt;
  return Point3{world[0] / world[3], world[1] / world[3], world[2] / world[3]};
}

int SurfaceRenderer::surfaces() const {
  return static_cast<int>(
      std::ranges::count_if(organs_, [](const auto& actor) { return actor && actor->GetVisibility(); }));
}

Point3 SurfaceRenderer::right() const {
  return cross(point(renderer_->GetActiveCamera()->GetDirectionOfProjection()), up());
}

Point3 SurfaceRenderer::up() const { return point(renderer_->GetActiveCamera()->GetViewUp()); }

}  // namespace recontour
