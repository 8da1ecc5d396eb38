#include "ui/views/volume_layer.h"

#include <algorithm>
#include <cmath>

#include <vtkColorTransferFunction.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkImageData.h>
#include <vtkMatrix4x4.h>
#include <vtkPiecewiseFunction.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

namespace recontour {
namespace {

constexpr double kSamplingMm = 2;
constexpr int kCoarsePixelsARay = 3, kMostPixelsARay = 4;

Index3 stepFor(const Geometry& geometry) {
  Index3 step;
  for (int a = 0; a < 3; ++a) step[a] = std::max(1, static_cast<int>(std::lround(kSamplingMm / geometry.spacing[a])));
  return step;
}

/// Every step-th voxel; noise hardly shows in a cloud.
vtkSmartPointer<vtkImageData> sampled(const Volume& volume, const Geometry& geometry, const Index3& step) {
  auto image = vtkSmartPointer<vtkImageData>::New();
  const Size3& size = geometry.size;
  const auto samples = [&](int a) { return (size[a] + step[a] - 1) / step[a]; };
  image->SetDimensions(samples(0), samples(1), samples(2));
  image->SetSpacing(geometry.spacing.x * step.x, geometry.spacing.y * step.y, geometry.spacing.z * step.z);
  image->AllocateScalars(VTK_SHORT, 1);
  auto* out = static_cast<short*>(image->GetScalarPointer());
  const std::int16_t* voxels = volume.voxels().data();
  for (int z = 0; z < size.z; z += step.z) {
    for (int y = 0; y < size.y; y += step.y) {
      const std::int16_t* row = voxels + (std::ptrdiff_t{z} * size.y + y) * size.x;
      for (int x = 0; x < size.x; x += step.x) *out++ = row[x];
    }
  }
  return image;
}

/// From the image's own axes to the world.
vtkSmartPointer<vtkMatrix4x4> placeOf(const Geometry& geometry) {
  auto place = vtkSmartPointer<vtkMatrix4x4>::New();
  const Point3 first = geometry.toWorld(Index3{0, 0, 0});
  for (int a = 0; a < 3; ++a) {
    const Point3 axis = geometry.axisDirection(a);
    for (int row = 0; row < 3; ++row) place->SetElement(row, a, axis[row]);
    place->SetElement(a, 3, first[a]);
  }
  return place;
}

/// Nothing below soft tissue with contrast medium; vessels and kidneys reddish, bone white.
vtkSmartPointer<vtkVolumeProperty> looks() {
  const auto opacity = vtkSmartPointer<vtkPiecewiseFunction>::New();
  for (const auto& [hu, value] : {std::pair{-1024.0, 0.0}, {110, 0}, {180, 0.08}, {280, 0.25}, {500, 0.6}, {1500, 0.9}})
    opacity->AddPoint(hu, value);
  const auto colour = vtkSmartPointer<vtkColorTransferFunction>::New();
  colour->AddRGBPoint(110, 0.45, 0.12, 0.08);
  colour->AddRGBPoint(200, 0.85, 0.45, 0.32);
  colour->AddRGBPoint(350, 0.95, 0.88, 0.75);
  colour->AddRGBPoint(1500, 1, 1, 1);
  auto property = vtkSmartPointer<vtkVolumeProperty>::New();
  property->SetScalarOpacity(opacity);
  property->SetColor(colour);
  property->SetScalarOpacityUnitDistance(3);
  property->SetInterpolationTypeToLinear();
  property->ShadeOn();
  property->SetAmbient(0.4);
  property->SetDiffuse(0.8);
  property->SetSpecular(0.1);
  return property;
}

}  // namespace

VolumeLayer::VolumeLayer(const Volume& volume, const Geometry& geometry)
    : mapper_(vtkSmartPointer<vtkFixedPointVolumeRayCastMapper>::New()), volume_(vtkSmartPointer<vtkVolume>::New()) {
  mapper_->SetInputData(sampled(volume, geometry, stepFor(geometry)));
  mapper_->AutoAdjustSampleDistancesOff();
  mapper_->IntermixIntersectingGeometryOn();
  mapper_->SetSampleDistance(static_cast<float>(kSamplingMm));
  volume_->SetMapper(mapper_);
  volume_->SetProperty(looks());
  volume_->SetUserMatrix(placeOf(geometry));
  apply();
}

VolumeLayer::~VolumeLayer() = default;

vtkVolume* VolumeLayer::prop() const { return volume_; }

void VolumeLayer::setCoarse(bool coarse) {
  coarse_ = coarse;
  apply();
}

bool VolumeLayer::slacken() {
  if (pixelsARay_ >= kMostPixelsARay) return false;
  ++pixelsARay_;
  apply();
  return true;
}

void VolumeLayer::apply() {
  const int pixels = coarse_ ? std::max(pixelsARay_, kCoarsePixelsARay) : pixelsARay_;
  mapper_->SetImageSampleDistance(static_cast<float>(pixels));
  mapper_->SetSampleDistance(static_cast<float>(coarse_ ? 2 * kSamplingMm : kSamplingMm));
}

}  // namespace recontour
