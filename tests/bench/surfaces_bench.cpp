// The liver's surface after a dab of 10 mm: the bricks round the dab meshed again, beside flying edges, windowed sinc
// and normals over the organ's crop; same map, same run. The surfaces are compared first.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>

#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkMassProperties.h>
#include <vtkNew.h>
#include <vtkPointLocator.h>
#include <vtkPolyData.h>
#include <vtkPolyDataNormals.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include "core/io/label_file.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "ui/views/organ_mesh.h"

namespace recontour::bench {
namespace {

constexpr Label kLiver = 1;
constexpr int kDabs = 15, kPeerRuns = 5;
constexpr double kLeastRatio = 10, kRadiusMm = 10;
constexpr double kVolumeTolerance = 0.02;  // of the whole

/// What Slicer does: flying edges on the organ's crop, 20 iterations of windowed sinc, normals. In world mm of a grid
/// whose axes run along the world's.
vtkSmartPointer<vtkPolyData> peerSurface(const LabelMap& labels, const Geometry& geometry) {
  const Box box = boundingBox(labels, kLiver);
  const DenseBox dense = labels.copy(box);
  const Size3 size = box.size();
  vtkNew<vtkImageData> image;
  image->SetDimensions(size.x + 2, size.y + 2, size.z + 2);
  image->SetSpacing(geometry.spacing.x, geometry.spacing.y, geometry.spacing.z);
  const Point3 first = geometry.toWorld(Index3{box.lower.x - 1, box.lower.y - 1, box.lower.z - 1});
  image->SetOrigin(first.x, first.y, first.z);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 1);
  auto* out = static_cast<unsigned char*>(image->GetScalarPointer());
  std::fill_n(out, voxelCount({size.x + 2, size.y + 2, size.z + 2}), 0);
  const Label* in = dense.labels.data();
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      unsigned char* row = out + ((z + 1) * (size.y + 2) + y + 1) * (size.x + 2) + 1;
      for (int x = 0; x < size.x; ++x) row[x] = *in++ == kLiver;
    }
  }
  vtkNew<vtkFlyingEdges3D> edges;
  edges->SetInputData(image);
  edges->SetValue(0, 0.5);
  edges->ComputeNormalsOff();
  vtkNew<vtkWindowedSincPolyDataFilter> sinc;
  sinc->SetInputConnection(edges->GetOutputPort());
  sinc->SetNumberOfIterations(20);
  sinc->SetPassBand(0.02);
  sinc->NormalizeCoordinatesOn();
  sinc->BoundarySmoothingOff();
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputConnection(sinc->GetOutputPort());
  normals->SplittingOff();
  normals->Update();
  return normals->GetOutput();
}

/// A disc of 10 mm on the border that the liver had at first in its middle slice, further along with each number.
void dab(LabelMap& labels, const LabelMap& first, const Geometry& geometry, int number) {
  const Box box = boundingBox(first, kLiver);
  const int z = (box.lower.z + box.upper.z) / 2, y = (box.lower.y + box.upper.y) / 2 + 2 * number;
  std::vector<Label> row(static_cast<std::size_t>(labels.size().x));
  first.readRow(y, z, 0, labels.size().x, row.data());
  const int x = static_cast<int>(std::ranges::find(row, kLiver) - row.begin());
  const int reach = static_cast<int>(kRadiusMm / geometry.spacing.y);
  for (int dy = -reach; dy <= reach; ++dy) {
    const double half = std::sqrt(kRadiusMm * kRadiusMm - std::pow(dy * geometry.spacing.y, 2)) / geometry.spacing.x;
    const int from = std::max(0, x - static_cast<int>(half)), to = x + static_cast<int>(half);
    labels.writeRow(y + dy, z, from, std::vector<Label>(static_cast<std::size_t>(to - from + 1), kLiver));
  }
}

double enclosedMl(vtkPolyData* surface) {
  vtkNew<vtkMassProperties> mass;
  mass->SetInputData(surface);
  return mass->GetVolume() / 1000;
}

/// Mean and largest distance of points of `a` from the nearest point of `b`, mm.
std::pair<double, double> distance(vtkPolyData* a, vtkPolyData* b) {
  vtkNew<vtkPointLocator> locator;
  locator->SetDataSet(b);
  locator->BuildLocator();
  double sum = 0, most = 0;
  for (vtkIdType i = 0; i < a->GetNumberOfPoints(); ++i) {
    double at[3], near[3];
    a->GetPoint(i, at);
    b->GetPoint(locator->FindClosestPoint(at), near);
    const double away = length(Point3{at[0] - near[0], at[1] - near[1], at[2] - near[2]});
    sum += away;
    most = std::max(most, away);
  }
  return {sum / static_cast<double>(a->GetNumberOfPoints()), most};
}

double medianMs(int runs, const std::function<void(int)>& run) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run(i);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

bool alike(const LabelMap& labels, const Geometry& geometry) {
  const auto ours = OrganMesh().update(labels, geometry, kLiver), peer = peerSurface(labels, geometry);
  const double oursMl = enclosedMl(ours), peerMl = enclosedMl(peer);
  const auto [mean, most] = distance(ours, peer);
  const double voxelMm = length(geometry.spacing);
  std::printf(
      "ours: %lld triangles, %.1f mL; peer: %lld triangles, %.1f mL; distance mean %.2f mm, most %.2f mm, voxel "
      "diagonal %.2f mm\n",
      static_cast<long long>(ours->GetNumberOfCells()), oursMl, static_cast<long long>(peer->GetNumberOfCells()),
      peerMl, mean, most, voxelMm);
  return std::abs(oursMl - peerMl) <= kVolumeTolerance * peerMl && most <= voxelMm;
}

int run() {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  LabelMap labels = image.labels;
  Geometry geometry = image.geometry;
  geometry.direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};  // the peer's image has no direction
  if (!alike(labels, geometry)) return std::puts("the surfaces differ"), 1;
  OrganMesh mesh;
  const double firstMs = medianMs(1, [&](int) { mesh.update(labels, geometry, kLiver); });
  std::vector<LabelMap> dabbed;
  for (int i = 0; i < kDabs; ++i) {
    dab(labels, image.labels, geometry, i);
    dabbed.push_back(labels);
  }
  std::size_t bricks = 0;
  const double oursMs = medianMs(kDabs, [&](int i) {
    mesh.update(dabbed[static_cast<std::size_t>(i)], geometry, kLiver);
    bricks = std::max(bricks, mesh.bricksMeshed());
  });
  const double peerMs = medianMs(kPeerRuns, [&](int) { peerSurface(labels, geometry); });
  std::printf("first meshing %.1f ms; after a dab %.2f ms (at most %zu bricks), peer %.1f ms: %.1fx, at least %.0fx\n",
              firstMs, oursMs, bricks, peerMs, peerMs / oursMs, kLeastRatio);
  return peerMs >= kLeastRatio * oursMs ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main() { return recontour::bench::run(); }
