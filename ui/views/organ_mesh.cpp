#include "ui/views/organ_mesh.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkTypeInt32Array.h>

#include "ui/views/brick_field.h"

namespace recontour {
namespace {

constexpr std::size_t kLargeBox = 2'000'000;  // voxels; a liver at 0.7 x 0.7 x 2.5 mm has 6 million
constexpr double kFineMm = 1.3;

/// Twice as coarse along fine axes where a box is large; thin organs keep every voxel. An organ that was coarse stays
/// so while it shrinks to half, or it would be meshed anew at every other edit.
Index3 stepFor(const Box& box, const Geometry& geometry, bool wasCoarse) {
  Index3 step{1, 1, 1};
  if (voxelCount(box.size()) < (wasCoarse ? kLargeBox / 2 : kLargeBox)) return step;
  for (int a = 0; a < 3; ++a) step[a] = geometry.spacing[a] < kFineMm ? 2 : 1;
  return step;
}

/// Voxels of a brick that are the organ in one map only.
Box changeIn(const LabelMap& before, const LabelMap& after, std::size_t number, Label label) {
  const Box brick = after.brickBox(number);
  if (!before.empty() && before.brick(number) == after.brick(number)) return {};
  const DenseBox was =
      before.empty() ? DenseBox{brick.size(), std::vector<Label>(voxelCount(brick.size()), 0)} : before.copy(brick);
  const DenseBox is = after.copy(brick);
  Box changed;
  std::size_t i = 0;
  for (int z = brick.lower.z; z < brick.upper.z; ++z) {
    for (int y = brick.lower.y; y < brick.upper.y; ++y) {
      for (int x = brick.lower.x; x < brick.upper.x; ++x, ++i) {
        if ((was.labels[i] == label) != (is.labels[i] == label))
          changed = unite(changed, {{x, y, z}, {x + 1, y + 1, z + 1}});
      }
    }
  }
  return changed;
}

vtkSmartPointer<vtkPolyData> contour(const BrickField& field) {
  const Box& samples = field.samples();
  const auto image = vtkSmartPointer<vtkImageData>::New();
  const Size3 size = samples.size();
  image->SetDimensions(size.x, size.y, size.z);
  image->AllocateScalars(VTK_FLOAT, 1);
  auto* out = static_cast<float*>(image->GetScalarPointer());
  for (int z = samples.lower.z; z < samples.upper.z; ++z) {
    for (int y = samples.lower.y; y < samples.upper.y; ++y) {
      for (int x = samples.lower.x; x < samples.upper.x; ++x) *out++ = field.value({x, y, z});
    }
  }
  const auto edges = vtkSmartPointer<vtkFlyingEdges3D>::New();
  edges->SetInputData(image);
  edges->SetValue(0, 0.5);
  edges->ComputeNormalsOff();
  edges->ComputeGradientsOff();
  edges->ComputeScalarsOff();
  edges->Update();
  return edges->GetOutput();
}

/// Turns positions and gradients among samples into world positions and normals.
class ToWorld {
 public:
  ToWorld(const Geometry& geometry, const Index3& step) : geometry_(geometry), step_(step) {
    for (int a = 0; a < 3; ++a) axes_[a] = geometry.axisDirection(a) * (1 / (geometry.spacing[a] * step[a]));
  }
  Point3 position(const Point3& sample) const {
    Point3 voxel;
    for (int a = 0; a < 3; ++a) voxel[a] = sample[a] * step_[a] + (step_[a] - 1) / 2.0;
    return geometry_.toWorld(voxel);
  }
  /// The order in which a triangle's corners run anticlockwise for who looks at the organ: as flying edges has them,
  /// unless the grid's axes are left-handed.
  std::array<int, 3> cornersFromOutside() const {
    const Point3 &x = axes_[0], &y = axes_[1], z = axes_[2];
    const Point3 cross{x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x};
    return dot(cross, z) > 0 ? std::array{0, 1, 2} : std::array{0, 2, 1};
  }
  /// Out of the organ.
  Point3 normal(const Point3& gradient) const {
    const Point3 inwards = axes_[0] * gradient.x + axes_[1] * gradient.y + axes_[2] * gradient.z;
    const double size = length(inwards);
    return size > 0 ? inwards * (-1 / size) : Point3{0, 0, 1};
  }

