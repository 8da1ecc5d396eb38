// Surfaces in pieces: no seam shows, and an edit gives what meshing anew gives.
#include "ui/views/organ_mesh.h"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <vtkDataArray.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

void paintBall(LabelMap& labels, const Point3& centre, double radius, Label label) {
  for (int z = 0; z < labels.size().z; ++z) {
    for (int y = 0; y < labels.size().y; ++y) {
      std::vector<Label> row(static_cast<std::size_t>(labels.size().x));
      labels.readRow(y, z, 0, labels.size().x, row.data());
      for (int x = 0; x < labels.size().x; ++x) {
        if (length(Point3{x - centre.x, y - centre.y, z - centre.z}) <= radius)
          row[static_cast<std::size_t>(x)] = label;
      }
      labels.writeRow(y, z, 0, row);
    }
  }
}

/// A ball over eight bricks of a map of 70 x 66 x 65 voxels.
LabelMap ballOverBricks() {
  LabelMap labels({70, 66, 65});
  paintBall(labels, {32, 33, 31}, 25, kLiver);
  return labels;
}

Geometry grid() { return {.size = {70, 66, 65}, .spacing = {1, 1, 2.5}, .origin = {-10, 5, 3}}; }

using Corner = std::array<float, 3>;

Corner cornerAt(vtkPolyData* surface, vtkIdType point) {
  double at[3];
  surface->GetPoint(point, at);
  return {static_cast<float>(at[0]), static_cast<float>(at[1]), static_cast<float>(at[2])};
}

std::multiset<std::array<Corner, 3>> trianglesOf(vtkPolyData* surface) {
  std::multiset<std::array<Corner, 3>> triangles;
  if (surface == nullptr) return triangles;
  for (vtkIdType i = 0; i < surface->GetNumberOfCells(); ++i) {
    vtkIdType count = 0;
    const vtkIdType* corners = nullptr;
    surface->GetCellPoints(i, count, corners);
    std::array<Corner, 3> triangle{cornerAt(surface, corners[0]), cornerAt(surface, corners[1]),
                                   cornerAt(surface, corners[2])};
    std::ranges::sort(triangle);
    triangles.insert(triangle);
  }
  return triangles;
}

/// Edges that belong to one triangle alone, points at one place counting as one.
int openEdges(vtkPolyData* surface) {
  std::map<std::pair<Corner, Corner>, int> edges;
  for (const auto& triangle : trianglesOf(surface)) {
    for (const auto& [a, b] : {std::pair{0, 1}, std::pair{0, 2}, std::pair{1, 2}})
      ++edges[{triangle[std::size_t(a)], triangle[std::size_t(b)]}];
  }
  return static_cast<int>(std::ranges::count_if(edges, [](const auto& edge) { return edge.second == 1; }));
}

TEST(OrganMesh, NoGapIsLeftBetweenBricks) {
  OrganMesh mesh;
  const auto surface = mesh.update(ballOverBricks(), grid(), kLiver);
  ASSERT_NE(surface, nullptr);
  EXPECT_GE(mesh.bricksMeshed(), 8u);
  EXPECT_EQ(openEdges(surface), 0);
}

TEST(OrganMesh, EveryVoxelInsideIsInsideTheSurfaceHoweverThin) {
  LabelMap labels({70, 66, 65});
  labels.writeRow(20, 20, 5, std::vector<Label>(60, kLiver));  // a thread, one voxel thick, over two bricks
  const auto surface = OrganMesh().update(labels, grid(), kLiver);
  ASSERT_NE(surface, nullptr);
  EXPECT_EQ(openEdges(surface), 0);
  double bounds[6];
  surface->GetBounds(bounds);
  EXPECT_LE(bounds[0], 5 - 10) << "x of the first voxel's centre";
  EXPECT_GE(bounds[1], 64 - 10);
  EXPECT_GT(bounds[3] - bounds[2], 0.3);
}

