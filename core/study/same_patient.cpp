#include "core/study/same_patient.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace recontour {
namespace {

constexpr double kLeastMl = 10;
constexpr std::size_t kLeastShared = 3;
constexpr int kHalfRow = 32 * OrganShape::kRowWords;

/// Sums over the voxels of one label.
struct Extent {
  std::int64_t voxels = 0, x = 0, y = 0, z = 0;
  Box box;
};

void include(Extent& extent, const Index3& at) {
  ++extent.voxels;
  extent.x += at.x;
  extent.y += at.y;
  extent.z += at.z;
  extent.box = unite(extent.box, {at, {at.x + 1, at.y + 1, at.z + 1}});
}

std::array<Extent, 256> extentsOf(const LabelMap& labels) {
  std::array<Extent, 256> extents;
  labels.forEachBrickIn({{0, 0, 0}, labels.size()}, [&](const LabelMap::Brick& brick, const Box& part) {
    constexpr int kEdge = LabelMap::kBrickEdge;
    for (int z = part.lower.z; z < part.upper.z; ++z) {
      for (int y = part.lower.y; y < part.upper.y; ++y) {
        const int start = (z % kEdge * kEdge + y % kEdge) * kEdge;
        const Label* row = &brick.labels[static_cast<std::size_t>(start)];
        for (int x = part.lower.x; x < part.upper.x; ++x) {
          if (const Label label = row[x % kEdge]) include(extents[label], {x, y, z});
        }
      }
    }
  });
  return extents;
}

Point3 centreIndex(const Extent& extent) {
  const auto n = static_cast<double>(extent.voxels);
  return {static_cast<double>(extent.x) / n, static_cast<double>(extent.y) / n, static_cast<double>(extent.z) / n};
}

/// Farthest reach of the box from the centre along a world axis, in cells.
int reachInCells(const Geometry& geometry, const Box& box, const Point3& centreMm, int axis) {
  double reach = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? box.lower.x : box.upper.x, corner & 2 ? box.lower.y : box.upper.y,
                    corner & 4 ? box.lower.z : box.upper.z};
    reach = std::max(reach, std::abs(geometry.toWorld(at)[axis] - centreMm[axis]));
  }
  return static_cast<int>(reach / OrganShape::kCellMm) + 1;
}

OrganShape shapeOf(const LabelMap& labels, const Geometry& geometry, Label label, const Extent& extent) {
  const Point3 centreMm = geometry.toWorld(centreIndex(extent));
  OrganShape shape;
  shape.label = label;
  shape.volumeMl = static_cast<double>(extent.voxels) * geometry.voxelVolumeMm3() / 1000;
  shape.halfRows = reachInCells(geometry, extent.box, centreMm, 1);
  shape.halfSlices = reachInCells(geometry, extent.box, centreMm, 2);
  const int halfWidth = std::min(reachInCells(geometry, extent.box, centreMm, 0), kHalfRow - 1);
  for (int slice = -shape.halfSlices; slice <= shape.halfSlices; ++slice) {
    for (int row = -shape.halfRows; row <= shape.halfRows; ++row) {
      std::array<std::uint64_t, OrganShape::kRowWords> bits{};
      for (int column = -halfWidth; column <= halfWidth; ++column) {
        const Point3 offset = Point3{static_cast<double>(column), static_cast<double>(row), static_cast<double>(slice)};
        const Index3 at = geometry.nearestVoxel(centreMm + offset * OrganShape::kCellMm);
        if (!extent.box.contains(at) || labels.at(at) != label) continue;
        const auto bit = static_cast<unsigned>(column + kHalfRow);
        bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
        ++shape.filled;
      }
      shape.cells.insert(shape.cells.end(), bits.begin(), bits.end());
    }
  }
  return shape;
}

const std::uint64_t* rowOf(const OrganShape& shape, int row, int slice) {
  const int number = (slice + shape.halfSlices) * (2 * shape.halfRows + 1) + row + shape.halfRows;
  const int first = number * OrganShape::kRowWords;
  return &shape.cells[static_cast<std::size_t>(first)];
}

double shapeDice(const OrganShape& a, const OrganShape& b) {
  const int rows = std::min(a.halfRows, b.halfRows), slices = std::min(a.halfSlices, b.halfSlices);
  std::int64_t both = 0;
  for (int slice = -slices; slice <= slices; ++slice) {
    for (int row = -rows; row <= rows; ++row) {
      const std::uint64_t* cellsA = rowOf(a, row, slice);
      const std::uint64_t* cellsB = rowOf(b, row, slice);
      for (int word = 0; word < OrganShape::kRowWords; ++word) both += std::popcount(cellsA[word] & cellsB[word]);
    }
  }
  return 2.0 * static_cast<double>(both) / static_cast<double>(std::max<std::int64_t>(1, a.filled + b.filled));
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

PatientSignature signatureOf(const LabelMap& labels, const Geometry& geometry) {
  const auto extents = extentsOf(labels);
  PatientSignature signature;
  for (int label = 1; label < 256; ++label) {
    const Extent& extent = extents[static_cast<std::size_t>(label)];
    if (static_cast<double>(extent.voxels) * geometry.voxelVolumeMm3() < kLeastMl * 1000) continue;
    signature.organs.push_back(shapeOf(labels, geometry, static_cast<Label>(label), extent));
  }
  return signature;
}

double similarity(const PatientSignature& a, const PatientSignature& b) {
  std::vector<double> scores;
  for (const OrganShape& shape : a.organs) {
    const auto other = std::ranges::find(b.organs, shape.label, &OrganShape::label);
    if (other != b.organs.end()) scores.push_back(shapeDice(shape, *other));
  }
  return scores.size() < kLeastShared ? 0 : median(scores);
}

std::vector<std::pair<int, int>> samePatientPairs(std::span<const PatientSignature> cases) {
  std::vector<std::pair<int, int>> pairs;
  for (std::size_t a = 0; a < cases.size(); ++a) {
    for (std::size_t b = a + 1; b < cases.size(); ++b) {
      if (similarity(cases[a], cases[b]) >= kSamePatientSimilarity)
        pairs.emplace_back(static_cast<int>(a), static_cast<int>(b));
    }
  }
  return pairs;
}

std::vector<int> patientGroups(std::span<const PatientSignature> cases) {
  std::vector<int> first(cases.size());  // the first case that each one is linked with
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<int>(i);
  for (const auto& [a, b] : samePatientPairs(cases)) {
    const int from = first[static_cast<std::size_t>(b)], to = first[static_cast<std::size_t>(a)];
    std::ranges::replace(first, std::max(from, to), std::min(from, to));
  }
  std::vector<int> heads, groups;
  for (const int head : first) {
    if (std::ranges::find(heads, head) == heads.end()) heads.push_back(head);
    groups.push_back(static_cast<int>(std::ranges::find(heads, head) - heads.begin()));
  }
  return groups;
}

}  // namespace recontour