 private:
  const Geometry& geometry_;
  Index3 step_;
  Point3 axes_[3];
};

/// The gradient on an edge between two samples; `at` is whole along the two other axes.
Point3 gradientAt(const BrickField& field, const Point3& at) {
  Index3 first, second;
  double part = 0;
  for (int a = 0; a < 3; ++a) {
    first[a] = second[a] = static_cast<int>(std::floor(at[a]));
    if (const double beyond = at[a] - first[a]; beyond > 0) {
      ++second[a];
      part = beyond;
    }
  }
  return field.gradient(first) * (1 - part) + field.gradient(second) * part;
}

void append(std::vector<float>& values, const Point3& point) {
  for (int a = 0; a < 3; ++a) values.push_back(static_cast<float>(point[a]));
}

OrganMesh::Piece pieceOf(const BrickField& field, const ToWorld& toWorld) {
  OrganMesh::Piece piece;
  const auto surface = contour(field);
  const Index3& lower = field.samples().lower;
  vtkPoints* points = surface->GetPoints();
  for (vtkIdType i = 0; i < surface->GetNumberOfPoints(); ++i) {
    double at[3];
    points->GetPoint(i, at);
    const Point3 sample{at[0] + lower.x, at[1] + lower.y, at[2] + lower.z};
    append(piece.points, toWorld.position(sample));
    append(piece.normals, toWorld.normal(gradientAt(field, sample)));
  }
  vtkCellArray* triangles = surface->GetPolys();
  piece.corners.reserve(static_cast<std::size_t>(triangles->GetNumberOfCells()) * 3);
  for (vtkIdType i = 0; i < triangles->GetNumberOfCells(); ++i) {
    vtkIdType count = 0;
    const vtkIdType* corners = nullptr;
    triangles->GetCellAtId(i, count, corners);
    for (const int corner : toWorld.cornersFromOutside())
      piece.corners.push_back(static_cast<std::int32_t>(corners[corner]));
  }
  return piece;
}

vtkSmartPointer<vtkPolyData> assembled(const std::map<std::size_t, OrganMesh::Piece>& pieces) {
  vtkIdType points = 0, corners = 0;
  for (const auto& [number, piece] : pieces) {
    points += static_cast<vtkIdType>(piece.points.size() / 3);
    corners += static_cast<vtkIdType>(piece.corners.size());
  }
  if (corners == 0) return nullptr;
  const auto positions = vtkSmartPointer<vtkFloatArray>::New(), normals = vtkSmartPointer<vtkFloatArray>::New();
  for (vtkFloatArray* array : {positions.Get(), normals.Get()}) {
    array->SetNumberOfComponents(3);
    array->SetNumberOfTuples(points);
  }
  const auto offsets = vtkSmartPointer<vtkTypeInt32Array>::New(), ids = vtkSmartPointer<vtkTypeInt32Array>::New();
  offsets->SetNumberOfValues(corners / 3 + 1);
  ids->SetNumberOfValues(corners);
  for (vtkIdType i = 0; i <= corners / 3; ++i) offsets->SetValue(i, static_cast<std::int32_t>(3 * i));
  float *position = positions->GetPointer(0), *normal = normals->GetPointer(0);
  std::int32_t *id = ids->GetPointer(0), first = 0;
  for (const auto& [number, piece] : pieces) {
    position = std::ranges::copy(piece.points, position).out;
    normal = std::ranges::copy(piece.normals, normal).out;
    id = std::ranges::transform(piece.corners, id, [first](std::int32_t corner) { return first + corner; }).out;
    first += static_cast<std::int32_t>(piece.points.size() / 3);
  }
  auto surface = vtkSmartPointer<vtkPolyData>::New();
  const auto vertices = vtkSmartPointer<vtkPoints>::New();
  vertices->SetData(positions);
  const auto triangles = vtkSmartPointer<vtkCellArray>::New();
  triangles->SetData(offsets, ids);
  surface->SetPoints(vertices);
  surface->SetPolys(triangles);
  surface->GetPointData()->SetNormals(normals);
  return surface;
}

}  // namespace

void OrganMesh::begin(const LabelMap& labels, const Geometry& geometry, Label label) {
  const bool wasCoarse = std::max({step_.x, step_.y, step_.z}) > 1;
  const Index3 step = stepFor(boundingBox(labels, label), geometry, wasCoarse);
  if (step == step_ && geometry == geometry_ && labels.size() == labels_.size()) return;
  pieces_.clear();
  labels_ = {};
  step_ = step;
  geometry_ = geometry;
}

std::vector<bool> OrganMesh::staleBricks(const LabelMap& labels, Label label) const {
  std::vector<bool> stale(labels.brickCount(), false);
  const Index3 reach = BrickField::reach(step_);
  const Size3 grid = labels.brickGrid();
  for (std::size_t number = 0; number < labels.brickCount(); ++number) {
    const Box changed = changeIn(labels_, labels, number, label);
    if (changed.empty()) continue;
    Index3 from, to;  // bricks
    for (int a = 0; a < 3; ++a) {
      from[a] = std::max(0, changed.lower[a] - reach[a]) / LabelMap::kBrickEdge;
      to[a] = std::min(grid[a] - 1, (changed.upper[a] - 1 + reach[a]) / LabelMap::kBrickEdge);
    }
    for (int z = from.z; z <= to.z; ++z) {
      for (int y = from.y; y <= to.y; ++y) {
        for (int x = from.x; x <= to.x; ++x) stale[static_cast<std::size_t>((z * grid.y + y) * grid.x + x)] = true;
      }
    }
  }
  return stale;
}

vtkSmartPointer<vtkPolyData> OrganMesh::update(const LabelMap& labels, const Geometry& geometry, Label label) {
  begin(labels, geometry, label);
  const auto stale = staleBricks(labels, label);
  const ToWorld toWorld(geometry, step_);
  bricksMeshed_ = 0;
  for (std::size_t number = 0; number < stale.size(); ++number) {
    if (!stale[number]) continue;
    const BrickField field(labels, label, labels.brickBox(number), step_);
    Piece piece = field.uniform() ? Piece{} : pieceOf(field, toWorld);
    bricksMeshed_ += field.uniform() ? 0 : 1;
    pieces_.erase(number);
    if (!piece.corners.empty()) pieces_[number] = std::move(piece);
  }
  labels_ = labels;
  return assembled(pieces_);
}

}  // namespace recontour