TEST(OrganMesh, NormalsPointOutOfTheOrgan) {
  const auto surface = OrganMesh().update(ballOverBricks(), grid(), kLiver);
  vtkDataArray* normals = surface->GetPointData()->GetNormals();
  ASSERT_EQ(normals->GetNumberOfTuples(), surface->GetNumberOfPoints());
  const Point3 centre = grid().toWorld(Index3{32, 33, 31});
  for (vtkIdType i = 0; i < surface->GetNumberOfPoints(); ++i) {
    double at[3], normal[3];
    surface->GetPoint(i, at);
    normals->GetTuple(i, normal);
    const Point3 out = Point3{at[0], at[1], at[2]} - centre;
    const Point3 exact{out.x, out.y, out.z / 6.25};  // of the ellipsoid that the voxels' shape makes of the ball
    EXPECT_GT(dot({normal[0], normal[1], normal[2]}, exact) / length(exact), 0.85);
  }
}

TEST(OrganMesh, TrianglesAreSeenFromOutsideWhateverTheGridsHand) {
  for (const double side : {1.0, -1.0}) {
    Geometry geometry = grid();
    geometry.direction = {side, 0, 0, 0, 1, 0, 0, 0, 1};
    const auto surface = OrganMesh().update(ballOverBricks(), geometry, kLiver);
    const Point3 centre = geometry.toWorld(Index3{32, 33, 31});
    for (vtkIdType i = 0; i < surface->GetNumberOfCells(); i += 7) {
      vtkIdType count = 0;
      const vtkIdType* corners = nullptr;
      surface->GetCellPoints(i, count, corners);
      Point3 at[3];
      for (int corner = 0; corner < 3; ++corner) {
        const Corner one = cornerAt(surface, corners[corner]);
        at[corner] = {one[0], one[1], one[2]};
      }
      const Point3 a = at[1] - at[0], b = at[2] - at[0];
      const Point3 normal{a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
      EXPECT_GE(dot(normal, at[0] - centre), 0) << "side " << side;
    }
  }
}

TEST(OrganMesh, AfterManyEditsItIsWhatMeshingAnewGives) {
  LabelMap labels = ballOverBricks();
  std::mt19937 random(3);
  OrganMesh mesh;
  mesh.update(labels, grid(), kLiver);
  for (int edit = 0; edit < 25; ++edit) {
    const Point3 at{double(random() % 70), double(random() % 66), double(random() % 65)};
    paintBall(labels, at, 1 + random() % 7, static_cast<Label>(random() % 3));
    const auto surface = mesh.update(labels, grid(), kLiver);
    ASSERT_EQ(trianglesOf(surface), trianglesOf(OrganMesh().update(labels, grid(), kLiver))) << "edit " << edit;
  }
}

TEST(OrganMesh, AnEditMeshesTheBricksRoundItAlone) {
  LabelMap labels({128, 128, 128});
  paintBall(labels, {64, 64, 64}, 50, kLiver);
  const Geometry geometry{.size = {128, 128, 128}, .origin = {}};
  OrganMesh mesh;
  mesh.update(labels, geometry, kLiver);
  EXPECT_GT(mesh.bricksMeshed(), 40u);
  paintBall(labels, {16, 64, 48}, 3, kLiver);  // in the middle of a brick of the border
  mesh.update(labels, geometry, kLiver);
  EXPECT_LE(mesh.bricksMeshed(), 2u);
  paintBall(labels, {16, 16, 16}, 3, kSpleen);  // another organ
  mesh.update(labels, geometry, kLiver);
  EXPECT_EQ(mesh.bricksMeshed(), 0u);
}

TEST(OrganMesh, AnErasedOrganHasNoSurface) {
  LabelMap labels = ballOverBricks();
  OrganMesh mesh;
  mesh.update(labels, grid(), kLiver);
  EXPECT_EQ(mesh.update(LabelMap(labels.size()), grid(), kLiver), nullptr);
  EXPECT_NE(mesh.update(labels, grid(), kLiver), nullptr);
}

}  // namespace
}  // namespace recontour
