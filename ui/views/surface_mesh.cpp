#include "ui/views/surface_mesh.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <vtkFlyingEdges3D.h>
#include <vtkIdTypeArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataConnectivityFilter.h>
#include <vtkPolyDataNormals.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include "ui/views/view_colours.h"

namespace recontour {
namespace {

constexpr int kBoneSmoothing = 8;  // iterations
constexpr double kPassBand = 0.02;
constexpr double kBoneSamplingMm = 3;

/// A coarse grid over a box of voxels: sample i stands for voxels lower + i step .. lower + (i + 1) step - 1.
struct SampleGrid {
  Index3 lower, step{1, 1, 1};
  Size3 samples;
  Index3 sampleOf(const Index3& voxel) const {
    return {(voxel.x - lower.x) / step.x, (voxel.y - lower.y) / step.y, (voxel.z - lower.z) / step.z};
  }
  std::size_t offset(const Index3& at) const {
    return (static_cast<std::size_t>(at.z) * static_cast<std::size_t>(samples.y) + static_cast<std::size_t>(at.y)) *
               static_cast<std::size_t>(samples.x) +
           static_cast<std::size_t>(at.x);
  }
  Point3 toIndex(const double* at) const {
    Point3 index;
    for (int a = 0; a < 3; ++a) index[a] = lower[a] + at[a] * step[a] + (step[a] - 1) / 2.0;
    return index;
  }
};

/// Covers `box` and one sample more on every side, so that surfaces close.
SampleGrid sampleGrid(const Box& box, const Index3& step) {
  SampleGrid grid{.lower = {}, .step = step, .samples = {}};
  for (int a = 0; a < 3; ++a) {
    grid.lower[a] = box.lower[a] - step[a];
    grid.samples[a] = (box.upper[a] - box.lower[a] + step[a] - 1) / step[a] + 2;
  }
  return grid;
}

template <typename T>
vtkSmartPointer<vtkImageData> makeImage(const SampleGrid& grid, int vtkType, T ground) {
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(grid.samples.x, grid.samples.y, grid.samples.z);
  image->AllocateScalars(vtkType, 1);
  std::fill_n(static_cast<T*>(image->GetScalarPointer()), voxelCount(grid.samples), ground);
  return image;
}

vtkSmartPointer<vtkPolyData> contour(vtkImageData* image, double value) {
  auto edges = vtkSmartPointer<vtkFlyingEdges3D>::New();
  edges->SetInputData(image);
  edges->SetValue(0, value);
  edges->ComputeNormalsOff();
  edges->ComputeScalarsOff();
  edges->Update();
  return edges->GetOutput();
}

void moveToWorld(vtkPolyData* surface, const SampleGrid& grid, const Geometry& geometry) {
  vtkPoints* points = surface->GetPoints();
  for (vtkIdType i = 0; i < points->GetNumberOfPoints(); ++i) {
    const Point3 world = geometry.toWorld(grid.toIndex(points->GetPoint(i)));
    points->SetPoint(i, world.x, world.y, world.z);
  }
}

/// Smooths in mm, without shrinking; source: Taubin, Zhang, Golub, ECCV 1996.
vtkSmartPointer<vtkPolyData> smoothed(vtkPolyData* surface, int iterations) {
  auto sinc = vtkSmartPointer<vtkWindowedSincPolyDataFilter>::New();
  sinc->SetInputData(surface);
  sinc->SetNumberOfIterations(iterations);
  sinc->SetPassBand(kPassBand);
  sinc->NormalizeCoordinatesOn();
  sinc->BoundarySmoothingOff();
  sinc->FeatureEdgeSmoothingOff();
  sinc->NonManifoldSmoothingOn();
  auto normals = vtkSmartPointer<vtkPolyDataNormals>::New();
  normals->SetInputConnection(sinc->GetOutputPort());
  normals->SplittingOff();
  normals->ConsistencyOff();
  normals->Update();
  return normals->GetOutput();
}

/// Mean CT number of each sample.
vtkSmartPointer<vtkImageData> meanHu(const Volume& volume, const SampleGrid& grid) {
  auto image = makeImage<float>(grid, VTK_FLOAT, -1024.0F);
  auto* out = static_cast<float*>(image->GetScalarPointer());
  const auto part = 1.0F / static_cast<float>(grid.step.x * grid.step.y * grid.step.z);
  const std::int16_t* in = volume.voxels().data();
  const Size3& size = volume.size();
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x)
        out[grid.offset(grid.sampleOf({x, y, z}))] += part * (static_cast<float>(*in++) + 1024.0F);
    }
  }
  return image;
}

/// Leaves out specks: parts with less than a fiftieth of all triangles.
vtkSmartPointer<vtkPolyData> largeParts(vtkPolyData* surface) {
  auto parts = vtkSmartPointer<vtkPolyDataConnectivityFilter>::New();
  parts->SetInputData(surface);
  parts->SetExtractionModeToAllRegions();
  parts->Update();
  const vtkIdType least = surface->GetNumberOfCells() / 50;
  vtkIdTypeArray* sizes = parts->GetRegionSizes();
  std::vector<int> large;
  for (int region = 0; region < parts->GetNumberOfExtractedRegions(); ++region) {
    if (sizes->GetValue(region) >= least) large.push_back(region);
  }
  parts->SetExtractionModeToSpecifiedRegions();
  for (const int region : large) parts->AddSpecifiedRegion(region);
  parts->Update();
  return parts->GetOutput();
}

}  // namespace

vtkSmartPointer<vtkPolyData> boneSurface(const Volume& volume, const Geometry& geometry) {
  Index3 step;
  for (int a = 0; a < 3; ++a)
    step[a] = std::max(1, static_cast<int>(std::lround(kBoneSamplingMm / geometry.spacing[a])));
  const SampleGrid grid = sampleGrid(geometry.box(), step);
  const auto surface = contour(meanHu(volume, grid), kBoneHu);
  if (surface->GetNumberOfPoints() == 0) return nullptr;
  const auto skeleton = largeParts(surface);
  if (skeleton->GetNumberOfCells() == 0) return nullptr;  // noise alone
  moveToWorld(skeleton, grid, geometry);
  return smoothed(skeleton, kBoneSmoothing);
}

}  // namespace recontour
