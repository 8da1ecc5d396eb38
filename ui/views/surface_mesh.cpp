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

namespace recontour {
namespace {

constexpr std::size_t kLargeBox = 2'000'000;  // voxels; a liver at 0.7 x 0.7 x 2.5 mm has 6 million
constexpr double kFineMm = 1.3;
constexpr int kOrganSmoothing = 15;  // iterations
constexpr int kBoneSmoothing = 8;
constexpr double kPassBand = 0.02;
constexpr double kBoneHu = 200;
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

/// Twice as coarse along fine axes where a box is large; thin organs keep every voxel.
Index3 organStep(const Box& box, const Geometry& geometry) {
  Index3 step{1, 1, 1};
  if (voxelCount(box.size()) < kLargeBox) return step;
  for (int a = 0; a < 3; ++a) step[a] = geometry.spacing[a] < kFineMm ? 2 : 1;
  return step;
}

/// How much of each sample is the organ, 0..240.
vtkSmartPointer<vtkImageData> organFraction(const LabelMap& labels, Label label, const Box& box,
                                            const SampleGrid& grid) {
  auto image = makeImage<std::uint8_t>(grid, VTK_UNSIGNED_CHAR, 0);
  auto* out = static_cast<std::uint8_t*>(image->GetScalarPointer());
  const int part = 240 / (grid.step.x * grid.step.y * grid.step.z);  // 240 divides by 1, 2, 4 and 8
  const DenseBox dense = labels.copy(box);
  const Label* in = dense.labels.data();
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x) {
        if (*in++ != label) continue;
        std::uint8_t& sample = out[grid.offset(grid.sampleOf({x, y, z}))];
        sample = static_cast<std::uint8_t>(sample + part);
      }
    }
  }
  return image;
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

vtkSmartPointer<vtkPolyData> organSurface(const LabelMap& labels, const Geometry& geometry, Label label) {
  const Box box = boundingBox(labels, label);
  if (box.empty()) return nullptr;
  const SampleGrid grid = sampleGrid(box, organStep(box, geometry));
  const auto surface = contour(organFraction(labels, label, box, grid), 120);
  if (surface->GetNumberOfPoints() == 0) return nullptr;
  moveToWorld(surface, grid, geometry);
  return smoothed(surface, kOrganSmoothing);
}

vtkSmartPointer<vtkPolyData> boneSurface(const Volume& volume, const Geometry& geometry) {
  Index3 step;
  for (int a = 0; a < 3; ++a)
    step[a] = std::max(1, static_cast<int>(std::lround(kBoneSamplingMm / geometry.spacing[a])));
  const SampleGrid grid = sampleGrid(geometry.box(), step);
  const auto surface = contour(meanHu(volume, grid), kBoneHu);
  if (surface->GetNumberOfPoints() == 0) return nullptr;
  const auto skeleton = largeParts(surface);
  moveToWorld(skeleton, grid, geometry);
  return smoothed(skeleton, kBoneSmoothing);
}

}  // namespace recontour
